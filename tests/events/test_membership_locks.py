"""Who leaves an organisation and who joins it come one after the other."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client
from wagtail.models import ModelLogEntry

from events.door import links, memberships
from events.models import Contact, Membership, Organisation
from tests import factories
from tests.meanwhile import meanwhile, waits_for_a_lock

from .door import START, client_of, make_contact

pytestmark = [
    pytest.mark.needs_postgresql,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has no locks of rows."
    ),
    pytest.mark.filterwarnings("ignore:get_connection"),
]


@pytest.fixture
def organisation(own_database: None) -> Organisation:
    """With a group that residents see."""
    homes = factories.make_homes(factories.make_locales())
    organisation = factories.make_organisation()
    factories.make_event(
        factories.make_event_indexes(homes)["fi"], organisers=[organisation]
    )
    return organisation


def left_to_staff() -> int:
    return ModelLogEntry.objects.filter(action="events.left_to_staff").count()


def erase(client: Client, _organisation: Organisation) -> int:
    fields = {"action": "erase", "is_sure": "on"}
    return client.post(f"{START}own-data/", fields).status_code


def leave(client: Client, organisation: Organisation) -> int:
    address = f"{START}organisations/{organisation.slug}/people/"
    fields = {"action": "leave", "staff_take_over": "on"}
    return client.post(address, fields).status_code


@pytest.mark.parametrize("go", [erase, leave])
def test_of_the_last_two_who_go_at_once_one_sees_that_nobody_is_left(
    organisation: Organisation, go: Callable[[Client, Organisation], int]
) -> None:
    first = make_contact(organisation, "eka@yhdistys.example")
    second = client_of(make_contact(organisation, "toka@yhdistys.example"))
    answers = []

    with (
        meanwhile(lambda: answers.append(go(second, organisation))) as thread,
        transaction.atomic(),
    ):
        memberships.hold(Organisation.objects.all())
        memberships.leave(first, organisation)
        assert waits_for_a_lock(thread)

    assert answers == [302]
    assert not Membership.objects.exists()
    assert left_to_staff() == 1


def test_who_accepts_a_hand_over_waits_for_one_who_is_being_erased(
    organisation: Organisation,
) -> None:
    leaving = make_contact(organisation, "eka@yhdistys.example")
    link = links.new_link(
        links.Purpose.HAND_OVER,
        "toka@yhdistys.example",
        organisation=organisation,
        contact=leaving,
    )
    used: list[Contact | None] = []

    with (
        meanwhile(lambda: used.append(links.use(link))) as thread,
        transaction.atomic(),
    ):
        memberships.hold(Organisation.objects.all())
        memberships.leave(leaving, organisation)
        leaving.delete()
        assert waits_for_a_lock(thread)

    assert used == [None]
    assert not Membership.objects.exists()
