"""The list of crisis contacts: real services, so staff check them before launch."""

from functools import partial

from home.models import CrisisContact, Theme

from .content import read
from .records import once

ON_EVERY_PAGE = {"emergency-112", "mieli-fi", "mieli-sv", "nollalinja"}


def make_crisis_contacts() -> int:
    themes = {theme.key: theme for theme in Theme.objects.all()}
    contacts = read("crisis.toml")["contact"]
    for values in contacts:
        once(f"crisis/{values['key']}", partial(make_contact, values, themes))
    return len(contacts)


def make_contact(values: dict, themes: dict[str, Theme]) -> CrisisContact:
    contact = CrisisContact.objects.create(
        key=values["key"],
        name=values["name"],
        description=values.get("description", {}),
        number=values.get("number", ""),
        url=values.get("url", ""),
        hours=values.get("hours", {}),
        price=values.get("price", {}),
        languages=values.get("languages", []),
        is_emergency=values.get("emergency", False),
        on_every_page=values["key"] in ON_EVERY_PAGE,
        order=values.get("order", 0),
    )
    contact.themes.set([themes[key] for key in values.get("topics", [])])
    return contact
