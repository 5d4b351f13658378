"""Pictures of a diagram: PNG, SVG and PDF through the paint code of the canvas."""
