"""The findings of an annotated file: figures, tables and a page. Needs no rule and no model."""
