"""Questionnaires as data, and the one engine that scores them all.

It knows nothing of Django, of requests or of words: answers go in, a result comes out.
The browser does the same from the same rules (`site/static/js/self-assessment.js`).
"""

from .faults import faults_of
from .in_browser import rules_of
from .instruments import Instrument, Item
from .reading import instrument, keys, read
from .score import Answers, Result, score
from .wording import in_language

__all__ = [
    "Answers",
    "Instrument",
    "Item",
    "Result",
    "faults_of",
    "in_language",
    "instrument",
    "keys",
    "read",
    "rules_of",
    "score",
]
