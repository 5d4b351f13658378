"""What clears obstacles, by the obstacle."""
