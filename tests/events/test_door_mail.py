"""Letters of the door: a real conversation with a mail server, by the stored tasks."""

import json
import re
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.roles import make_group_workflow, make_roles
from events import moderation
from events.door.mails import Letter, post
from events.models import Contact, DoorLink, EventIndexPage, Submission
from home import traps
from home.letters import FIRST_PAUSE, TRIES
from tests import factories
from tests.mail_server import MailServer

from .door import CODE, START, client_of, fill_in, make_contact, send

ADDRESS = "yhteys@yhdistys.example"
LINK = re.compile(r"https?://\S+/key/([\w-]+)/")

pytestmark = [
    # Wagtail's mail to moderators still asks Django for a connection in the old way.
    pytest.mark.filterwarnings("ignore:get_connection"),
]


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(traps, "LEAST_SECONDS", 0)
    server = MailServer()
    settings.MAILERS = server.mailers()
    with server.running():
        yield server


@pytest.fixture
def stored_tasks(settings: Any) -> None:
    """As in production: a task is a row, and a worker runs it."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def index(own_database: None, stored_tasks: None) -> EventIndexPage:
    homes = factories.make_homes(factories.make_locales())
    return factories.make_event_indexes(homes)["fi"]


@pytest.fixture
def client(index: EventIndexPage) -> Client:
    """Of a contact of an organisation that has a place."""
    organisation = factories.make_organisation(name={"fi": "Esimerkkiyhdistys ry"})
    factories.make_venue(name={"fi": "Esimerkkitalo"})
    return client_of(make_contact(organisation, ADDRESS))


def work() -> None:
    """What `manage.py db_worker` does, until nothing is due."""
    call_command("db_worker", batch=True, interval=0, reload=False, verbosity=0)


def ask(email: str = ADDRESS) -> Any:
    fields = {"email": email, "website": "", "drawn_at": traps.drawn_now()}
    return Client().post(START, fields)


def letter_tasks() -> Any:
    """Others write the editor's search index."""
    return DBTaskResult.objects.filter(task_path__startswith="events.door")


def waiting_tasks() -> Any:
    return letter_tasks().filter(status="READY")


def let_time_pass() -> None:
    waiting_tasks().update(run_after=timezone.now())


def test_the_link_comes_as_a_plain_letter(
    index: EventIndexPage, server: MailServer
) -> None:
    assert ask().status_code == 302
    assert not server.letters  # A reader does not wait for the mail server.
    work()
    (letter,) = server.letters
    assert letter["To"] == letter["X-Envelope-To"] == ADDRESS
    assert letter["From"] == "Hyvä arki Kymenlaaksossa <noreply@example.org>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"]
    assert letter.get_content_type() == "text/plain"
    text = letter.get_content()
    token = LINK.search(text)[1]
    assert CODE.search(text)
    assert f"http://localhost:8000{START}key/{token}/" in text
    assert max(map(len, letter.as_string().splitlines())) <= 998
    assert Client().get(f"{START}key/{token}/").status_code == 200


def test_stored_tasks_hold_neither_token_nor_address(
    index: EventIndexPage, server: MailServer
) -> None:
    ask()
    row = letter_tasks().get()
    assert row.args_kwargs == {"args": [DoorLink.objects.get().pk], "kwargs": {}}
    work()
    text = server.letters[0].get_content()
    secrets = [LINK.search(text)[1], "".join(CODE.search(text).groups()), ADDRESS]
    kept = json.dumps(list(letter_tasks().values()), default=str)
    assert not [secret for secret in secrets if secret in kept]


def test_a_letter_that_never_left_does_not_leave_its_address_behind(
    index: EventIndexPage, server: MailServer
) -> None:
    server.answers[ADDRESS] = f"450 <{ADDRESS}> is busy"
    ask()
    for _try in range(TRIES):
        work()
        let_time_pass()
    assert letter_tasks().filter(status="FAILED").count() == 1
    assert server.asked == [ADDRESS] * TRIES
    assert ADDRESS not in json.dumps(list(letter_tasks().values()), default=str)


def test_a_task_is_stored_with_what_it_tells_of(
    index: EventIndexPage, server: MailServer
) -> None:
    """Otherwise a process that is killed between the two would lose the letter."""
    with transaction.atomic():
        ask()
        assert letter_tasks().count() == 1
        transaction.set_rollback(True)
    assert not letter_tasks().exists()
    assert not DoorLink.objects.exists()


@pytest.mark.parametrize(
    "address", ["a@yhdistys.example\nBcc: uhri@muu.example", "a@b.example\r\nX: y"]
)
def test_no_header_comes_in_by_an_address(
    index: EventIndexPage, server: MailServer, address: str
) -> None:
    assert ask(address).status_code == 422
    letter = Letter("sent", "fi", {"title": "Ryhmä"})
    with pytest.raises(ValueError, match=r"newline|header|linefeed"):
        post(letter, address)
    assert not server.asked


def test_what_somebody_wrote_stands_in_no_subject(
    client: Client, server: MailServer
) -> None:
    draft = fill_in(client, what={"title_fi": "Osta halvalla: http://paha.example"})
    send(client, draft)
    work()
    letters = letters_to(ADDRESS, server)
    assert "halvalla" in letters[0].get_content()
    assert not [letter for letter in letters if "halvalla" in letter["Subject"]]


def test_an_address_that_is_refused_for_good_is_marked(
    client: Client, server: MailServer
) -> None:
    server.answers[ADDRESS] = "550 No such user here"
    ask()
    work()
    assert Contact.objects.get(email=ADDRESS).bounced_at
    assert not waiting_tasks().exists()
    organisations = factories.Organisation.objects.all()
    assert not Contact.objects.answering_for(organisations).exists()


def test_an_address_that_is_refused_for_now_is_tried_again(
    client: Client, server: MailServer
) -> None:
    server.answers[ADDRESS] = "451 Try again later"
    ask()
    work()
    assert server.asked == [ADDRESS]
    assert Contact.objects.get(email=ADDRESS).bounced_at is None
    (row,) = waiting_tasks()
    assert row.args_kwargs["args"][1] == 2
    assert timezone.now() < row.run_after <= timezone.now() + FIRST_PAUSE
    del server.answers[ADDRESS]
    let_time_pass()
    work()
    assert len(letters_to(ADDRESS, server)) == 1
    assert not waiting_tasks().exists()


def test_a_mail_server_that_is_away_is_asked_again_and_at_last_let_be(
    client: Client, server: MailServer, settings: Any
) -> None:
    draft = fill_in(client)
    settings.MAILERS = MailServer().mailers()  # Not started.
    assert send(client, draft).status_code == 302
    for _try in range(TRIES):
        work()
        let_time_pass()
    assert letter_tasks().filter(status="FAILED").count() == 1
    assert not waiting_tasks().exists()
    draft.refresh_from_db()
    assert draft.status == Submission.Status.SENT


def letters_to(address: str, server: MailServer) -> list[Any]:
    return [letter for letter in server.letters if letter["To"] == address]


def test_each_change_of_state_is_one_letter(
    index: EventIndexPage, client: Client, server: MailServer
) -> None:
    make_roles()
    make_group_workflow(index)
    moderator = factories.make_administrator()
    draft = fill_in(client)
    send(client, draft)
    send(client, draft)
    assert not server.letters
    work()
    work()
    assert len(letters_to(ADDRESS, server)) == 1
    draft.refresh_from_db()
    moderation.ask_for_change(draft, draft.revision_id, moderator, "Lisää kuva.")
    work()
    assert len(letters_to(ADDRESS, server)) == 2
    send(client, draft)
    work()
    draft.refresh_from_db()
    moderation.approve(draft, draft.revision_id, moderator)
    with pytest.raises(moderation.DecisionRefusedError):
        moderation.approve(draft, draft.revision_id, moderator)
    work()
    letters = letters_to(ADDRESS, server)
    assert len(letters) == 4
    assert "Lisää kuva." in letters[1].get_content()
    assert letters[3]["Subject"] not in {letter["Subject"] for letter in letters[:3]}


def test_a_letter_that_is_no_longer_so_does_not_leave(
    index: EventIndexPage, client: Client, server: MailServer
) -> None:
    """The mail server was away while the state changed again, and again."""
    moderator = factories.make_administrator()
    draft = fill_in(client)
    send(client, draft)
    work()
    draft.refresh_from_db()
    server.answers[ADDRESS] = "451 Try again later"
    moderation.ask_for_change(
        draft, draft.revision_id, moderator, "Korjaa kellonaika, kiitos!"
    )
    work()
    send(client, draft)
    draft.refresh_from_db()
    moderation.approve(draft, draft.revision_id, moderator)
    del server.answers[ADDRESS]
    let_time_pass()
    work()
    _received, published = letters_to(ADDRESS, server)
    assert "on julkaistu" in published.get_content()
    assert not waiting_tasks().exists()
    assert not letter_tasks().filter(status="FAILED").exists()


def test_what_is_taken_back_is_not_said_to_wait(
    index: EventIndexPage, client: Client, server: MailServer
) -> None:
    draft = fill_in(client)
    send(client, draft)
    client.post(f"{START}draft/{draft.key}/withdraw/")
    work()
    assert not letters_to(ADDRESS, server)


def test_letters_to_moderators_leave_in_the_background_too(
    index: EventIndexPage, client: Client, server: MailServer, settings: Any
) -> None:
    """A mail server that hangs would else hold the transaction that sends a group."""
    settings.MODERATORS_EMAIL = "moderaattorit@kunta.example"
    send(client, fill_in(client))
    assert not server.letters
    work()
    assert len(letters_to(ADDRESS, server)) == 1
    assert len(letters_to("moderaattorit@kunta.example", server)) == 1


def test_so_do_those_about_what_a_colleague_submits(
    index: EventIndexPage, server: MailServer
) -> None:
    make_roles()
    make_group_workflow(index)
    moderator = factories.make_administrator()
    editor = factories.make_administrator("toimittaja@example.org")
    event = factories.make_event(index, "Olohuone")
    event.save_revision()
    event.get_workflow().start(event, user=editor)
    assert not server.letters
    work()
    assert letters_to(moderator.email, server)
