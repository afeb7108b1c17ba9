"""The leaves of the taxonomy as they look, where nothing is proved."""
