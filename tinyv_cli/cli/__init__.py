"""The commands: each file wires one, none holds logic."""
