"""From a document's text to a release: its head, who speaks in it, its figures, its foot."""
