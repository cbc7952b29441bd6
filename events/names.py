"""Names in the order of `home.collation`, made by the database.

Lists of names are paged there: nothing reads them all.
"""

from typing import Any

from django.db.models import F, Func, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Lower, NullIf, Replace

from home.collation import LAST_LETTERS
from home.languages import current_language, fallbacks


class ByCodePoint(Func):
    """PostgreSQL would sort by its own locale; SQLite never does."""

    arity = 1
    template = "%(expressions)s"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, template='(%(expressions)s) COLLATE "C"', **context
        )


def in_order(text: Any) -> ByCodePoint:
    """To sort by: å, ä and ö last, capitals make no difference."""
    for code, place in LAST_LETTERS.items():
        for letter in (chr(code), chr(code).upper()):
            text = Replace(text, Value(letter), Value(place))
    return ByCodePoint(Lower(text))


def by_shown_name() -> tuple[ByCodePoint, F]:
    """By the name that the reader gets, of a model with a localized `name`."""
    names = [
        NullIf(KT(f"name__{code}"), Value("")) for code in fallbacks(current_language())
    ]
    return in_order(Coalesce(*names, Value(""))), F("pk")
