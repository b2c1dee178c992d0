"""How well releases are read and understood, measured. No reader and no parser rests on it."""
