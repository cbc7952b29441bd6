"""What staff see of feedback, and how they answer."""
