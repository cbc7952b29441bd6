"""What staff do to a group outside its text: its dates, its state, its next season."""
