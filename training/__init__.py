"""How nano was trained, and how anybody can train another: see README.md. Nothing of tinyv imports this."""
