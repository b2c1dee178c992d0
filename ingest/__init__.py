"""From bytes to releases on the shelf. Imports store, and knows nothing of assistant."""
