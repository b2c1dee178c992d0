"""An answer or a whole conversation to take away: copied, printed, as Markdown, as a Word file, with its sources."""
