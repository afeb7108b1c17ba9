"""Tests of the resident verifier and its client."""
