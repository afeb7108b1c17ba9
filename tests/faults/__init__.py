"""What goes wrong around a run, kind by kind: real processes, models and files, and what must come of it."""
