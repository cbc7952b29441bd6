"""Signing in to the editor."""

import importlib
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.urls import reverse

from accounts.models import User
from tests import factories
from tests.site.test_settings import PRODUCTION

EMAIL = "paakayttaja@example.org"
PASSWORD = "salasana-testeihin"
LOGIN = "/accounts/login/"


@pytest.fixture
def needs_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture(autouse=True)
def front_page(homes):
    """Account pages stand in the site's own frame."""


def sign_in(client, password=PASSWORD, **fields):
    return client.post(LOGIN, {"login": EMAIL, "password": password} | fields)


def test_staff_sign_in_with_e_mail_and_password(client, administrator):
    response = sign_in(client)

    assert response.status_code == 302
    assert response.url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_editor_leads_to_sign_in_and_back(client, administrator, home):
    wanted = reverse("wagtailadmin_pages:edit", args=[home.pk])
    first = client.get(wanted)
    assert first.status_code == 302

    second = client.get(first.url)
    assert second.url.startswith(LOGIN)
    page = client.get(second.url)
    assert f'value="{wanted}"' in page.text

    assert sign_in(client, next=wanted).url == wanted


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        r"/\evil.example",
        "javascript:alert(1)",
    ],
)
def test_sign_in_never_leads_to_another_site(client, administrator, elsewhere):
    assert sign_in(client, next=elsewhere).url == "/admin/"


def test_nobody_signs_up(client):
    page = client.get("/accounts/signup/")
    client.post(
        "/accounts/signup/",
        {"email": "minä@example.org", "password1": "pitkä salasana 42"},
    )

    assert page.status_code == 200
    assert "<input" not in page.text.split("<main")[1].split("</main>")[0]
    assert not User.objects.exists()


def test_wrong_passwords_are_counted_and_the_right_one_waits_too(client, administrator):
    for _attempt in range(5):
        assert "password" in sign_in(client, "väärä").text

    response = sign_in(client)

    assert response.status_code in {200, 429}
    assert "Liian monta" in response.text
    assert client.get("/admin/").status_code == 302


def test_attempts_from_one_address_are_counted_whoever_they_are_for(client):
    for number in range(30):
        client.post(LOGIN, {"login": f"{number}@example.org", "password": "väärä"})

    response = client.post(LOGIN, {"login": "uusi@example.org", "password": "väärä"})

    assert response.status_code == 429
    assert "<h1>" in response.text


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client, administrator
):
    wrong = client.post(LOGIN, {"login": EMAIL, "password": "väärä"})
    unknown = client.post(
        LOGIN, {"login": "tuntematon@example.org", "password": "väärä"}
    )

    assert wrong.status_code == unknown.status_code == 200
    errors = [response.context["form"].errors for response in (wrong, unknown)]
    assert errors[0] == errors[1]
    assert errors[0]


def test_password_reset_does_not_tell_who_has_an_account(client, administrator):
    answers = [
        client.post("/accounts/password/reset/", {"email": address}, follow=True)
        for address in (EMAIL, "tuntematon@example.org")
    ]

    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert answers[0].content == answers[1].content
    assert [message.to for message in mail.outbox] == [[EMAIL]]
    assert client.get("/admin/password_reset/").status_code == 404


def test_without_a_second_factor_nobody_reaches_the_editor(
    client, administrator, needs_second_factor, guide_index
):
    sign_in(client)
    guide = factories.make_guide(guide_index)
    addresses = [
        "/admin/",
        reverse("wagtailadmin_explore", args=[guide_index.pk]),
        reverse("wagtailadmin_pages:edit", args=[guide.pk]),
        reverse("wagtailadmin_pages:view_draft", args=[guide.pk]),
        reverse("wagtailusers_users:index"),
        reverse("wagtailadmin_api:pages:listing"),
        "/admin/jsi18n/",
        "/admin/ei-ole/",
    ]

    for address in addresses:
        response = client.get(address)
        assert response.status_code == 302, address
        assert response.url == reverse("mfa_activate_totp"), address
        assert client.post(address).status_code == 302, address


def test_with_a_second_factor_staff_are_let_in(
    client, administrator, needs_second_factor
):
    sign_in(client)
    page = client.get("/admin/", follow=True)
    assert page.redirect_chain[-1][0].startswith("/accounts/reauthenticate/")
    page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("mfa_activate_totp")
    secret = page.context["form"].secret

    done = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert done.status_code == 302
    assert client.get("/admin/").status_code == 200

    client.logout()
    asked = sign_in(client)
    assert asked.url.startswith("/accounts/2fa/")
    assert client.get("/admin/").status_code == 302
    client.post(asked.url, {"code": "000000"})
    assert client.get("/admin/").status_code == 302
    client.post(asked.url, {"code": code(secret, steps=1)})
    assert client.get("/admin/").status_code == 200


def code(secret, steps=0):
    """What the phone shows now, or `steps` half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.mark.parametrize(
    "address",
    [
        LOGIN,
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/2fa/",
        "/accounts/reauthenticate/",
        "/accounts/password/change/",
        "/accounts/email/",
        "/accounts/logout/",
    ],
)
def test_account_pages_are_never_kept_and_have_the_strict_policy(
    client, administrator, address
):
    if "signup" not in address and "reset" not in address and address != LOGIN:
        sign_in(client)

    response = client.get(address)

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<style" not in response.text
    assert 'lang="fi"' in response.text


def test_session_cookies_in_production_are_for_https_and_not_for_scripts(monkeypatch):
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    production = importlib.import_module("config.settings.production")

    assert production.SECOND_FACTOR_REQUIRED
    assert production.SESSION_COOKIE_SECURE
    assert production.CSRF_COOKIE_SECURE
    assert production.SESSION_COOKIE_SAMESITE == "Lax"
    assert getattr(production, "SESSION_COOKIE_HTTPONLY", True)


def test_session_gets_a_new_key_at_sign_in(client, administrator):
    client.get(LOGIN)
    session = client.session
    session["mark"] = "of an attacker"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before

    sign_in(client)

    assert client.cookies["sessionid"].value != before
    assert client.cookies["sessionid"]["httponly"]
