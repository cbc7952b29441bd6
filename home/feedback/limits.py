"""How often a reader may tell us something."""

from datetime import timedelta

from ..limits import Limit

OPINION_OF_PAGE = Limit("opinion-page", 1, timedelta(minutes=10))
"""One reader of one page: a button pressed twice counts once."""
OPINIONS_FROM_READER = Limit("opinion-reader", 60, timedelta(hours=1))
"""One network address; a whole library may share it."""
COMMENTS_FROM_READER = Limit("comment-reader", 10, timedelta(hours=1))
COMMENTS_OF_PAGE = Limit("comment-page", 50, timedelta(days=1))
FEEDBACK_FROM_READER = Limit("feedback-reader", 10, timedelta(hours=1))
FEEDBACK_OF_DAY = Limit("feedback-day", 500, timedelta(days=1))
"""Of all readers, so that nobody fills the list from many addresses."""
LETTERS_OF_DAY = Limit("feedback-letters", 50, timedelta(days=1))
