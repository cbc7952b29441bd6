"""Whatever is sent to the door: a message at the field, or harmless stored text.

The fields are those that the forms have: a new one is tried by itself.
"""

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.roles import MODERATORS, make_group_workflow, make_roles
from events import moderation
from events.door import drafts
from events.door.steps import ORDER, STEPS, query_of
from events.models import EventIndexPage, Submission
from home import traps
from home.models import SiteImage
from tests import factories
from tests.editing import staff_client

from .door import START, client_of, fill_in, make_contact, send
from .door_forms import STEPS as PLAIN
from .door_forms import Door, names_of_forms

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_connection"),
]

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
HOSTILE = {
    "script": SCRIPT,
    "attribute": IMAGE,
    "address": "javascript:alert(1)",
    "template": "{{ 7*7 }}{% load x %}",
    "nul": "a\x00b",
    "control": "a\x0b\x1b[31mb",
    "right-to-left": "\u202egnp.exe",
    "zero-width": "\u200b\u200d\ufeff",
    "long": "ä" * 100_000,
    "emoji": "👩‍👩‍👧🎉",
    "quotes": "'; DROP TABLE events_submission; --",
    "year-1": "0001-01-01",
    "year-9999": "9999-12-31",
    "day-0": "2026-02-30",
    "24:00": "24:00",
    "huge": "1" + "0" * 30,
    "negative": "-1",
    "fraction": "1e309",
    "unknown": "no-such-choice",
    "language": "../../etc/passwd",
}
LIVE = re.compile(
    r"<script>alert|<img src=x|href=[\"']?\s*javascript:|src=[\"']?\s*javascript:", re.I
)


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traps, "LEAST_SECONDS", 0)


@pytest.fixture
def index(event_index: EventIndexPage) -> EventIndexPage:
    make_roles()
    make_group_workflow(event_index)
    return event_index


@pytest.fixture
def door(index: EventIndexPage) -> Door:
    return Door(index)


def assert_harmless(response: Any, told: Any) -> None:
    assert response.status_code < 500, told
    assert not LIVE.search(response.text), told


def fields_of(step: str, draft: Submission) -> Iterator[str]:
    """Every name that the page of the step has, also those of a row."""
    for form in STEPS[step](draft).forms():
        yield from (form.add_prefix(name) for name in form.fields)


@pytest.mark.parametrize("step", ORDER)
def test_each_field_of_a_step_takes_anything(door: Door, step: str) -> None:
    """Alone, with all the others as they should be."""
    draft, plain = door.draft, in_lists(PLAIN[step]())
    names = list(fields_of(step, draft))
    assert len(names) > 4
    for value in HOSTILE.values():
        for name in names:
            drafts.keep(draft, step, query_of(plain | {name: [value]}))
            shown = STEPS[step](draft)
            assert shown.is_valid() or shown.forms_with_errors(), (name, value)
            shown.advice()


@pytest.mark.parametrize("step", ORDER)
def test_a_step_full_of_anything_is_drawn(door: Door, step: str) -> None:
    draft = f"{START}draft/{door.draft.key}/"
    pages = [f"{draft}{step}/", f"{draft}check/", f"{START}groups/"]
    names = [*fields_of(step, door.draft), "go", "add", "unknown"]
    for kind, value in HOSTILE.items():
        response = door.client.post(pages[0], dict.fromkeys(names, value))
        assert_harmless(response, kind)
        for page in pages:
            assert_harmless(door.client.get(page), kind)


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_other_forms_take_anything(door: Door, kind: str) -> None:
    value, forms = HOSTILE[kind], door.forms()
    for name in [*sorted(names_of_forms() - {*PLAIN, "out"}), "out"]:
        client, address, data = forms[name]
        fields = dict.fromkeys([*data, "phone", "q", "page", "day", "role"], value)
        assert_harmless(client.get(address, fields), name)
        kept = {field: data[field] for field in ("action", "drawn_at") if field in data}
        assert_harmless(client.post(address, fields | kept), name)
        assert_harmless(client.post(address, fields), name)


def in_lists(data: dict[str, Any]) -> dict[str, list[str]]:
    return {
        name: value if isinstance(value, list) else [value]
        for name, value in data.items()
    }


@pytest.mark.parametrize("step", ORDER)
@pytest.mark.parametrize(
    "body",
    [
        b"title_fi=%00%ED%A0%80&lead_fi=%FF%FE",
        b"title_fi=%ED%A0%80%ED%B0%80&rule-TOTAL_FORMS=%C3",
        b"title_fi=a&title_fi=b&kind=group&kind=event&kind=",
        b"%00=1&%ED%A0%80=2&=3&&&",
        b"",
        b"title_fi",
        b"rule-TOTAL_FORMS=1000000&date-TOTAL_FORMS=abc&break-TOTAL_FORMS=-5",
        b"rule-TOTAL_FORMS=1&rule-INITIAL_FORMS=1e9&date-TOTAL_FORMS=&add=rule",
        b"rule-TOTAL_FORMS=1&rule-0-DELETE=on&rule-0-weekdays=8&add=break",
        b"rule-TOTAL_FORMS=99999999999999999999&add=rule",
        "rule-TOTAL_FORMS=²&add=rule".encode(),
    ],
)
def test_what_no_browser_sends_is_no_error(door: Door, step: str, body: bytes) -> None:
    address = f"{START}draft/{door.draft.key}/{step}/"
    kind = "application/x-www-form-urlencoded"
    response = door.client.post(address, body, content_type=kind)
    assert_harmless(response, body)
    assert_harmless(door.client.get(address), body)
    assert_harmless(door.client.get(f"{START}draft/{door.draft.key}/check/"), body)


def test_json_of_half_characters_is_no_error(door: Door) -> None:
    address = f"{START}draft/{door.draft.key}/what/"
    body = '{"title_fi": "\\ud800"}'
    response = door.client.post(address, body, content_type="application/json")
    assert_harmless(response, body)


# What goes through, wherever it is shown


MARKUP = f"{SCRIPT}{IMAGE}"


@pytest.fixture
def published(index: EventIndexPage, mailoutbox: Any) -> Submission:
    """Every text of the group is markup, as far as the forms take it."""
    organisation = factories.make_organisation(name={"fi": "Esimerkkiyhdistys ry"})
    factories.make_venue(name={"fi": "Esimerkkitalo"})
    contact = make_contact(organisation)
    client = client_of(contact)
    draft = fill_in(client)
    for step in ORDER:
        address = f"{START}draft/{draft.key}/{step}/"
        for name in list(fields_of(step, draft)):
            written = MARKUP[: 80 if name.startswith("title") else 60]
            before = draft.typed_in(step)
            draft.typed = {**draft.typed, step: {**before, name: [written]}}
            if not STEPS[step](draft).is_valid():
                draft.typed = {**draft.typed, step: before}
        fields = dict(draft.typed_in(step))
        assert client.post(address, fields).status_code == 302
        draft.refresh_from_db()
    assert MARKUP[:60] in str(draft.typed_in("what")["lead_fi"])
    for address in ("check/", "preview/fi/"):
        page = client.get(f"{START}draft/{draft.key}/{address}")
        assert page.status_code == 200
        assert_harmless(page, address)
    assert send(client, draft, name=MARKUP).status_code == 302
    draft.refresh_from_db()
    return draft


def test_markup_is_text_wherever_it_is_shown(
    published: Submission,
    mailoutbox: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    moderator = staff_client(MODERATORS)
    for address in (
        reverse("event_staff:queue"),
        f"/admin/groups/waiting/{published.pk}/",
    ):
        page = moderator.get(address)
        assert page.status_code == 200
        assert_harmless(page, address)
    with django_capture_on_commit_callbacks(execute=True):
        moderation.approve(
            published, published.revision_id, factories.make_administrator()
        )
    event = published.event
    event.refresh_from_db()
    assert event.live
    lists = "/fi/tapahtumat/"
    for address in (
        *(event.path_in("fi"), lists, "/fi/jarjestajat/", "/fi/paikat/"),
        *(f"{lists}feed.{kind}" for kind in ("rss", "json", "ics")),
        f"{lists}{event.slug}.ics",
        f"/admin/pages/{event.pk}/edit/",
    ):
        client = moderator if address.startswith("/admin") else Client()
        page = client.get(address)
        assert page.status_code == 200, address
        if page.headers["Content-Type"].startswith(("text/html", "application/rss")):
            assert_harmless(page, address)
    for letter in mailoutbox:
        assert "alert" not in letter.subject
        assert not getattr(letter, "alternatives", [])


def test_an_answer_of_staff_is_text_too(published: Submission) -> None:
    user = factories.make_administrator()
    moderation.ask_for_change(published, published.revision_id, user, MARKUP)
    client = client_of(published.contact)
    for page in ("groups/", f"draft/{published.key}/what/"):
        response = client.get(f"{START}{page}")
        assert "alert(1)" in response.text or page == "groups/"
        assert_harmless(response, page)


# Pictures


def picture(kind: str = "JPEG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(buffer, kind, **options)
    return buffer.getvalue()


def with_gps() -> bytes:
    exif = Image.Exif()
    exif[0x013B] = "Omistajan Nimi"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (60.0, 28.0, 0.0)
    return picture(exif=exif, comment=b"<script>alert(1)</script>")


def bomb() -> bytes:
    """A header of a hundred thousand pixels each way, and nothing behind it."""
    png = bytearray(picture("PNG"))
    png[16:24] = (100_000).to_bytes(4) * 2
    png[29:33] = zlib.crc32(bytes(png[12:29])).to_bytes(4)
    return bytes(png)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD_FILES = {
    "svg": ("kuva.svg", SVG),
    "svg named png": ("kuva.png", SVG),
    "html": ("kuva.jpg", b"<html><script>alert(1)</script></html>"),
    "empty": ("kuva.jpg", b""),
    "cut short": ("kuva.jpg", picture()[:200]),
    "bomb": ("kuva.png", bomb()),
    "12 MB": ("kuva.jpg", picture() + b"\0" * 12 * 1024 * 1024),
    "gif named jpg": ("kuva.exe", picture("GIF")),
    "long name": ("k" * 500 + ".tiff", picture("TIFF")),
    "name with markup": (f"{SCRIPT}.svg", SVG),
    "nul in the name": ("kuva\x00.php", picture()),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_what_is_no_picture_is_said_at_the_field(door: Door, kind: str) -> None:
    response = upload(door, *BAD_FILES[kind])
    assert response.status_code == 422, kind
    assert "image" in response.context["step"].form.errors
    assert_harmless(response, kind)
    assert not SiteImage.objects.exists()


def upload(door: Door, name: str, content: bytes) -> Any:
    file = SimpleUploadedFile(name, content, "image/jpeg")
    fields = {"image": file, "image_alt": "Ryhmä", "image_rights": "on"}
    address = f"{START}draft/{door.draft.key}/whom/"
    return door.client.post(address, PLAIN["whom"]() | fields)


def test_a_photo_leaves_place_owner_and_comment_behind(door: Door) -> None:
    sent = with_gps()
    assert b"Omistajan" in sent
    assert upload(door, "Maija Meikäläinen.jpg", sent).status_code == 302
    image = SiteImage.objects.get()
    with image.file.open() as file:
        stored = file.read()
    assert not any(secret in stored for secret in (b"Omistajan", b"script", b"Exif"))
    with Image.open(io.BytesIO(stored)) as picture:
        assert not picture.getexif()
    assert "Maija" not in image.file.name
