"""What an annotated file says: figures, and tables of them. Needs no rule and no model."""
