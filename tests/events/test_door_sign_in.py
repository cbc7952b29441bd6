"""An e-mail address is proved by a link or a code, and nothing else opens the door."""

import logging
import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.core import mail, signing
from django.db.models import F
from django.test import Client
from django.utils import timezone

from events.door import limits, links
from events.models import Contact, DoorLink
from home import traps
from home.models import LimitCount

from .door import START, last_code, last_token, make_contact

pytestmark = pytest.mark.django_db

ADDRESS = "yhteys@yhdistys.example"


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person takes longer than a program; a test does not."""
    monkeypatch.setattr(traps, "LEAST_SECONDS", 0)


@pytest.fixture
def client(home: Any, patient: None) -> Client:
    return Client()


def ask(client: Client, email: str = ADDRESS, **fields: str) -> Any:
    data = {"email": email, "website": "", "drawn_at": traps.drawn_now()} | fields
    return client.post(START, data)


@pytest.fixture
def asked(client: Client, django_capture_on_commit_callbacks: Any) -> Client:
    with django_capture_on_commit_callbacks(execute=True):
        response = ask(client)
    assert response.headers["Location"] == f"{START}code/"
    return client


def test_a_code_opens_the_door(asked: Client) -> None:
    response = asked.post(f"{START}code/", {"code": last_code()})
    assert response.headers["Location"] == f"{START}groups/"
    assert Contact.objects.get().email == ADDRESS


def test_a_code_may_be_typed_with_spaces(asked: Client) -> None:
    code = last_code()
    response = asked.post(f"{START}code/", {"code": f" {code[:3]}  {code[3:]} "})
    assert response.status_code == 302


def test_looking_at_the_link_changes_nothing(asked: Client) -> None:
    """Mail programs open links to look for harm in them."""
    scanner = Client()
    response = scanner.get(f"{START}key/{last_token()}/")
    assert response.status_code == 200
    assert "sessionid" not in response.cookies
    assert not Contact.objects.exists()
    assert DoorLink.objects.get().used_at is None


def test_the_link_opens_the_door_on_another_device(asked: Client) -> None:
    phone = Client()
    response = phone.post(f"{START}key/{last_token()}/")
    assert response.headers["Location"] == f"{START}groups/"


def test_a_link_works_once(asked: Client) -> None:
    address = f"{START}key/{last_token()}/"
    Client().post(address)
    second = Client().post(address)
    assert second.status_code == 410
    assert "sessionid" not in second.cookies


def test_an_expired_link_leads_to_a_new_one(asked: Client) -> None:
    DoorLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    response = Client().get(f"{START}key/{last_token()}/")
    assert response.status_code == 410
    assert f'href="{START}"' in response.text


def test_five_wrong_codes_are_enough(asked: Client) -> None:
    right = last_code()
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _number in range(5):
        response = asked.post(f"{START}code/", {"code": wrong})
        assert response.status_code == 422
    assert asked.post(f"{START}code/", {"code": right}).status_code == 422
    assert not Contact.objects.exists()


def test_the_code_opens_nothing_in_another_browser(asked: Client) -> None:
    stranger = Client()
    response = stranger.post(f"{START}code/", {"code": last_code()})
    assert response.headers["Location"] == START
    assert not Contact.objects.exists()


def test_known_and_unknown_addresses_get_the_same_answer(client: Client) -> None:
    make_contact(email="tuttu@yhdistys.example")
    known = ask(Client(), "tuttu@yhdistys.example")
    unknown = ask(Client(), "vieras@yhdistys.example")
    assert known.status_code == unknown.status_code == 302
    assert known.headers["Location"] == unknown.headers["Location"]


def test_three_mails_a_day_go_to_one_address(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    """The answer is the same: nobody learns how often somebody else has asked."""
    answers = []
    for _number in range(5):
        with django_capture_on_commit_callbacks(execute=True):
            answers.append(ask(Client(), "Yhteys@Yhdistys.example"))
        time_passes(links.ENOUGH_FOR)
    assert len(mail.outbox) == 3
    assert {answer.headers["Location"] for answer in answers} == {f"{START}code/"}


def time_passes(time: timedelta) -> None:
    DoorLink.objects.update(
        created_at=F("created_at") - time, expires_at=F("expires_at") - time
    )


def test_a_stranger_does_not_use_up_the_messages_of_the_day(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    """The one that has just been sent lets its owner in."""
    with django_capture_on_commit_callbacks(execute=True):
        for _number in range(5):
            assert ask(Client()).status_code == 302
        assert ask(client).headers["Location"] == f"{START}code/"
    assert len(mail.outbox) == 1
    assert client.post(f"{START}code/", {"code": last_code()}).status_code == 422
    assert client.post(f"{START}key/{last_token()}/").status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        ask(Client())
    assert len(mail.outbox) == 2


def test_who_asks_twice_uses_the_code_that_has_come(
    asked: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ask(asked)
    assert len(mail.outbox) == 1
    assert asked.post(f"{START}code/", {"code": last_code()}).status_code == 302


def test_another_message_goes_when_the_code_has_no_tries_left(
    asked: Client, django_capture_on_commit_callbacks: Any
) -> None:
    DoorLink.objects.update(tries_left=0)
    with django_capture_on_commit_callbacks(execute=True):
        ask(asked)
    assert asked.post(f"{START}code/", {"code": last_code()}).status_code == 302


def test_one_reader_does_not_write_to_hundreds(client: Client) -> None:
    most = limits.MAILS_FROM_READER.most
    answers = [
        ask(client, f"osoite{number}@yhdistys.example") for number in range(most + 1)
    ]
    assert answers[-2].status_code == 302
    assert answers[-1].status_code == 429


def test_a_home_with_many_addresses_is_one_reader(client: Client) -> None:
    """Of IPv6 each has a network of its own, and may take any address in it."""
    most = limits.MAILS_FROM_READER.most

    def ask_from(address: str, number: int) -> int:
        email = f"osoite{number}@yhdistys.example"
        data = {"email": email, "website": "", "drawn_at": traps.drawn_now()}
        return Client(REMOTE_ADDR=address).post(START, data).status_code

    for number in range(most):
        assert ask_from(f"2001:db8:0:1::{number:x}", number) == 302
    assert ask_from("2001:db8:0:1:ffff::1", most) == 429
    assert ask_from("2001:db8:0:2::1", most) == 302
    for number in range(most):
        assert ask_from("192.0.2.1", number) == 302
    assert ask_from("::ffff:192.0.2.1", most) == 429
    assert ask_from("192.0.2.2", most) == 302


def test_limits_do_not_know_whom_they_count(client: Client) -> None:
    ask(client)
    rows = LimitCount.objects.values_list("who", flat=True)
    assert rows
    assert all(re.fullmatch("[0-9a-f]{64}", who) for who in rows)


def test_what_fills_in_the_hidden_field_gets_no_mail(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = ask(client, website="https://example.org")
    assert response.status_code == 422
    assert not mail.outbox
    assert ADDRESS in response.text


def test_a_form_that_is_sent_at_once_is_asked_again(
    home: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = ask(Client())
    assert response.status_code == 422
    assert not mail.outbox


def test_a_time_of_ones_own_is_not_believed(client: Client) -> None:
    forged = signing.dumps(0, salt="something.else")
    assert ask(client, drawn_at=forged).status_code == 422


@pytest.mark.parametrize(
    "address", ["", "ei-osoite", "a@b\nBcc: c@d.example", "x" * 300 + "@example.org"]
)
def test_what_is_no_address_is_said_so(client: Client, address: str) -> None:
    response = ask(client, address)
    assert response.status_code == 422
    assert not DoorLink.objects.exists()


def test_secrets_are_stored_as_digests_only(asked: Client) -> None:
    row = DoorLink.objects.values().get()
    token, code = last_token(), last_code()
    assert len(token) >= 43  # 256 bits.
    assert all(
        secret not in str(value) for value in row.values() for secret in (token, code)
    )


def test_pages_are_kept_nowhere_and_tell_no_other_site(asked: Client) -> None:
    for address in (START, f"{START}code/", f"{START}key/{last_token()}/"):
        response = asked.get(address)
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] == "strict-origin"


def test_tokens_stand_in_no_log(
    asked: Client, capsys: pytest.CaptureFixture, settings: Any
) -> None:
    token = last_token()
    handler = logging.getLogger().handlers
    stream = next(each for each in handler if each.filters)
    record = logging.LogRecord(
        "django.request", 30, "", 0, "Gone: %s", (f"{START}key/{token}/",), None
    )
    assert stream.filter(record)
    assert token not in record.getMessage()
    assert "/key/" in record.getMessage()


def test_an_old_session_key_opens_nothing(asked: Client) -> None:
    planted = asked.cookies["sessionid"].value
    asked.post(f"{START}code/", {"code": last_code()})
    attacker = Client()
    attacker.cookies["sessionid"] = planted
    location = attacker.get(f"{START}groups/").headers["Location"]
    assert location.startswith(f"{START}then/")


def test_signed_out_everywhere_is_signed_out_here(asked: Client) -> None:
    asked.post(f"{START}code/", {"code": last_code()})
    assert asked.get(f"{START}groups/").status_code == 200
    Contact.objects.update(signed_out_at=timezone.now())
    assert asked.get(f"{START}groups/").status_code == 302


def test_who_wanted_somewhere_gets_there(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    start = client.get(f"{START}new/").headers["Location"]
    assert 'method="post" novalidate' in client.get(start).text
    data = {"email": ADDRESS, "website": "", "drawn_at": traps.drawn_now()}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(start, data)
    response = client.post(f"{START}code/", {"code": last_code()})
    assert response.headers["Location"] == f"{START}new/"
    # And at once, who has come in in another tab meanwhile.
    assert client.get(start).headers["Location"] == f"{START}new/"


def test_who_only_looks_makes_no_session(client: Client) -> None:
    """Else programs that open every address would fill the database."""
    for page in ("", "new/", "groups/", "own-data/", "code/"):
        response = client.get(f"{START}{page}")
        if page:
            response = client.get(response.headers["Location"])
        assert response.status_code == 200
    assert "sessionid" not in client.cookies
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "forged",
    [
        "x",
        "https:example.org",
        ":",
        # Named: each process signs at a time of its own.
        pytest.param(signing.dumps("https://example.org/"), id="signed"),
    ],
)
def test_nobody_is_led_where_somebody_else_wants(asked: Client, forged: str) -> None:
    asked.post(f"{START}code/", {"code": last_code()})
    response = asked.get(f"{START}then/{quote(forged, safe='')}/")
    assert response.headers["Location"] == f"{START}groups/"


def test_letters_are_in_the_readers_language(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            "/sv/anmal/",
            {"email": ADDRESS, "website": "", "drawn_at": traps.drawn_now()},
        )
    assert "/sv/anmal/key/" in mail.outbox[0].body


def test_old_links_and_counts_are_forgotten(asked: Client) -> None:
    later = timezone.now() + timedelta(days=3)
    links.forget_old_links(later)
    limits.forget_old_counts(later)
    assert not DoorLink.objects.exists()
    assert not LimitCount.objects.exists()
