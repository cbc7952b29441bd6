"""What organisations have sent, and waits for the moderators."""

from typing import Any

from events.door import sending
from events.door.drafts import change_of
from events.models import Contact, EventPage, Organisation, Submission
from home.models import TargetGroup
from tests import factories

from .door import plain_what, plain_when, plain_where, plain_whom


def typed(**steps: dict[str, Any]) -> dict[str, dict[str, list[str]]]:
    """The plainest group, with some of its fields written otherwise."""
    fields = {
        "what": plain_what(),
        "when": plain_when(),
        "where": plain_where(),
        "whom": plain_whom(),
    }
    return {
        step: {
            name: value if isinstance(value, list) else [value]
            for name, value in (plain | steps.get(step, {})).items()
        }
        for step, plain in fields.items()
    }


def make_contact(**fields: Any) -> Contact:
    number = next(factories.numbers)
    return Contact.objects.create(
        **{"email": f"yhteys-{number}@yhdistys.example"} | fields
    )


def send_new(
    title: str = "",
    organisation: Organisation | None = None,
    contact: Contact | None = None,
    venue: str = "Esimerkkitalo",
    **fields: Any,
) -> Submission:
    """A new group. Its page is made when it is sent; nobody but staff sees it."""
    contact = contact or make_contact()
    organisation = organisation or factories.make_organisation()
    if not factories.Venue.objects.filter(name__fi=venue).exists():
        factories.make_venue(name={"fi": venue})
    draft = Submission.objects.create(
        contact=contact,
        organisation=organisation,
        typed=typed(
            what={
                "title_fi": title or f"Ryhmä {next(factories.numbers)}",
                "organisation": str(organisation.name),
            },
            where={"venue": venue},
        ),
        **{"language": "fi"} | fields,
    )
    return sending.send(draft, contact)


def send_change(
    event: EventPage, contact: Contact | None = None, **what: str
) -> Submission:
    """Of a public group: its texts as they shall be."""
    contact = contact or make_contact()
    draft = change_of(event, contact)
    for name, value in what.items():
        draft.typed["what"][name] = [value]
    draft.save()
    return sending.send(draft, contact)


def make_public(index: Any, title: str, **fields: Any) -> EventPage:
    """With what an organisation has to write, so that it can be changed at the door."""
    venue = fields.pop("venue", None) or factories.make_venue()
    organiser = factories.make_organisation()
    fields = {"organisers": [organiser], "venue": venue} | fields
    event = factories.make_event(index, title, **fields)
    event.target_groups = [TargetGroup.objects.get(key="everyone")]
    event.save_revision().publish()
    return EventPage.objects.get(pk=event.pk)
