"""How fast, how heavy, how large: measured on real processes, from two thousand releases to a million passages."""
