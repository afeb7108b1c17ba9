"""Find the correct answers that a rule verifier threw away, in the rollouts you already have."""

__version__ = "0.2.0.dev0"
