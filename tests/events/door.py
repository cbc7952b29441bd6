"""The NGO door as its users meet it."""

import re
from typing import Any

from django.core import mail
from django.test import Client

from events.door import access
from events.models import Contact, Membership, Organisation, Submission
from home.models import Goal, TargetGroup

START = "/fi/ilmoita/"
TOKEN = re.compile(r"/key/([\w-]+)/")
CODE = re.compile(r"\b(\d{3}) (\d{3})\b")


def make_contact(
    organisation: Organisation | None = None,
    email: str = "yhteys@yhdistys.example",
    **fields: Any,
) -> Contact:
    contact = Contact.objects.create(email=email, **fields)
    if organisation:
        Membership.objects.create(
            contact=contact, organisation=organisation, is_approved=True
        )
    return contact


def client_of(contact: Contact) -> Client:
    """Come in already, without the mail."""
    client = Client()
    session = client.session
    request = type("Request", (), {"session": session})()
    session.create()
    access.open_door(request, contact)
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


def plain_what(**fields: Any) -> dict[str, Any]:
    return {
        "organisation": "Esimerkkiyhdistys ry",
        "organisation_kind": "association",
        "kind": "group",
        "main_language": "fi",
        "title_fi": "Olohuone",
        "lead_fi": "Kahvia ja juttuseuraa kaikille.",
    } | fields


def plain_when(**fields: Any) -> dict[str, Any]:
    """Tuesdays from 13 to 15."""
    return {
        "rule-TOTAL_FORMS": "1",
        "rule-INITIAL_FORMS": "0",
        "rule-0-repeats": "weekly-1",
        "rule-0-weekdays": ["2"],
        "rule-0-start_time": "13:00",
        "rule-0-end_time": "15:00",
        "rule-0-start_date": "2026-11-03",
        "date-TOTAL_FORMS": "0",
        "date-INITIAL_FORMS": "0",
        "break-TOTAL_FORMS": "0",
        "break-INITIAL_FORMS": "0",
    } | fields


def plain_where(**fields: Any) -> dict[str, Any]:
    return {"attendance": "on-site", "venue": "Esimerkkitalo"} | fields


def plain_whom(**fields: Any) -> dict[str, Any]:
    return {
        "goals": [str(Goal.objects.get(key="meaningful-life").pk)],
        "target_groups": [str(TargetGroup.objects.get(key="everyone").pk)],
        "sign_up": "none",
        "openness": "open",
        "is_free": "true",
        "contact_phone": "000 000 0000",
    } | fields


def fill_in(client: Client, **steps: dict[str, Any]) -> Submission:
    """A new draft with the four steps, each sent as a browser does."""
    client.post(f"{START}new/")
    draft = Submission.objects.latest("pk")
    for step, make in (
        ("what", plain_what),
        ("when", plain_when),
        ("where", plain_where),
        ("whom", plain_whom),
    ):
        response = client.post(
            f"{START}draft/{draft.key}/{step}/", make(**steps.get(step, {}))
        )
        assert response.status_code == 302, response.text
    draft.refresh_from_db()
    return draft


def send(client: Client, draft: Submission, **fields: Any) -> Any:
    data = {"name": "Esimerkki Henkilö", "phone": ""} | fields
    return client.post(f"{START}draft/{draft.key}/check/", data)


def last_token() -> str:
    return TOKEN.search(str(mail.outbox[-1].body))[1]


def last_code() -> str:
    return "".join(CODE.search(str(mail.outbox[-1].body)).groups())
