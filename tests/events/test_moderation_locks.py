"""A group's lock keeps off whoever else writes the group, Wagtail included."""

import threading
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, transaction

from accounts.roles import make_group_workflow, make_roles
from events import asking, moderation
from events.door import sending
from events.models import EventPage, Submission
from events.staff import access
from tests import factories
from tests.meanwhile import AT_MOST, meanwhile

from .sent import make_public, send_change

pytestmark = [
    pytest.mark.needs_postgresql,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has no locks of rows."
    ),
    pytest.mark.filterwarnings("ignore:get_connection"),
]


@pytest.fixture
def sent(own_database: None) -> Submission:
    homes = factories.make_homes(factories.make_locales())
    index = factories.make_event_indexes(homes)["fi"]
    make_roles()
    make_group_workflow(index)
    return send_change(make_public(index, "Perhekahvila"), title_fi="Vauvakahvila")


def lock_of_decisions(sent: Submission) -> None:
    moderation.locked(Submission.objects.filter(pk=sent.pk))


def lock_of_sending(sent: Submission) -> None:
    sending.event_to_write(sent)


def lock_of_staff(sent: Submission) -> None:
    assert sent.event_id
    with access.locked(sent.event_id):
        pass


def lock_of_letters(sent: Submission) -> None:
    assert asking.locked_groups([sent.event_id or 0])


@pytest.mark.parametrize(
    "lock", [lock_of_decisions, lock_of_sending, lock_of_staff, lock_of_letters]
)
def test_nobody_saves_a_draft_while_the_group_is_locked(
    sent: Submission, lock: Callable[[Submission], None]
) -> None:
    waited = []

    def save_draft() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '300ms'")
        try:
            EventPage.objects.get(pk=sent.event_id).save_revision()
        except OperationalError:
            waited.append(lock)

    with transaction.atomic():
        lock(sent)
        with meanwhile(save_draft):
            pass

    assert waited


def test_who_waited_for_the_lock_reads_all_of_what_was_published(
    sent: Submission,
) -> None:
    """The parts of a group stand in two rows."""
    read = []
    is_locked = threading.Event()

    def lock() -> None:
        is_locked.wait(AT_MOST)
        read.append(sending.event_to_write(sent))

    with meanwhile(transaction.atomic(lock)) as thread, transaction.atomic():
        event = EventPage.objects.locked().get(pk=sent.event_id)
        is_locked.set()
        event.slug, event.contact_hours = "kahvila", "ma 9-12"
        event.save_revision().publish()
        thread.join(0.5)
        assert not read

    assert (read[0].slug, read[0].contact_hours) == ("kahvila", "ma 9-12")


def test_a_draft_that_slips_in_is_not_published_in_its_place(sent: Submission) -> None:
    """A decision and an editor who saves come to the group at the same moment."""
    user = factories.make_administrator()
    is_read = threading.Event()

    def save_draft() -> None:
        is_read.wait(AT_MOST)
        event = EventPage.objects.get(pk=sent.event_id)
        event.slug = "kesken"
        event.save_revision()

    with meanwhile(save_draft), transaction.atomic():
        assert moderation.is_on_top(moderation.locked_to_decide(sent, sent.revision_id))
        is_read.set()
        moderation.approve(sent, sent.revision_id, user)

    event = EventPage.objects.get(pk=sent.event_id)
    assert (event.title, event.live_revision_id) == ("Vauvakahvila", sent.revision_id)
    assert event.get_latest_revision_as_object().slug == "kesken"
