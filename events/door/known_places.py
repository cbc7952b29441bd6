"""Which place is meant by what was written into the third step."""

from typing import Any

from django.conf import settings

from home.languages import current_language

from ..models import Venue
from .fields import Typed

LONGEST = 250
"""Of a label that is looked for: each comma in it may be a question more."""
MOST_NAMESAKES = 20


def venue_label(venue: Venue, language: str = "") -> str:
    """As it stands in the list: “Esimerkkitalo, Esimerkkikatu 1, Kotka”."""
    language = language or current_language()
    municipality = venue.municipality
    town = municipality.name.in_language(language) if municipality else ""
    parts = (
        venue.name.in_language(language),
        venue.street_address,
        venue.locality or town,
    )
    return ", ".join(part for part in parts if part)


def typed_venue(venue: Venue | None) -> Typed:
    return {"venue": [venue_label(venue)]} if venue else {}


def venue_meant(
    source: Any, label: str, street: str = "", municipality: str = ""
) -> Venue | None:
    """The venue that was chosen, in whichever language; also by its name alone, when
    only one has it and no other address was typed. `municipality`: its key.

    A name may have commas itself, so each beginning of the label is tried as one.
    """
    words = plain(label)
    if not words or len(words) > LONGEST:
        return None
    before = venue_before(source)
    if before and not plain(street) and is_labelled(before, words):
        return before
    parts = words.split(",")
    for number in range(len(parts), 0, -1):
        named = namesakes(",".join(parts[:number]))
        is_name_alone = number == len(parts)
        if is_name_alone:
            named = [each for each in named if is_at(each, street, municipality)]
        for venue in named:
            if is_labelled(venue, words):
                return venue
        if is_name_alone and named and (len(named) == 1 or plain(street)):
            return named[0]
    return None


def venue_before(source: Any) -> Venue | None:
    """Where the group met when this was begun: its label may be another's, too."""
    key = source.typed_before.get("venue")
    if key is None and source.previous_season:
        venue = source.previous_season.shown_venue
        key = venue and venue.pk
    return Venue.objects.select_related("municipality").filter(pk=key).first()


def namesakes(name: str) -> list[Venue]:
    found = Venue.objects.named(name).select_related("municipality")
    return list(found[:MOST_NAMESAKES])


def is_labelled(venue: Venue, words: str) -> bool:
    labels = (venue_label(venue, code) for code, _name in settings.LANGUAGES)
    return words.casefold() in {plain(label).casefold() for label in labels}


def is_at(venue: Venue, street: str, municipality: str) -> bool:
    """As far as an address was typed."""
    return is_in_street(venue, street) and municipality in (
        "",
        str(venue.municipality_id or ""),
    )


def is_in_street(venue: Venue, street: str) -> bool:
    typed, known = plain(street).casefold(), plain(venue.street_address).casefold()
    return typed in ("", known)


def plain(text: str) -> str:
    return " ".join(text.split())
