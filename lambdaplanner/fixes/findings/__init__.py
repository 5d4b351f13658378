"""What mends findings, by the finding."""
