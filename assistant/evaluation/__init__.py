"""How well the desk finds and answers, measured. Nothing that answers rests on it."""
