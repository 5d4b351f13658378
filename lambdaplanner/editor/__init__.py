"""An editing session without Qt."""
