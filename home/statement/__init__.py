"""What the law wants on a page: the accessibility statement, and what is stored."""
