"""The HTTP server: the verifier for trainers that ask over a network, each in its own words."""
