"""Advice on the texts of a group: what would serve better in a field of its own.

Pure: the same while somebody writes, when a step is sent, and for the moderators. It
advises and never blocks.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from . import lint_words as look_for

LONGEST_READ = 6000
LONGEST_QUOTE = 40

TITLE = ("title",)
SHORT = ("title", "lead", "place_note")
LONG = ("body", "first_visit")
ELSEWHERE = ("price", "sign_up_info")
TEXTS = (*SHORT, *LONG, *ELSEWHERE)
"""Columns of `EventText`; in the door's forms with the language: `title_fi`."""
LANGUAGES = ("fi", "sv", "en", "fi-simple")

STEPS = {
    "title": "what",
    "lead": "what",
    "body": "what",
    "occurrence_changes": "when",
    "rules": "when",
    "place_note": "where",
    "online_url": "where",
    "first_visit": "whom",
    "price": "whom",
    "is_free": "whom",
    "openness": "whom",
    "is_full": "whom",
    "sign_up": "whom",
    "sign_up_info": "whom",
    "sign_up_url": "whom",
    "contact_phone": "whom",
    "contact_email": "whom",
}
"""The door's step that each field is on."""

Find = Callable[[str, str], str]
"""From a text and its language what was found in it, or ""."""


@dataclass(frozen=True, slots=True)
class Rule:
    key: str
    find: Find
    fields: tuple[str, ...]
    """Where it is looked for."""
    better_field: str
    sentence: Any


@dataclass(frozen=True, slots=True)
class Advice:
    step: str
    field: str
    """Where the words stand: `title_fi`."""
    key: str
    better_step: str
    better_field: str
    words: str
    sentence: Any

    def __str__(self) -> str:
        return str(self.sentence) % {"words": self.words}

    @property
    def column(self) -> str:
        return self.field.rpartition("_")[0]

    @property
    def language(self) -> str:
        return self.field.rpartition("_")[2]


def either(*patterns: re.Pattern[str] | Mapping[str, re.Pattern[str]]) -> Find:
    """The first of the patterns that fits; some have one for each language."""

    def find(text: str, language: str) -> str:
        for each in patterns:
            pattern = each.get(language) if isinstance(each, Mapping) else each
            if pattern is not None and (match := pattern.search(text)):
                return match[0].strip()
        return ""

    return find


def shouted(text: str, _language: str) -> str:
    return look_for.capitals(text)


CANCEL = _(
    "“%(words)s”: cancel the date, or put the group on a break, under My groups."
    " Lists and calendars then show it at once."
)
RULES = (
    Rule("cancelled", either(look_for.CANCELLED), SHORT, "occurrence_changes", CANCEL),
    Rule(
        "cancelled",
        either(look_for.CANCELLED_LOUDLY),
        (*LONG, *ELSEWHERE),
        "occurrence_changes",
        CANCEL,
    ),
    Rule(
        "moved",
        either(look_for.MOVED),
        SHORT,
        "occurrence_changes",
        _(
            "“%(words)s”: move the date under My groups, or change the times. Lists"
            " and calendars then show the new time."
        ),
    ),
    Rule(
        "draft",
        either(look_for.DRAFT),
        TEXTS,
        "title",
        _(
            "“%(words)s”: residents would see this. Save what is not ready as a draft,"
            " and take the word away before you send it."
        ),
    ),
    Rule(
        "full",
        either(look_for.FULL),
        TEXTS,
        "is_full",
        _(
            "“%(words)s”: mark the group as full under My groups instead. The mark is"
            " easy to take away when there is room again."
        ),
    ),
    Rule(
        "closed",
        either(look_for.CLOSED),
        TEXTS,
        "openness",
        _("“%(words)s”: choose “closed group” under “open or closed” instead."),
    ),
    Rule(
        "time",
        either(look_for.CLOCK, look_for.DATE, look_for.WEEKDAY, look_for.SHORT_WEEKDAY),
        TITLE,
        "rules",
        _(
            "“%(words)s” belongs to the times. There residents find it by day, and it"
            " does not grow old."
        ),
    ),
    Rule(
        "time",
        either(look_for.CLOCK, look_for.DATE),
        ("lead",),
        "rules",
        _("“%(words)s” belongs to the times: the list shows them beside the lead."),
    ),
    Rule(
        "price",
        either(look_for.PRICE),
        (*SHORT, *LONG, "sign_up_info"),
        "price",
        _("“%(words)s” belongs to the price, which has a field of its own."),
    ),
    Rule(
        "free",
        either(look_for.FREE),
        TEXTS,
        "is_free",
        _(
            "“%(words)s”: choose “free of charge” instead. Then the group is found by"
            " those who look for something free."
        ),
    ),
    Rule(
        "online",
        either(look_for.MEETING, look_for.TEAMS, look_for.ONLINE, look_for.LINK),
        SHORT,
        "online_url",
        _(
            "“%(words)s”: choose how one takes part, and write the address of the"
            " online meeting in its own field."
        ),
    ),
    Rule(
        "online",
        either(look_for.MEETING, look_for.TEAMS),
        LONG,
        "online_url",
        _(
            "“%(words)s”: if one can take part from home, write the address of the"
            " online meeting in its own field."
        ),
    ),
    Rule(
        "sign-up-link",
        either(look_for.LINK),
        ("sign_up_info",),
        "sign_up_url",
        _("“%(words)s”: the registration form's address has a field of its own."),
    ),
    Rule(
        "email",
        either(look_for.E_MAIL),
        TEXTS,
        "contact_email",
        _(
            "“%(words)s”: an e-mail address has a field of its own, from which"
            " residents can write at once."
        ),
    ),
    Rule(
        "phone",
        either(look_for.PHONE),
        TEXTS,
        "contact_phone",
        _(
            "“%(words)s”: a phone number has a field of its own, from which residents"
            " can call at once."
        ),
    ),
    Rule(
        "sign-up",
        either(look_for.SIGN_UP),
        (*SHORT, *LONG, "price"),
        "sign_up",
        _("“%(words)s” belongs to the registration, which has fields of its own."),
    ),
    Rule(
        "capitals",
        shouted,
        SHORT,
        "",
        _(
            "“%(words)s”: write with small letters. Capitals are hard to read, and some"
            " screen readers spell them out."
        ),
    ),
)
"""Each looks at what the ones before it have left."""


def advice_for(step: str, typed: Mapping[str, list[str]]) -> list[Advice]:
    """On a step's fields as they were typed; fields that are no texts say nothing."""
    return [
        advice
        for name, values in typed.items()
        if values
        for advice in advice_on(step, name, values[-1])
    ]


def advice_on_texts(texts: Iterable[Any]) -> list[Advice]:
    """On the rows of a group's texts, for the moderators."""
    return [
        advice
        for text in texts
        for column in TEXTS
        for advice in advice_on(
            STEPS[column], f"{column}_{text.language}", getattr(text, column)
        )
    ]


def advice_on(step: str, field: str, value: str) -> Iterator[Advice]:
    column, _line, language = field.rpartition("_")
    if column not in TEXTS or language not in LANGUAGES:
        return
    language = language.removesuffix("-simple")
    rest = plain(value)
    for rule in RULES:
        if column not in rule.fields:
            continue
        if not (found := rule.find(rest, language)):
            continue
        rest = rest.replace(found, " ")
        better = rule.better_field or column
        yield Advice(
            step=step,
            field=field,
            key=rule.key,
            better_step=STEPS[better],
            better_field=better,
            words=Truncator(found).chars(LONGEST_QUOTE),
            sentence=rule.sentence,
        )


def plain(value: str) -> str:
    """Of rich text the words; what is longer than any field is not read."""
    text = html.unescape(strip_tags(value[:LONGEST_READ].replace("<", " <")))
    return " ".join(text.split())
