"""A group's text in easy Finnish, made from its fields by reviewed sentence patterns.

Nothing is read from the database here and nothing is claimed that the fields do not
say: what is not known is left out, or said to be unknown. It is never called
selkokieli, for nobody reviews each text (`domain.md` 8.6).
"""

from .patterns import review_in_words, what_readers_get
from .sections import Line, Section, easy_text, heading_of

__all__ = [
    "Line",
    "Section",
    "easy_text",
    "heading_of",
    "review_in_words",
    "what_readers_get",
]
