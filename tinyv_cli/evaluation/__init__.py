"""Measure verifiers: put labelled pairs to rules and models, and to models what is known to fool them."""
