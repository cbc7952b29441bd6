"""Searches that found nothing are counted, every time, and nothing personal is kept."""

import logging
import random
import threading
from collections import Counter
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.db.models import Sum
from django.test import Client
from django.utils import timezone

from home.models import ContentVersion
from search import misses, voikko
from search.misses import count_miss
from search.models import ContentTask, MissedSearch
from search.staff.counts import BY_WORDS, counts
from tests import factories

GROUPS = "/fi/tapahtumat/"
NOTHING = "?q=keramiikka"


def kept() -> list[tuple[str, str, int]]:
    rows = MissedSearch.objects.order_by("pk")
    return list(rows.values_list("lemmas", "filters", "number"))


def number() -> int:
    return MissedSearch.objects.aggregate(all=Sum("number", default=0))["all"]


@pytest.fixture
def index(event_indexes):
    """With a group, so that what is asked can be missed."""
    factories.make_event(event_indexes["fi"], "Perhekahvila")
    return event_indexes["fi"]


# What is counted


def test_a_search_for_groups_that_finds_nothing_is_counted(client, index):
    assert client.get(f"{GROUPS}{NOTHING}&municipality=hamina").status_code == 200

    miss = MissedSearch.objects.get()
    assert (miss.day, miss.where, miss.language, miss.number) == (
        timezone.localdate(),
        "groups",
        "fi",
        1,
    )
    assert (miss.typed, miss.filters) == ("keramiikka", "municipality=hamina")


def test_filters_alone_that_leave_nothing_are_counted(client, index):
    client.get(f"{GROUPS}?weekday=7&municipality=hamina&sort=name&page=1")

    assert kept() == [("", "municipality=hamina&weekday=7", 1)]


def test_a_search_that_finds_something_is_not_counted(client, index):
    assert "Perhekahvila" in client.get(f"{GROUPS}?q=perhekahvila").text
    client.get(GROUPS)

    assert kept() == []


def test_a_list_that_nobody_narrowed_is_not_counted(client, event_index):
    client.get(GROUPS)
    client.get(f"{GROUPS}?q=%22&municipality=atlantis")

    assert kept() == []


@pytest.mark.skipif(not voikko.is_installed(), reason="Voikko is not installed")
def test_forms_and_order_of_the_words_are_counted_together(db):
    for words in (
        "surevan lapset",
        "Lapsille sureva",
        "lapsi ja sureva",
        "SUREVA lapsi",
    ):
        count_miss("site", "fi", words)

    miss = MissedSearch.objects.get()
    assert (miss.lemmas, miss.number) == ("lapsi sureva", 4)
    assert miss.typed == "surevan lapset"


def test_languages_places_and_days_are_counted_apart(db):
    for where, language in (("site", "fi"), ("groups", "fi"), ("site", "sv")):
        count_miss(where, language, "kanot")
        count_miss(where, language, "kanot")
    MissedSearch.objects.update(day=timezone.localdate() - timedelta(days=1))
    count_miss("site", "fi", "kanot")

    assert sorted(MissedSearch.objects.values_list("number", flat=True)) == [1, 2, 2, 2]


def test_words_without_meaning_are_left_out_unless_there_are_no_others(db):
    count_miss("site", "sv", "att och kanot")
    count_miss("site", "sv", "att och")

    assert [lemmas for lemmas, _filters, _number in kept()] == ["kanot", "att och"]


@pytest.mark.parametrize(
    "words",
    ["", " ", '"', "\x00", "😀", "' OR 1=1 --", "a" * 10_000, "\u202eabc", "%_"],
)
def test_anything_typed_is_counted_or_left_without_an_error(client, index, words):
    assert client.get(GROUPS, {"q": words}).status_code == 200
    count_miss("site", "fi", words, "x=" + "1" * 1000)

    assert number() <= 2


def test_long_words_and_filters_are_cut_to_whole_ones(db):
    words = " ".join(f"sana{chr(97 + each)}sana" for each in range(20))
    filters = "&".join(f"municipality=kunta{each}" for each in range(40))

    count_miss("site", "sv", words, filters)

    miss = MissedSearch.objects.get()
    assert len(miss.filters) <= 300
    assert filters.startswith(f"{miss.filters}&")
    assert len(miss.lemmas) <= 200
    assert {len(lemma) for lemma in miss.lemmas.split()} == {len("sanaasan")}


# What is not counted


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch;prerender"},
        {"Sec-Purpose": "prefetch"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
    ],
)
def test_what_a_browser_fetches_beforehand_is_not_counted_but_the_visit_is(
    client, index, headers
):
    client.get(GROUPS + NOTHING, headers=headers)
    client.head(GROUPS + NOTHING)
    assert kept() == []

    client.get(GROUPS + NOTHING)

    assert number() == 1


def test_feeds_and_json_are_not_counted(client, index):
    for address in ("feed.ics", "feed.rss", "feed.json"):
        assert client.get(f"{GROUPS}{address}{NOTHING}").status_code == 200
    client.get(f"{GROUPS}{NOTHING}&format=json")

    assert kept() == []


def test_an_editors_preview_is_not_counted(client, index, administrator):
    client.force_login(administrator)

    client.get(f"/admin/pages/{index.pk}/view_draft/{NOTHING}")

    assert kept() == []


# Every time, whatever is stored


def test_it_is_counted_every_time_though_pages_are_stored(client, index):
    client.get(GROUPS + "?q=perhekahvila")
    for _time in range(3):
        response = client.get(GROUPS + NOTHING)
        assert "no-store" in response.headers["Cache-Control"]

    assert number() == 3
    stored = client.get(GROUPS + "?q=perhekahvila")
    assert "no-store" not in stored.headers["Cache-Control"]


def test_counting_leaves_what_residents_see_as_it_is(client, index):
    before = ContentVersion.objects.get().number

    client.get(GROUPS + NOTHING)
    task = ContentTask.objects.create(title="Lumikenkäily")
    task.delete()
    call_command("forget_old_searches", verbosity=0)

    assert number() == 1
    assert ContentVersion.objects.get().number == before


# Nothing personal


@pytest.mark.parametrize(
    "words",
    [
        "maija@esimerkki.fi",
        "Maija Virtanen 0401234567",
        "131052-308T",
        "maija virtanen 1952",
    ],
)
def test_what_looks_personal_is_in_no_database_cache_or_log(
    client, index, words, caplog, settings
):
    settings.DEBUG = False
    caplog.set_level(logging.DEBUG)
    for typed in (words, f"{words} perhekahvila"):
        response = client.get(GROUPS, {"q": typed})
        assert response.headers["Cache-Control"] == "no-store"
    for address in ("/fi/haku/", f"{GROUPS}feed.json"):
        response = client.get(address, {"q": f"{words} perhekahvila"})
        assert response.headers["Cache-Control"] == "no-store"

    assert kept() == []
    assert words not in caplog.text
    inside = repr(list(getattr(cache, "_cache", {}).values()))
    assert words.split()[0] not in inside


# Kept for a while, and never without bounds


def test_rows_are_kept_for_thirteen_months(db):
    today = timezone.localdate()
    limit = today - relativedelta(months=13)
    for day in (limit - timedelta(days=1), limit, today):
        MissedSearch.objects.create(
            day=day, where="site", language="fi", lemmas="kanootti", number=1
        )

    call_command("forget_old_searches", verbosity=0)

    assert set(MissedSearch.objects.values_list("day", flat=True)) == {limit, today}


def test_the_first_miss_of_a_day_forgets_the_old_ones(db):
    old = timezone.localdate() - timedelta(days=500)
    MissedSearch.objects.create(
        day=old, where="site", language="fi", lemmas="kanootti", number=1
    )

    count_miss("site", "fi", "melonta")

    assert [lemmas for lemmas, _filters, _number in kept()] == ["melonta"]


def test_a_day_has_a_bounded_number_of_rows_and_counts_all_the_same(db, monkeypatch):
    monkeypatch.setattr(misses, "MOST_ROWS_A_DAY", 5)
    for each in "abcdefgh":
        count_miss("site", "sv", f"ord{each}ord", "municipality=kotka")
    count_miss("site", "sv", "ordaord", "municipality=kotka")

    assert number() == 9
    assert MissedSearch.objects.count() == 6
    assert kept()[0][2] == 2
    assert kept()[-1] == ("", "", 3)
    assert MissedSearch.objects.get(lemmas="").typed == ""


@pytest.mark.django_db(transaction=True)
def test_searches_at_once_are_all_counted():
    def search():
        try:
            for _time in range(5):
                count_miss("site", "sv", "kanot")
        finally:
            connections.close_all()

    # SQLite in memory is one connection's own: there each waits for the last.
    threads = [threading.Thread(target=search) for _number in range(4)]
    is_shared = connection.vendor == "postgresql"
    for thread in threads:
        thread.start()
        if not is_shared:
            thread.join()
    for thread in threads:
        thread.join()

    assert kept() == [("kanot", "", 20)]


# The report's numbers are those of the log


def test_top_misses_of_a_month_equal_a_recount_from_a_log(client, event_indexes):
    """Some hundred searches in two languages, in any form, again and again."""
    chance = random.Random(4)
    words = {
        "fi": ["lumikenkäily", "keramiikka", "posliini", "geokätköily", "shakki"],
        "sv": ["kanotpaddling", "schack", "keramik", "skridskor", "origami"],
    }
    personal = ["maija@esimerkki.fi", "0401234567", "131052-308T"]
    addresses = {"fi": GROUPS, "sv": "/sv/evenemang/"}
    log: list[tuple[str, str]] = []
    for _search in range(300):
        language = chance.choice(["fi", "sv"])
        typed = chance.choice(words[language])
        if chance.random() < 0.1:
            typed = chance.choice(personal)
        else:
            log.append((language, typed))
        shown = chance.choice([typed, typed.upper(), f"  {typed}  "])
        asked = {"q": shown}
        if chance.random() < 0.3:
            asked["municipality"] = chance.choice(["kotka", "hamina"])
        Client().get(addresses[language], asked)

    month = timezone.localdate().replace(day=1)
    top = list(counts(month, BY_WORDS))
    typed = {
        row["example"]: MissedSearch.objects.get(pk=row["example"]).typed.lower()
        for row in top
    }

    report = {(row["language"], typed[row["example"]]): row["times"] for row in top}
    assert report == dict(Counter(log))
    numbers = [row["times"] for row in top]
    assert numbers == sorted(numbers, reverse=True)


def test_months_are_counted_apart(db):
    for day, times in ((date(2026, 9, 30), 4), (date(2026, 10, 1), 2)):
        MissedSearch.objects.create(
            day=day, where="site", language="fi", lemmas="kanootti", number=times
        )

    (row,) = counts(date(2026, 10, 1), BY_WORDS)

    assert (row["times"], row["before"]) == (2, 4)
    assert not counts(date(2026, 11, 1), BY_WORDS)
