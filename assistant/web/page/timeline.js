// Releases over time.
