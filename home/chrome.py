"""What stands around every page: navigation, footer, crisis contacts, alerts.

Read once for each content version and language, so that a page costs no queries
for it. A process keeps the last it has seen, for the error page when the database
is away.
"""

from dataclasses import dataclass

from django.core.cache import cache
from django.db import DatabaseError
from wagtail.models import Page

from .models import ContentVersion, CrisisContact, HomePage, StandardPage
from .notices.alerts import ShownAlert, read_alerts

SECONDS = 60 * 60


@dataclass(frozen=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True)
class CrisisLink:
    """A crisis contact in the reader's language."""

    name: str
    name_lang: str
    number: str
    tel: str
    url: str
    is_emergency: bool


@dataclass(frozen=True)
class Chrome:
    language: str
    version: int
    """The content version that it was read at."""
    home: Link
    navigation: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()
    crisis: tuple[CrisisLink, ...] = ()
    crisis_page: str = ""
    alerts: tuple[ShownAlert, ...] = ()
    """All that are not over: `notices.alerts` chooses those of the page and moment."""


_last_seen: dict[str, tuple[int, Chrome]] = {}
"""By language, with the content version it was read at; in each process."""

EMERGENCY = CrisisLink("112", "", "112", "tel:112", "", is_emergency=True)
"""Stands when nothing else can be read."""


def chrome_for(language: str) -> Chrome:
    """For a language of the site; raises no error when the database is away."""
    try:
        version = ContentVersion.current()
        known_version, chrome = _last_seen.get(language, (None, None))
        if chrome is not None and known_version == version:
            return chrome
        key = f"chrome:{version}:{language}"
        chrome = cache.get(key)
        if chrome is None:
            chrome = read_chrome(language, version)
            cache.set(key, chrome, SECONDS)
    except (DatabaseError, OSError):
        home = Link("", f"/{language}/")
        if language in _last_seen:
            return _last_seen[language][1]
        return Chrome(language, 0, home, crisis=(EMERGENCY,))
    _last_seen[language] = (version, chrome)
    return chrome


def read_chrome(language: str, version: int) -> Chrome:
    home = (
        HomePage.objects.live()
        .filter(locale__language_code=language)
        .select_related("crisis_page")
        .first()
    )
    if home is None:
        return Chrome(language, version, Link("", f"/{language}/"), crisis=(EMERGENCY,))
    children = Page.objects.child_of(home).live().public().in_menu().order_by("path")
    footer = (
        StandardPage.objects.descendant_of(home)
        .live()
        .filter(is_in_footer=True)
        .order_by("path")
    )
    contacts = CrisisContact.objects.for_every_page()
    crisis_page = home.crisis_page
    return Chrome(
        language=language,
        version=version,
        home=Link(home.title, f"/{language}/"),
        navigation=tuple(Link(page.title, page.url) for page in children),
        footer=tuple(Link(page.title, page.url) for page in footer),
        crisis=tuple(as_link(contact, language) for contact in contacts),
        crisis_page=crisis_page.url if crisis_page and crisis_page.live else "",
        alerts=read_alerts(language),
    )


def as_link(contact: CrisisContact, language: str) -> CrisisLink:
    return CrisisLink(
        name=contact.name.in_language(language),
        name_lang=contact.name.language_for(language),
        number=contact.number,
        tel=contact.tel if contact.number else "",
        url=contact.url,
        is_emergency=contact.is_emergency,
    )
