"""What is shown for a time only: alerts of the site or a branch, notices on a page."""
