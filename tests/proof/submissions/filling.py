"""Contacts who have come in, and their drafts: described but for the last step."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from accounts.roles import make_group_workflow, make_roles
from events.models import Contact, Submission
from tests import factories
from tests.events.door import client_of, make_contact, plain_whom
from tests.events.sent import typed

SENT_BY_ONE = 50


@dataclass
class Draft:
    key: str
    title: str
    session: str
    last_step: dict[str, Any]


def make_drafts(number: int) -> list[Draft]:
    homes = factories.make_homes(factories.make_locales())
    index = factories.make_event_indexes(homes)["fi"]
    make_roles()
    make_group_workflow(index)
    organisation = factories.make_organisation(name={"fi": "Esimerkkiyhdistys ry"})
    factories.make_venue(name={"fi": "Esimerkkitalo"})
    people = contacts(organisation)
    last_step = plain_whom()
    drafts = []
    for place in range(number):
        if place % SENT_BY_ONE == 0:
            contact, session = next(people)
        title = f"Ryhmä {place:04}"
        fields = typed(what={"title_fi": title})
        del fields["whom"]
        draft = Submission.objects.create(
            contact=contact, organisation=organisation, language="fi", typed=fields
        )
        drafts.append(Draft(str(draft.key), title, session, last_step))
    return drafts


def contacts(organisation: Any) -> Iterator[tuple[Contact, str]]:
    """Each with the key of the session in which they have come in."""
    place = 0
    while True:
        place += 1
        contact = make_contact(organisation, f"yhteys-{place}@yhdistys.example")
        yield contact, client_of(contact).cookies["sessionid"].value
