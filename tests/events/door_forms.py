"""Every form of the door, each with what makes it go through."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from events.door import links
from events.door.urls import urlpatterns
from events.models import EventIndexPage, EventPage, EventState, Stage, Submission
from home import traps
from tests import factories

from .door import (
    START,
    client_of,
    fill_in,
    make_contact,
    plain_what,
    plain_when,
    plain_where,
    plain_whom,
    send,
)

WITHOUT_FORM = {
    *("groups", "own-data-file", "why", "advice", "report-sent", "sent", "preview"),
}
STEPS = {
    "what": plain_what,
    "when": plain_when,
    "where": plain_where,
    "whom": plain_whom,
}

Form = tuple[Client, str, dict[str, Any]]
"""Who sends it, where to, and what."""


class Door:
    """An organisation with a draft, something sent and a public group."""

    def __init__(self, index: EventIndexPage) -> None:
        self.organisation = factories.make_organisation(
            name={"fi": "Esimerkkiyhdistys ry"}
        )
        factories.make_venue(name={"fi": "Esimerkkitalo"})
        self.contact = make_contact(self.organisation)
        self.client = client_of(self.contact)
        self.event = make_public(index, self.organisation)
        self.sent = fill_in(self.client, what={"title_fi": "Lähetetty"})
        assert send(self.client, self.sent).status_code == 302
        self.draft = fill_in(self.client)
        self.refused = Submission.objects.create(
            contact=self.contact, language="fi", typed=self.draft.typed
        )
        Submission.objects.filter(pk=self.refused.pk).update(status="rejected")

    def forms(self) -> dict[str, Form]:
        """By the name of the address; the steps by their own."""
        made: dict[str, Callable[[], Form]] = {
            "start": self.start,
            "code": self.code,
            "key": self.key,
            "confirm": self.confirm,
            "report": self.report,
        }
        draft = f"draft/{self.draft.key}/"
        person = {"action": "invite", "email": "uusi@yhdistys.example"}
        plain = {
            "out": ("out/", {}),
            "group": (f"groups/{self.event.pk}/", {"action": "confirm"}),
            "next-season": (
                f"groups/{self.event.pk}/next-season/",
                {f"rule-{self.event.rules.get().pk}-first_day": tomorrow()},
            ),
            "people": (
                f"organisations/{self.organisation.slug}/people/",
                {**person, "role": "contact"},
            ),
            "own-data": (
                "own-data/",
                {"action": "details", "name": "Esimerkki Henkilö", "language": "fi"},
            ),
            "new": ("new/", {}),
            "change": (f"change/{self.event.pk}/", {}),
            "delete": (f"{draft}delete/", {}),
            "another": (f"{draft}another/", {}),
            "anew": (f"draft/{self.refused.key}/anew/", {}),
            "withdraw": (f"draft/{self.sent.key}/withdraw/", {}),
            **{
                step: (f"{draft}{step}/", fields() | {"go": "on"})
                for step, fields in STEPS.items()
            },
            "check": (f"{draft}check/", {"name": "Esimerkki Henkilö", "phone": ""}),
        }
        return {name: make() for name, make in made.items()} | {
            name: (self.client, START + address, data)
            for name, (address, data) in plain.items()
        }

    def start(self) -> Form:
        fields = {"email": "uusi@yhdistys.example", "website": ""}
        return Client(), START, fields | {"drawn_at": traps.drawn_now()}

    def code(self) -> Form:
        client = Client()
        client.post(*self.start()[1:])
        link = links.DoorLink.objects.latest("pk")
        return client, f"{START}code/", {"code": links.give_secrets(link)[1]}

    def key(self) -> Form:
        link = links.new_link(links.Purpose.SIGN_IN, self.contact.email)
        return Client(), f"{START}key/{links.give_secrets(link)[0]}/", {}

    def confirm(self) -> Form:
        link = links.new_link(
            links.Purpose.CONFIRMATION, self.contact.email, contact=self.contact
        )
        address = f"{START}confirm/{links.give_secrets(link)[0]}/"
        return Client(), address, {"action": "confirm", "group": str(self.event.pk)}

    def report(self) -> Form:
        told = {"kind": "time", "text": "Ryhmä alkaa jo klo 13.", "website": ""}
        address = f"{START}report/{self.event.pk}/"
        return Client(), address, told | {"drawn_at": traps.drawn_now()}


def make_public(index: EventIndexPage, organisation: Any) -> EventPage:
    """Its organisation has been asked whether it still meets."""
    event = factories.make_event(
        index,
        "Kävelyryhmä",
        organisers=[organisation],
        rules=[factories.weekly_rule()],
    )
    asked = {"stage": Stage.ASKED, "asked_on": timezone.localdate()}
    EventState.objects.update_or_create(event=event, defaults=asked)
    return event


def tomorrow() -> str:
    return (timezone.localdate() + timedelta(days=1)).isoformat()


def names_of_forms() -> set[str]:
    """Of the door's addresses; that of a step stands for the four."""
    names = {str(pattern.name) for pattern in urlpatterns} - WITHOUT_FORM
    return (names - {"step"}) | set(STEPS)
