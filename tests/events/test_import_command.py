"""`manage.py import_events`: sources, safety, what people did here, the report."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.core.management import CommandError
from wagtail.models import Workflow

from events.importing import documents
from events.importing.contacts import finnish_phone, is_held_online
from events.importing.documents import Fetcher, UnreadableError, is_public
from events.importing.markup import body_from_html
from events.importing.texts import cut
from events.models import EventPage, ImportedEvent, SearchRow
from home.models import Goal

pytestmark = pytest.mark.django_db


class Site(BaseHTTPRequestHandler):
    """Answers what a test has put under each path; `{base}` is its own address."""

    answers: ClassVar[dict[str, Any]] = {}
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        answer = self.answers.get(self.path)
        base = f"http://127.0.0.1:{self.server.server_port}"
        if isinstance(answer, int) or answer is None:
            self.send_response(answer or 404)
            self.end_headers()
            return
        if isinstance(answer, str) and answer.startswith("-> "):
            self.send_response(302)
            self.send_header("Location", answer[3:].replace("{base}", base))
            self.end_headers()
            return
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(content.replace(b"{base}", base.encode()))

    def log_message(self, *args: Any) -> None:
        """Keeps the test's output clean."""


@pytest.fixture
def site() -> Iterator[Any]:
    Site.answers, Site.asked = {}, []
    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Site.base = f"http://127.0.0.1:{server.server_port}"
    yield Site
    server.shutdown()
    server.server_close()


def page_of_list(events, following=None):
    return {"meta": {"count": 99, "next": following}, "data": events}


# Addresses


def test_list_on_the_web_is_followed_to_its_end(site, run, listed_events):
    events = list(listed_events.values())
    site.answers = {
        "/v1/event/": page_of_list(events[:2], "{base}/v1/event/?page=2"),
        "/v1/event/?page=2": page_of_list(events[2:3], "/v1/event/?page=3"),
        "/v1/event/?page=3": page_of_list(events[4:5]),
    }

    said = run(f"{site.base}/v1/event/", allow_private=True)

    assert ImportedEvent.objects.count() == 4
    assert "page 2: 2 events so far" in said
    assert site.asked == ["/v1/event/", "/v1/event/?page=2", "/v1/event/?page=3"]


@pytest.mark.parametrize(
    ("following", "reason"),
    [
        ("{base}/v1/event/", "the next page is one already read"),
        ("http://toinen.example/v1/event/", "the next page is on another site"),
        ("{base}/rikki/", "answers 500"),
        ("file:///etc/passwd", "the next page is on another site"),
    ],
)
def test_what_was_read_is_taken_when_the_next_page_is_not(
    site, run, listed_events, following, reason
):
    site.answers = {
        "/v1/event/": page_of_list([listed_events["talkoot"]], following),
        "/rikki/": 500,
    }

    said = run(f"{site.base}/v1/event/", allow_private=True)

    assert EventPage.objects.count() == 1
    assert reason in said


def test_pages_that_never_end_are_left_at_a_limit(
    site, run, listed_events, monkeypatch
):
    monkeypatch.setattr("events.importing.linked_events.MOST_PAGES", 3)
    for number in range(9):
        site.answers[f"/v1/event/?page={number}"] = page_of_list(
            [listed_events["talkoot"]], f"{{base}}/v1/event/?page={number + 1}"
        )

    said = run(f"{site.base}/v1/event/?page=0", allow_private=True)

    assert "source: more than 3 pages" in said
    assert len(site.asked) == 3


def test_places_children_and_parents_only_named_are_fetched_from_the_same_site(
    site, run, listed_events, payload, page_of
):
    parent, second, third = json.loads(payload("linked_events_family.json"))
    place = listed_events["perhekahvila"]["location"]
    as_here = json.loads(
        json.dumps([parent, second, third]).replace(
            "https://rajapinta.example", "{base}"
        )
    )
    parent, second, third = as_here
    parent["sub_events"] = [
        {"@id": f"{{base}}/v1/event/esimerkki:jooga-{number}/"} for number in (2, 3, 9)
    ]
    site.answers = {
        "/v1/event/": page_of_list([second]),
        "/v1/event/esimerkki:jooga/?format=json": parent,
        "/v1/event/esimerkki:jooga-3/": third,
        "/v1/place/esimerkki:10/": place,
    }

    said = run(f"{site.base}/v1/event/", allow_private=True)

    page = page_of("esimerkki:jooga")
    assert [day.is_cancelled for day in page.upcoming_dates()] == [True, False]
    assert str(page.venue) == "Käpylän esimerkkitalo"
    assert "1 of its 3 dates are only named" in said


def test_calendar_on_the_web_is_known_by_its_host(site, run, payload):
    site.answers = {"/kalenteri.ics": payload("weekly_group.ics").encode()}

    run(f"{site.base}/kalenteri.ics", allow_private=True)

    assert ImportedEvent.objects.get().source == "127.0.0.1"


def test_private_address_is_refused_unless_allowed(site, run):
    site.answers = {"/v1/event/": page_of_list([])}

    with pytest.raises(CommandError, match=r"private network.*--allow-private"):
        run(f"{site.base}/v1/event/")

    assert site.asked == []


def test_name_that_turns_to_a_private_address_is_caught_at_the_connection(
    site, monkeypatch
):
    """The name looked up is public; the connection goes elsewhere all the same."""
    monkeypatch.setattr(Fetcher, "check", lambda self, address: None)
    site.answers = {"/salaisuus": {"x": 1}}

    with pytest.raises(UnreadableError, match="private network"):
        Fetcher().fetch(f"{site.base}/salaisuus")

    assert site.asked == []


def test_redirect_is_followed_and_checked_like_an_address(site, run):
    site.answers = {
        "/vanha": "-> {base}/uusi",
        "/uusi": page_of_list([]),
        "/tiedosto": "-> file:///etc/passwd",
        "/kierre": "-> {base}/kierre",
    }
    fetcher = Fetcher(allow_private=True)

    assert fetcher.fetch(f"{site.base}/vanha").address == f"{site.base}/uusi"
    with pytest.raises(UnreadableError, match="begin with http"):
        fetcher.fetch(f"{site.base}/tiedosto")
    with pytest.raises(UnreadableError, match="redirects more than"):
        fetcher.fetch(f"{site.base}/kierre")


def test_document_larger_than_the_cap_is_refused(site, run, monkeypatch, tmp_path):
    monkeypatch.setattr(documents, "MOST_BYTES", 1024 * 1024)
    site.answers = {"/iso": b" " * (1024 * 1024 + 10)}
    (tmp_path / "iso.json").write_bytes(b" " * (1024 * 1024 + 10))

    with pytest.raises(CommandError, match="larger than 1 MB"):
        run(f"{site.base}/iso", allow_private=True)
    with pytest.raises(CommandError, match="larger than 1 MB"):
        run(tmp_path / "iso.json")


@pytest.mark.parametrize(
    "address",
    [
        "ftp://esimerkki.example/x", "file:///etc/passwd", "http://", "http://[::1",
        "http://user:word@esimerkki.example/", "gopher://esimerkki.example/",
        "http://169.254.169.254/latest/", "http://[::ffff:10.0.0.1]/", "http://localhost/",
        "http://0.0.0.0/", "http://2130706433/", "http://127.1/", "http://x\x00y/",
        "http://esimerkki.example:99999/", "webcal://127.0.0.1/x.ics",
    ],
)  # fmt: skip
def test_address_that_is_not_for_us_is_refused_with_one_sentence(run, address):
    with pytest.raises(CommandError) as error:
        run(address)

    assert "\n" not in str(error.value)
    assert str(error.value).endswith((".", ")."))


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("10.1.2.3", False),
        ("100.64.0.1", False), ("::1", False), ("fe80::1%eth0", False),
        ("::ffff:127.0.0.1", False), ("2002:7f00:1::", False), ("224.0.0.1", False),
        ("esimerkki", False),
    ],
)  # fmt: skip
def test_public_addresses_are_told_from_private_ones(address, public):
    assert is_public(address) is public


# Files and folders


def test_folder_is_read_as_one_source(run, payload, tmp_path, listed_events, page_of):
    folder = tmp_path / "kansio"
    folder.mkdir()
    child = listed_events["molemmat"]
    (folder / "a_lista.json").write_text(json.dumps(page_of_list([child])))
    place = listed_events["perhekahvila"]["location"]
    (folder / "paikat.json").write_text(json.dumps(page_of_list([place])))
    (folder / "ryhma.ics").write_text(payload("weekly_group.ics"))
    (folder / "muuta.json").write_text('{"title": "ei tapahtumia"}')
    (folder / "lueminut.txt").write_text("x")

    said = run(folder)

    assert str(page_of("esimerkki:molemmat").venue) == "Käpylän esimerkkitalo"
    assert ImportedEvent.objects.get(source="ryhma").event.title == "Torstaikahvila"
    assert "muuta.json is neither Linked Events nor iCalendar." in said
    assert "lueminut" not in said


def test_next_page_of_a_file_is_not_fetched_and_this_is_told(run, listed_events):
    said = run(
        page_of_list([listed_events["talkoot"]], "https://rajapinta.example/?page=2")
    )

    assert "source: a file is read alone" in said
    assert EventPage.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "neither Linked Events nor iCalendar"),
        ("<!doctype html><title>404</title>", "neither Linked Events nor iCalendar"),
        ('{"a": [1,', "neither Linked Events nor iCalendar"),
        ("[" * 200_000, "neither Linked Events nor iCalendar"),
        ('{"contents": [], "total_items": 0}', "neither Linked Events nor iCalendar"),
    ],
)
def test_source_that_cannot_be_read_fails_with_one_sentence(
    run, tmp_path, content, reason
):
    (tmp_path / "x.json").write_text(content)

    with pytest.raises(CommandError, match=reason) as error:
        run(tmp_path / "x.json")

    assert error.value.returncode == 1


def test_missing_file_and_empty_folder_fail_with_one_sentence(run, tmp_path):
    with pytest.raises(CommandError, match="There is no file or folder"):
        run(tmp_path / "puuttuu.json")
    with pytest.raises(CommandError, match=r"has no \.json or \.ics file"):
        run(tmp_path)
    with pytest.raises(CommandError, match="has to be a file"):
        run("x\x00y.json")


def test_empty_list_is_a_list(run):
    assert "Read 0, of which taken 0" in run({"meta": {"count": 0}, "data": []})


def test_text_in_the_old_encoding_is_read(run, tmp_path, payload, page_of):
    (tmp_path / "vanha.ics").write_bytes(
        payload("weekly_group.ics").replace("Juttelua", "Työpöytä").encode("iso-8859-1")
    )

    run(tmp_path / "vanha.ics")

    assert "Työpöytä" in EventPage.objects.get().texts.get().lead


# Options


def test_dry_run_tells_the_same_and_writes_nothing(run, payload):
    dry = run(payload("linked_events_list.json"), dry_run=True)

    assert not EventPage.objects.exists()
    assert "A dry run: nothing was written." in dry
    wet = run(payload("linked_events_list.json"))
    assert dry.replace("A dry run: nothing was written.\n", "") == wet


def test_named_source_and_goal_are_used(run, listed_events):
    run(listed_events["talkoot"], source_name="kotka", goal="safe-everyday")

    assert ImportedEvent.objects.get().source == "kotka"
    assert EventPage.objects.get().goals.get().key == "safe-everyday"


def test_unknown_goal_fails_and_names_the_goals(run, listed_events):
    with pytest.raises(CommandError, match=r"no goal onnellisuus.*meaningful"):
        run(listed_events["talkoot"], goal="onnellisuus")


def test_import_without_an_event_index_says_so(run, listed_events, event_index):
    event_index.delete()

    with pytest.raises(CommandError, match="no Finnish event index page"):
        run(listed_events["talkoot"])


def test_quiet_run_tells_only_the_counts(run, listed_events):
    said = run(listed_events["talkoot"], verbosity=0)

    assert "Rantatalkoot" not in said
    assert "Read 1, of which taken 1:" in said


# What people did here


def test_event_edited_here_is_left_and_said_so(run, listed_events, administrator):
    item = listed_events["talkoot"]
    run(item)
    page = EventPage.objects.get()
    text = page.texts.get()
    text.lead = "Toimittajan oma lause."
    page.texts.set([text])
    page.save_revision(user=administrator).publish(user=administrator)

    said = run(item | {"name": {"fi": "Lähteen uusi nimi"}})

    page = EventPage.objects.get()
    assert "edited here, left: Lähteen uusi nimi (esimerkki:talkoot)" in said
    assert page.title == "Rantatalkoot"
    assert page.texts.get().lead == "Toimittajan oma lause."


def test_event_edited_here_is_left_though_its_source_deletes_it(
    run, listed_events, administrator
):
    run(listed_events["talkoot"])
    EventPage.objects.get().save_revision(user=administrator)

    said = run(listed_events["talkoot"] | {"deleted": True})

    assert EventPage.objects.get().live
    assert "edited here, left: Rantatalkoot" in said
    assert "deleted in the source: look at it" in said


def test_event_taken_off_here_stays_off(run, listed_events, administrator):
    run(listed_events["talkoot"])
    EventPage.objects.get().unpublish(user=administrator)

    said = run(listed_events["talkoot"] | {"name": {"fi": "Lähteen uusi nimi"}})

    assert not EventPage.objects.get().live
    assert "edited here, left" in said


def test_revision_that_an_organisation_sent_is_not_buried(
    run, listed_events, administrator
):
    """It has no user; it was made after the import."""
    run(listed_events["talkoot"])
    page = EventPage.objects.get()
    waiting = page.save_revision()
    workflow = Workflow.objects.first() or Workflow.objects.create(name="Tarkistus")

    said = run(listed_events["talkoot"] | {"name": {"fi": "Lähteen uusi nimi"}})

    page.refresh_from_db()
    assert "edited here, left" in said
    assert page.latest_revision == waiting
    assert workflow.pk


def test_cancelled_in_the_source_is_told_of_an_event_edited_here(
    run, listed_events, administrator
):
    run(listed_events["talkoot"])
    EventPage.objects.get().save_revision(user=administrator)

    said = run(listed_events["talkoot"] | {"event_status": "EventCancelled"})

    assert "(esimerkki:talkoot): cancelled in the source" in said


# The index and the cost


def test_imported_event_is_in_the_index_and_its_page_opens(run, listed_events, client):
    run(listed_events["perhekahvila"])

    page = EventPage.objects.get()
    row = SearchRow.objects.get()
    assert row.next_start == page.occurrences.get().starts_at
    assert row.municipality.key == "kotka"
    assert Goal.objects.get(key="meaningful-life").bit == row.goals.bit_length() - 1
    response = client.get(page.path_in("sv"))
    assert response.status_code == 200
    assert "Familjecaféet Käpylä" in response.text


def test_unchanged_event_costs_few_queries(
    run, payload, django_assert_max_num_queries, listed_events
):
    run([listed_events["talkoot"]])

    with django_assert_max_num_queries(20):
        run([listed_events["talkoot"]])


# Small readers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("p. 040 123 4567", "040 123 4567"),
        ("Puh. (05) 234 5678", "05 234 5678"),
        ("+358 40-123 4567", "+358 40 123 4567"),
        ("+358 (0)50 1234567", "+358 50 1234567"),
        ("00358 50 1234567", "+358 50 1234567"),
        ("0401234567, maija@example.org", "0401234567"),
        ("Y-tunnus 0586977-6", ""),
        ("FI12 0345 6789 0123 45", ""),
        ("klo 09.00-10.00, 01.02.2027", ""),
        ("48100 Kotka", ""),
        ("https://esimerkki.example/0401234567", ""),
    ],
)
def test_finnish_phone_numbers_are_found(text, number):
    assert finnish_phone(text) == number


def test_number_in_running_text_needs_a_cue():
    assert finnish_phone("Tilausnumero 040 123 4567", needs_cue=True) == ""
    assert finnish_phone("Soita numeroon 040 123 4567", needs_cue=True) != ""
    assert finnish_phone("Ilmoittautumiset puh. 040 123 4567.", needs_cue=True) != ""


@pytest.mark.parametrize(
    ("text", "online"),
    [
        ("Tapaamme Zoomissa.", True),
        ("Ryhmä kokoontuu verkossa keskiviikkoisin.", True),
        ("Teams-linkki lähetetään osallistujille.", True),
        ("Ilmoittaudu verkossa.", False),
        ("Our teams play football.", False),
        ("Kalaverkossa on silakoita.", False),
    ],
)
def test_online_meetings_are_told_from_other_words(text, online):
    assert is_held_online(text) is online


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("<p>yksi<br>kaksi</p>", "<p>yksi</p><p>kaksi</p>"),
        ("<ul><li><p>yksi</p></li><li>kaksi", "<ul><li>yksi</li><li>kaksi</li></ul>"),
        ("<h2>Otsikko</h2>teksti", "<p>Otsikko</p><p>teksti</p>"),
        ('<a href="www.esimerkki.example">x</a>', '<p><a href="https://www.esimerkki.example">x</a></p>'),
        ('<a href="javascript:alert(1)">x</a>', "<p>x</p>"),
        ('<a href=" JaVaScRiPt:alert(1)">x</a>', "<p>x</p>"),
        ('<a href="data:text/html,x">x</a>', "<p>x</p>"),
        ('<p onclick="x()">a<img src=x onerror=alert(1)></p>', "<p>a</p>"),
        ("<svg><script>alert(1)</script></svg>hei", "<p>hei</p>"),
        ("<b><i>a</b>b</i>", "<p><strong><em>a</em></strong>b</p>"),
        ("3 < 5 & 6 > 2<br>", "<p>3 &lt; 5 &amp; 6 &gt; 2</p>"),
        ("&lt;b&gt;a&lt;/b&gt;<p></p>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"),
        ("<ol><li>a<ul><li>b</li></ul></li></ol>", "<ol><li>a</li><li>b</li></ol>"),
    ],
)  # fmt: skip
def test_html_of_others_is_made_into_ours(html, body):
    assert body_from_html(html) == body


def test_cut_keeps_whole_words():
    assert cut("yksi kaksi kolme", 16) == "yksi kaksi kolme"
    assert cut("yksi kaksi kolme", 12) == "yksi kaksi…"
    assert cut("yksi kaksi kolme", 11) == "yksi kaksi…"
    assert cut("y" * 30, 10) == "yyyyyyyyy…"


def test_payloads_hold_none_of_the_samples():
    samples = Path(__file__).parents[2].parent / "shared" / "samples"
    if not samples.is_dir():
        pytest.skip(f"{samples} does not stand beside this project")
    theirs = {file.read_bytes() for file in samples.iterdir()}
    ours = (Path(__file__).parent / "payloads").iterdir()
    assert not theirs & {file.read_bytes() for file in ours}
