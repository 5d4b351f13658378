"""What is to be drawn, derived from a plan and its answers."""
