"""How an answer is read: its text, its value, its kind, and what the question wants of it."""
