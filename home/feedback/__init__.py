"""What readers tell us, and the law's fourteen days to answer (domain.md 8.1)."""
