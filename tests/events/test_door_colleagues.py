"""Two colleagues write the same draft: neither overwrites the other unseen."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.door.access import SEEN
from events.models import EventIndexPage, Organisation, Submission
from tests import factories

from .door import (
    START,
    client_of,
    fill_in,
    make_contact,
    plain_what,
    plain_when,
    plain_whom,
)

pytestmark = pytest.mark.filterwarnings("ignore:get_connection")


@pytest.fixture
def organisation(event_index: EventIndexPage) -> Organisation:
    factories.make_venue(name={"fi": "Esimerkkitalo"})
    return factories.make_organisation(name={"fi": "Esimerkkiyhdistys ry"})


@pytest.fixture
def mine(organisation: Organisation) -> Client:
    return client_of(make_contact(organisation))


@pytest.fixture
def theirs(organisation: Organisation) -> Client:
    return client_of(make_contact(organisation, "toinen@yhdistys.example"))


@pytest.fixture
def draft(mine: Client, organisation: Organisation) -> Submission:
    draft = fill_in(mine)
    Submission.objects.update(organisation=organisation)
    return draft


def address(draft: Submission, step: str = "what") -> str:
    return f"{START}draft/{draft.key}/{step}/"


def opened(client: Client, draft: Submission, step: str = "what") -> str:
    """The mark that the form holds."""
    page = client.get(address(draft, step))
    assert f'name="seen" value="{page.context["seen"]}"' in page.text
    return str(page.context["seen"])


def stored(draft: Submission, step: str = "what") -> dict[str, Any]:
    draft.refresh_from_db()
    return draft.typed_in(step)


def test_the_later_one_reads_both_and_puts_them_together(
    mine: Client, theirs: Client, draft: Submission
) -> None:
    my_mark, their_mark = opened(mine, draft), opened(theirs, draft)
    lead = "Kahvia <b>kaikille</b>."
    first = theirs.post(address(draft), plain_what(lead_fi=lead, seen=their_mark))
    assert first.status_code == 302

    page = mine.post(address(draft), plain_what(title_fi="Olkkari", seen=my_mark))

    assert page.status_code == 409
    assert stored(draft)["lead_fi"] == [lead]
    assert stored(draft)["title_fi"] == ["Olohuone"]
    told = page.text.split('role="alert"')[1].split("</dl>")[0]
    assert lead in unescape(told)
    assert "<b>" not in told
    assert "Olohuone" in told
    assert "Organisaatio" not in told  # It is the same in both.
    assert page.context["step"].form["title_fi"].value() == "Olkkari"
    assert 'value="Olkkari"' in page.text

    both = plain_what(title_fi="Olkkari", lead_fi=lead, seen=page.context["seen"])
    assert mine.post(address(draft), both).status_code == 302
    assert stored(draft)["lead_fi"] == [lead]
    assert stored(draft)["title_fi"] == ["Olkkari"]


def test_who_goes_on_from_what_is_stored_finds_it_in_the_fields(
    mine: Client, theirs: Client, draft: Submission
) -> None:
    mark = opened(mine, draft)
    theirs.post(address(draft), plain_what(title_fi="Heidän", seen=mark))
    page = mine.post(address(draft), plain_what(title_fi="Minun", seen=mark))
    told = page.text.split('role="alert"')[1].split("</div>")[0]
    assert f'href="{address(draft)}"' in told

    again = mine.get(address(draft))

    assert again.context["step"].form["title_fi"].value() == "Heidän"


def test_a_button_pressed_twice_is_no_quarrel(mine: Client, draft: Submission) -> None:
    mark = opened(mine, draft)

    for _time in range(2):
        response = mine.post(address(draft), plain_what(title_fi="Uusi", seen=mark))
        assert response.status_code == 302

    assert stored(draft)["title_fi"] == ["Uusi"]


def test_who_goes_back_to_an_older_page_of_their_own_may_save_it_again(
    mine: Client, theirs: Client, draft: Submission
) -> None:
    first = opened(mine, draft)
    mine.post(address(draft), plain_what(title_fi="Uusi", seen=first))
    mine.post(address(draft, "when"), plain_when(seen=opened(mine, draft, "when")))

    back = mine.post(address(draft), plain_what(title_fi="Uusin", seen=first))

    assert back.status_code == 302
    assert stored(draft)["title_fi"] == ["Uusin"]

    their_mark = opened(theirs, draft)
    theirs.post(address(draft), plain_what(title_fi="Heidän", seen=their_mark))
    back = mine.post(address(draft), plain_what(title_fi="Minun", seen=first))
    assert back.status_code == 409


def test_a_page_from_before_a_colleague_saved_is_older_though_one_saved_since(
    mine: Client, theirs: Client, draft: Submission
) -> None:
    before = opened(mine, draft)
    theirs.post(address(draft), plain_what(lead_fi="Heidän johdantonsa.", seen=before))
    mark = opened(mine, draft)
    words = {"title_fi": "Uusi", "lead_fi": "Heidän johdantonsa."}
    assert mine.post(address(draft), plain_what(seen=mark, **words)).status_code == 302

    back = mine.post(address(draft), plain_what(title_fi="Minun", seen=before))

    assert back.status_code == 409
    assert stored(draft)["lead_fi"] == ["Heidän johdantonsa."]


def test_what_comes_back_with_errors_can_be_sent_again(
    mine: Client, draft: Submission
) -> None:
    wrong = plain_what(title_fi="", seen=opened(mine, draft))
    page = mine.post(address(draft), wrong)
    assert page.status_code == 422

    right = plain_what(title_fi="Uusi", seen=page.context["seen"])

    assert mine.post(address(draft), right).status_code == 302


def test_colleagues_on_two_steps_do_not_meet(
    mine: Client, theirs: Client, draft: Submission
) -> None:
    what, when = opened(mine, draft), opened(theirs, draft, "when")
    later = plain_when(**{"rule-0-start_time": "12:00"})

    assert mine.post(address(draft), plain_what(seen=what)).status_code == 302
    response = theirs.post(address(draft, "when"), later | {"seen": when})

    assert response.status_code == 302
    assert "seen" not in stored(draft, "when")


@pytest.mark.parametrize(
    ("step", "fields", "words"),
    [
        ("when", {"rule-0-start_time": "12:00"}, ["aika 1: Alkaa klo", "12:00"]),
        ("when", {"rule-0-weekdays": ["2", "4"]}, ["aika 1: Viikonpäivä", "torstai"]),
        ("whom", {"is_free": "false"}, ["maksuton", "Ei"]),
        ("whom", {"is_walk_in": "on"}, ["Kyllä"]),
    ],
)
def test_what_is_stored_is_told_in_the_words_of_the_form(
    mine: Client,
    theirs: Client,
    draft: Submission,
    step: str,
    fields: dict[str, Any],
    words: list[str],
) -> None:
    plain = {"when": plain_when, "whom": plain_whom}[step]
    mark = opened(mine, draft, step)
    theirs.post(address(draft, step), plain() | fields | {"seen": mark})

    mine_now = plain(**{"rule-0-end_time": "16:00"}, contact_phone="000 111 2222")
    page = mine.post(address(draft, step), mine_now | {"seen": mark})

    assert page.status_code == 409
    told = unescape(page.text.split('role="alert"')[1].split("</dl>")[0])
    assert not [word for word in words if word not in told]


def test_a_row_that_a_colleague_took_away_is_told(
    mine: Client, theirs: Client, draft: Submission
) -> None:
    mark = opened(mine, draft, "when")
    gone = plain_when(**{"rule-0-DELETE": "on", "date-TOTAL_FORMS": "1"})
    gone |= {"date-0-day": "2026-12-01", "date-0-start_time": "10:00"}
    theirs.post(address(draft, "when"), gone | {"seen": mark})

    page = mine.post(address(draft, "when"), plain_when(pauses="july", seen=mark))

    fields = {
        str(field.label): field.words for field in page.context["colleague"]["fields"]
    }
    assert fields["Viikoittainen tai kuukausittainen aika 1: Alkaa klo"] == ""
    assert fields["Yksittäinen kerta 1: Päivä"] == "2026-12-01"


def test_who_was_away_for_too_long_overwrites_nobody_either(
    mine: Client, theirs: Client, draft: Submission
) -> None:
    mark = opened(mine, draft)
    theirs.post(address(draft), plain_what(title_fi="Heidän", seen=mark))
    session = mine.session
    session[SEEN] = (timezone.now() - timedelta(hours=13)).isoformat()
    session.save()

    page = mine.post(address(draft), plain_what(title_fi="Minun", seen=mark))

    assert page.status_code == 401
    assert stored(draft)["title_fi"] == ["Heidän"]
    assert 'name="title_fi" value="Minun"' in page.text
    assert f'name="seen" value="{mark}"' in page.text


@pytest.mark.parametrize("mark", ["", "x", "\x01", "ä" * 5000])
def test_a_mark_that_is_none_breaks_nothing(
    mine: Client, draft: Submission, mark: str
) -> None:
    response = mine.post(address(draft), plain_what(title_fi="Uusi", seen=mark))

    assert response.status_code in {302, 409}
