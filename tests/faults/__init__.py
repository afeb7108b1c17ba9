"""What breaks: one module for each kind, with real processes and files."""
