"""What people have already becomes a plan: readers of sources, one common value, one assembler."""
