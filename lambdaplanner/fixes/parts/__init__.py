"""What fixes are made of."""
