"""How good verifiers are: run over pairs whose label is known, and over attacks."""
