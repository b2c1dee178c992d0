"""From a question to a cited answer. Imports store, and knows nothing of ingest."""
