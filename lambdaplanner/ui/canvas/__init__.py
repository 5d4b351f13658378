"""The canvas: paints a diagram, and hands every gesture on as a value."""
