"""Rules of good design: one function each."""
