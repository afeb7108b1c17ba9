"""Programs that stand in for others in tests: written anew after what these do, in none of their words."""
