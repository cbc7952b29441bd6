"""Link texts, headings and alt texts.

The same patterns go to Wagtail's content checks, which show them in the preview; so
they are written in what Python and JavaScript understand alike.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from .content import Content
from .reading import Advice, Kind

VAGUE_WORDS = (
    "tästä|täältä|tänne|tähän|tässä|täällä|linkki|linkistä|klikkaa|klikkaa tästä"
    "|klikkaa tätä|klikkaa täältä|lue lisää|lue lisää tästä|lue lisää täältä"
    "|katso tästä|katso täältä|katso lisää|lisää|lisätietoa|lisätietoja|siirry"
    "|siirry tästä|avaa|tutustu|tutustu tästä"
    "|här|hit|läs mer|läs mer här|klicka|klicka här|se mer|mer|länk|mer information"
    "|here|click|click here|read more|more|link|this|this link|this page|learn more"
    "|more information|see more|see here"
)
VAGUE_LINK = rf"^(?:{VAGUE_WORDS})[\s.…»>→]*$"
"""Link texts that tell nothing to somebody who hears only the links."""
BARE_ADDRESS = r"^(?:https?://|www\.)\S+$"
FILE_ENDINGS = "avif|gif|jpeg|jpg|png|svg|webp|heic|tif|tiff"
FILE_NAME = rf"\.(?:{FILE_ENDINGS})$|^(?:img|dsc|dscn|image)[_-]?\d|_"
PICTURE_WORDS = (
    "kuva|kuvassa|valokuva|kuvituskuva|bild|bilden|foto|image|picture|photo|photograph"
)
ALT_PREFIX = rf"^(?:{PICTURE_WORDS})(?:[\s:,]|$)"
"""A screen reader says that it is a picture; the alt text need not."""
LONGEST_ALT = 150
LONGEST_HEADING = 80

_vague_link = re.compile(VAGUE_LINK, re.IGNORECASE)
_bare_address = re.compile(BARE_ADDRESS, re.IGNORECASE)
_file_name = re.compile(FILE_NAME, re.IGNORECASE)
_alt_prefix = re.compile(ALT_PREFIX, re.IGNORECASE)

TELL_WHERE = _("The link text does not tell where the link leads.")
NO_ADDRESS = _("Write what is behind the address, not the address.")
EMPTY_LINK = _("The link has no text.")
EMPTY_HEADING = _("The heading is empty.")
LONG_HEADING = _("The heading is long: at most %(letters)s characters.")
SKIPPED_LEVEL = _("A level is skipped: the heading above is of level %(level)s.")
BOLD_HEADING = _("A whole paragraph in bold. If it is a heading, make it one.")
NO_ALT = _("Write an alt text, or mark the picture as decoration.")
FILE_NAME_ALT = _("The alt text looks like the name of a file.")
PREFIXED_ALT = _("Leave out the word for picture: say what it shows.")
LONG_ALT = _("The alt text is long: at most %(letters)s characters.")


def advise_on_structure(content: Content) -> Iterator[Advice]:
    yield from advise_on_links(content)
    yield from advise_on_headings(content)
    yield from advise_on_pictures(content)


def advise_on_links(content: Content) -> Iterator[Advice]:
    for link in content.links:
        if not link.words:
            yield Advice(Kind.LINK, link.place, "", EMPTY_LINK)
        elif _vague_link.search(link.words):
            yield Advice(Kind.LINK, link.place, link.words, TELL_WHERE)
        elif _bare_address.search(link.words):
            yield Advice(Kind.LINK, link.place, link.words, NO_ADDRESS)


def advise_on_headings(content: Content) -> Iterator[Advice]:
    above = 1
    for heading in content.headings:
        if not heading.words:
            if heading.level > 1:  # A page without a title cannot be saved.
                yield Advice(Kind.HEADING, heading.place, "", EMPTY_HEADING)
            continue
        if len(heading.words) > LONGEST_HEADING:
            facts = (("letters", LONGEST_HEADING),)
            yield Advice(
                Kind.HEADING, heading.place, heading.words, LONG_HEADING, facts
            )
        if heading.level > above + 1:
            level = (("level", above),)
            yield Advice(
                Kind.HEADING, heading.place, heading.words, SKIPPED_LEVEL, level
            )
        above = heading.level
    for text in content.bold_paragraphs:
        yield Advice(Kind.HEADING, text.place, text.words, BOLD_HEADING)


def advise_on_pictures(content: Content) -> Iterator[Advice]:
    for picture in content.pictures:
        alt = picture.alt.strip()
        if picture.is_decorative:
            continue
        if not alt:
            yield Advice(Kind.ALT, picture.place, "", NO_ALT)
        elif _file_name.search(alt):
            yield Advice(Kind.ALT, picture.place, alt, FILE_NAME_ALT)
        elif _alt_prefix.search(alt):
            yield Advice(Kind.ALT, picture.place, alt, PREFIXED_ALT)
        elif len(alt) > LONGEST_ALT:
            facts = (("letters", LONGEST_ALT),)
            yield Advice(Kind.ALT, picture.place, alt, LONG_ALT, facts)
