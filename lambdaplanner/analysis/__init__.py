"""Questions about a plan: pure functions and frozen answers."""
