"""The demo: a second run is quick, edits nothing and revives nothing."""

import io
import socket
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.utils import timezone

from demo.content import CONTENT, read, read_folder
from demo.groups import Groups, next_break, this_monday
from demo.management.commands.demo import EDITOR, refuse_taken_port
from demo.models import DemoItem
from demo.structure import Tree
from events.models import EventPage, SearchRow
from guides.models import GuidePage
from home.models import CrisisContact, GoalPage, HomePage, StandardPage

IMPORTANT_IN_SV_AND_EN = 8


@pytest.fixture
def demo(db, settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setenv("DEMO_PASSWORD", "")

    def run():
        out = io.StringIO()
        call_command("demo", "--no-serve", stdout=out)
        return out.getvalue()

    return run


def test_first_run_makes_the_site_and_the_second_keeps_what_was_changed(demo, client):
    told = demo()

    assert "http://localhost:8000/fi/" in told
    assert EDITOR in told
    assert HomePage.objects.live().count() == 4
    assert GoalPage.objects.filter(locale__language_code="fi").count() == 4
    assert GuidePage.objects.filter(locale__language_code="fi").count() == 24
    for language in ("sv", "en"):
        guides = GuidePage.objects.filter(locale__language_code=language)
        assert guides.count() >= IMPORTANT_IN_SV_AND_EN
    assert GuidePage.objects.filter(locale__language_code="fi-simple").count() == 4
    assert EventPage.objects.live().count() == 30
    assert SearchRow.objects.upcoming().count() == 30
    assert set(StandardPage.objects.values_list("text_language", flat=True)) == {
        "",
        "ru",
        "uk",
    }
    user = get_user_model().objects.get(email=EDITOR)
    password = told.rsplit("password: ", 1)[1].strip()
    assert user.check_password(password)

    changed, deleted = EventPage.objects.order_by("pk")[:2]
    changed.contact_phone = "000 111 2222"
    changed.save_revision().publish()
    slug_of_deleted = deleted.slug
    deleted.delete()
    guide = GuidePage.objects.get(slug="parempi-uni", locale__language_code="fi")
    guide.title = "Oma otsikko"
    guide.save_revision().publish()
    CrisisContact.objects.get(key="riku").delete()
    items = DemoItem.objects.count()

    again = demo()

    assert password in again
    assert "unchanged" in again
    changed.refresh_from_db()
    assert changed.contact_phone == "000 111 2222"
    assert not EventPage.objects.filter(slug=slug_of_deleted).exists()
    guide.refresh_from_db()
    assert guide.title == "Oma otsikko"
    assert not CrisisContact.objects.filter(key="riku").exists()
    assert DemoItem.objects.count() == items

    # Two months later groups that nobody has touched have coming dates again.
    DemoItem.objects.exclude(dated_on=None).update(
        dated_on=this_monday() - timedelta(weeks=9)
    )
    rules = list(changed.rules.values())
    tree = Tree()
    tree.make_homes()
    tree.make_indexes()

    assert Groups(tree).move_into_the_near_future() == 28
    assert list(changed.rules.values()) == rules


def test_a_letter_can_be_read_in_the_terminal(settings, capsys):
    settings.MAILERS = {"default": {"BACKEND": "demo.letters.EmailBackend"}}
    link = f"http://localhost:8080/fi/ilmoita/key/{'a' * 60}/"

    EmailMessage("Tervetuloa mukaan", f"Avaa tämä:\n{link}", to=["a@b.example"]).send()

    shown = capsys.readouterr().out
    assert f"\nAvaa tämä:\n{link}\n" in shown
    assert "To: a@b.example\nSubject: Tervetuloa mukaan\n" in shown


def test_taken_port_is_refused_with_a_way_on():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} is taken"):
            refuse_taken_port(port)


@pytest.mark.parametrize(
    "kind", ["christmas", "winter-holiday", "july", "autumn-holiday"]
)
def test_breaks_are_the_coming_ones(kind):
    start, end = next_break(kind, this_monday())

    assert start <= end
    assert end >= this_monday()
    assert start < timezone.localdate() + timedelta(days=370)


def test_every_group_of_the_content_has_what_publishing_asks():
    groups = read("groups.toml")["group"]

    assert len(groups) == 30
    for group in groups:
        assert group["goals"], group["demo_key"]
        assert group.get("contact_phone") or group.get("walk_in"), group["demo_key"]
        assert "000 000" in group.get("contact_phone", "000 000"), group["demo_key"]


def test_guides_cite_sources_and_name_no_real_person():
    for path in (CONTENT / "guides").iterdir():
        for key, texts in read_folder(f"guides/{path.name}"):
            assert texts["sources"], key
            reviewer = texts["reviewer"].lower()
            assert any(word in reviewer for word in ("esimerkki", "exempel", "example"))
            assert len(texts["search_description"]) <= 160, key


def test_guides_end_in_help_of_three_levels():
    for key, texts in read_folder("guides/fi"):
        levels = [
            block["value"]["level"]
            for block in texts["body"]
            if block["type"] == "care_card"
        ]
        assert levels == ["self-care", "contact", "emergency"], key


def test_services_say_how_one_gets_there():
    for path in (CONTENT / "services").iterdir():
        for key, texts in read_folder(f"services/{path.name}"):
            assert texts.get("phone") or texts.get("walk_in"), key
