"""What staff see of the public search: what was not found, and what it lacks."""
