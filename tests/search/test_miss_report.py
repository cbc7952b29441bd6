"""Staff see what was not found, and make it found with two presses."""

from datetime import timedelta

import libvoikko
import pytest
from dateutil.relativedelta import relativedelta
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import ADMINISTRATORS, EDITORS, MODERATORS, REVIEWERS, make_roles
from home.models import ContentVersion, Keyword
from search import voikko
from search.models import (
    ContentTask,
    CrisisTopic,
    MissedSearch,
    PromotedResult,
    SearchIndex,
    SynonymSet,
)
from tests.editing import messages_of, staff_client

REPORT = "/admin/search-words/missed/"
PANEL = "search-lacks"


@pytest.fixture
def editor(db):
    return staff_client(EDITORS)


def this_month():
    return timezone.localdate().replace(day=1)


def make_miss(typed="kanootti", day=None, **fields):
    return MissedSearch.objects.create(
        **{
            "day": day or timezone.localdate(),
            "where": "site",
            "language": "fi",
            "lemmas": typed,
            "typed": typed,
            "number": 1,
        }
        | fields
    )


def rows(client, **query):
    response = client.get(REPORT, query)
    assert response.status_code == 200
    return [(row.text, row.number, row.before) for row in response.context["rows"]]


# The table


def test_words_are_listed_by_number_beside_the_month_before(editor):
    before = this_month() - timedelta(days=3)
    make_miss("kanootti", number=2)
    make_miss("kanootti", where="groups", number=3)
    make_miss("kanootti", before, number=9)
    make_miss("shakki", number=7)
    make_miss("schack", language="sv", number=1)
    make_miss("schack", before, language="sv", number=1)
    make_miss("vanha", before, number=1)

    assert rows(editor) == [
        ("shakki", 7, 0),
        ("kanootti", 5, 9),
        ("schack", 1, 1),
    ]
    page = editor.get(REPORT)
    assert [row.arrow for row in page.context["rows"]] == ["↑", "↓", "→"]
    for row in page.context["rows"]:
        assert f"{row.arrow}</span> {row.trend}" in page.text
    assert len({row.trend for row in page.context["rows"]}) == 3
    assert "vanha" not in page.text


def test_filters_are_listed_in_words(editor):
    make_miss("", where="groups", filters="municipality=hamina&weekday=3", number=2)
    make_miss("jooga", where="groups", filters="municipality=hamina&weekday=3")
    make_miss(
        "jooga", where="site", filters="type=guide&municipality=kotka&tuntematon=1"
    )

    first, second = rows(editor, by="filters")

    assert first == ("Haminassa, keskiviikko", 3, 0)
    assert "Kotkassa" in second[0]
    assert "tuntematon: 1" in second[0]


def test_another_month_and_one_place_can_be_chosen(editor):
    before = this_month() - relativedelta(months=1)
    make_miss("kanootti", before, number=4)
    make_miss("shakki", before, where="groups")

    month = f"{before:%Y-%m}"
    assert [row[0] for row in rows(editor, month=month)] == ["kanootti", "shakki"]
    assert [row[0] for row in rows(editor, month=month, where="groups")] == ["shakki"]
    assert rows(editor) == []


@pytest.mark.parametrize(
    "query",
    [
        {"month": "x"},
        {"month": "1999-01"},
        {"by": "x"},
        {"where": "x"},
        {"p": "-1"},
        {"month": "2026-11' OR 1=1"},
    ],
)
def test_what_nobody_knows_gives_this_month(editor, query):
    make_miss("kanootti")

    assert [row[0] for row in rows(editor, **query)] == ["kanootti"]


def test_searches_without_words_are_told_under_the_table(editor):
    make_miss("", number=31)

    page = editor.get(REPORT)

    assert page.context["without_words"] == 31
    assert "31" in page.text


def test_what_was_typed_is_text_and_no_markup(editor):
    make_miss("<script>alert(1)</script>")

    page = editor.get(REPORT)

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


def test_the_report_costs_the_same_however_long_it_is(
    editor, django_assert_num_queries
):
    for each in range(2):
        make_miss(f"sana{each}", filters="municipality=kotka", where="groups")
    for by in ("words", "filters"):
        editor.get(REPORT, {"by": by})
        with CaptureQueriesContext(connection) as few:
            editor.get(REPORT, {"by": by})
        cost = len(few)
        for each in range(30):
            make_miss(
                f"sana {by} {each}", filters=f"weekday=3&age={each}", where="groups"
            )

        with django_assert_num_queries(cost):
            editor.get(REPORT, {"by": by})


# Who sees it


@pytest.mark.parametrize(
    ("role", "sees"),
    [(EDITORS, True), (MODERATORS, True), (REVIEWERS, False), (ADMINISTRATORS, True)],
)
def test_each_role_sees_and_does_what_it_may(db, role, sees):
    miss = make_miss()
    client = staff_client(role)
    synonym = reverse("search_staff:add-synonym", args=[miss.pk])
    task = reverse("search_staff:make-task", args=[miss.pk])

    assert (client.get(REPORT).status_code == 200) == sees
    assert (REPORT in client.get("/admin/").text) == sees
    assert (client.get(synonym).status_code == 200) == sees
    client.post(task, {"by": "words"})
    client.post(synonym, {"word": "kanootti", "meaning": "melonta"})

    assert ContentTask.objects.exists() == sees
    assert SynonymSet.objects.exists() == sees


def test_nobody_sees_it_without_signing_in(client, db):
    assert client.get(REPORT).status_code == 302


def test_a_task_is_not_made_by_a_link(editor):
    miss = make_miss()

    response = editor.get(reverse("search_staff:make-task", args=[miss.pk]))

    assert response.status_code == 405
    assert not ContentTask.objects.exists()


def test_roles_made_before_a_kind_of_record_get_their_rights_to_it(db):
    staff_client(EDITORS)
    for group in Group.objects.all():
        rights = group.permissions
        rights.remove(*rights.filter(content_type__app_label="search"))
    Group.objects.get(name=EDITORS).permissions.remove(
        Permission.objects.get(codename="add_venue")
    )

    make_roles()

    client = staff_client(EDITORS)
    assert client.get(REPORT).status_code == 200
    assert client.get("/admin/snippets/events/venue/add/").status_code != 200


# Add as a synonym


def add_synonym(client, miss, **fields):
    address = reverse("search_staff:add-synonym", args=[miss.pk])
    return client.post(address, fields, follow=True)


def test_a_word_is_added_to_a_set_in_its_language(editor):
    synonyms = SynonymSet.objects.create(
        words={"fi": "melonta\nsoutu", "sv": "paddling"}
    )
    before = ContentVersion.objects.get().number

    response = add_synonym(
        editor, make_miss(), word=" kanootti ", synonym_set=synonyms.pk
    )

    synonyms.refresh_from_db()
    assert synonyms.words == {"fi": "melonta\nsoutu\nkanootti", "sv": "paddling"}
    assert response.redirect_chain[0][0] == REPORT
    assert "kanootti" in messages_of(response)[0]
    assert ContentVersion.objects.get().number > before


def test_a_swedish_word_goes_to_the_swedish_ones_and_easy_finnish_to_finnish(editor):
    synonyms = SynonymSet.objects.create(words={"fi": "melonta\nsoutu"})
    for language, word in (("sv", "kanot"), ("fi-simple", "kanootti")):
        miss = make_miss(word, language=language)
        add_synonym(editor, miss, word=word, synonym_set=synonyms.pk)

    synonyms.refresh_from_db()
    assert synonyms.words == {"fi": "melonta\nsoutu\nkanootti", "sv": "kanot"}


def test_a_word_that_means_the_same_makes_a_new_set_or_joins_its_own(editor):
    add_synonym(editor, make_miss(), word="kanootti", meaning="melonta")
    add_synonym(editor, make_miss("kajakki"), word="kajakki", meaning="Melonta")

    synonyms = SynonymSet.objects.get()
    assert synonyms.words == {"fi": "melonta\nkanootti\nkajakki"}


def test_a_word_is_in_a_set_once(editor):
    synonyms = SynonymSet.objects.create(words={"fi": "melonta\nKanootti"})

    add_synonym(editor, make_miss(), word="kanootti", synonym_set=synonyms.pk)

    synonyms.refresh_from_db()
    assert synonyms.words["fi"] == "melonta\nKanootti"


@pytest.mark.parametrize(
    "fields",
    [
        {"word": "kanootti"},
        {"word": "", "meaning": "melonta"},
        {"word": "kanootti", "meaning": "Kanootti"},
        {"word": "kanootti", "synonym_set": "0"},
        {"word": "kanootti", "synonym_set": "x"},
        {"word": "k" * 101, "meaning": "melonta"},
    ],
)
def test_what_cannot_be_saved_is_told(editor, fields):
    response = add_synonym(editor, make_miss(), **fields)

    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert not SynonymSet.objects.exists()


def test_a_full_set_takes_no_more(editor):
    full = SynonymSet.objects.create(words={"fi": "\n".join(["melontaa" * 11] * 11)})

    response = add_synonym(
        editor, make_miss(), word="kanootti" * 5, synonym_set=full.pk
    )

    assert response.status_code == 422
    assert "synonym_set" in response.context["form"].errors


def test_a_set_and_a_word_at_once_are_not_guessed_between(editor):
    synonyms = SynonymSet.objects.create(words={"fi": "melonta\nsoutu"})

    response = add_synonym(
        editor, make_miss(), word="kanootti", synonym_set=synonyms.pk, meaning="retki"
    )

    assert response.status_code == 422


@pytest.mark.parametrize(
    "elsewhere", ["https://paha.example/", "//paha.example", "javascript:alert(1)"]
)
def test_the_way_back_leads_nowhere_else(editor, elsewhere):
    response = add_synonym(
        editor, make_miss(), word="kanootti", meaning="melonta", next=elsewhere
    )

    assert response.redirect_chain[0][0] == REPORT


# Make a content task


def make_task(client, miss, by="words", **fields):
    address = reverse("search_staff:make-task", args=[miss.pk])
    return client.post(address, {"by": by} | fields, follow=True)


def test_a_content_task_is_made_once_while_it_is_open(editor):
    miss = make_miss("kanootti", language="fi")
    again = make_miss("kanootti", where="groups")

    first = make_task(editor, miss, next=f"{REPORT}?where=site")
    second = make_task(editor, again)

    task = ContentTask.objects.get()
    assert (task.title, task.lemmas, task.is_done) == ("kanootti", "kanootti", False)
    assert task.created_by is not None
    assert first.redirect_chain[0][0] == f"{REPORT}?where=site"
    assert messages_of(first) != messages_of(second)
    assert editor.get(REPORT).context["rows"][0].has_task

    ContentTask.objects.update(is_done=True)
    make_task(editor, miss)

    assert ContentTask.objects.count() == 2


def test_a_task_of_filters_has_them_in_words(editor):
    miss = make_miss("", where="groups", filters="municipality=hamina&weekday=3")

    make_task(editor, miss, by="filters")
    make_task(editor, miss, by="filters")

    assert ContentTask.objects.get().title == "Haminassa, keskiviikko"
    assert editor.get(REPORT, {"by": "filters"}).context["rows"][0].has_task


@pytest.mark.parametrize("by", ["words", "x", ""])
def test_a_task_needs_something_to_do(editor, by):
    miss = make_miss("", filters="municipality=hamina")

    assert make_task(editor, miss, by=by).status_code == 400
    assert not ContentTask.objects.exists()


# The words themselves, and what is missing


@pytest.mark.parametrize(
    "model", [SynonymSet, PromotedResult, CrisisTopic, ContentTask, Keyword]
)
def test_lists_of_words_open_and_can_be_searched(administrator, client, home, model):
    client.force_login(administrator)
    SynonymSet.objects.create(words={"fi": "mieliala\nmielenvireys"})
    PromotedResult.objects.create(phrases={"fi": "mieliala"}, page=home)
    CrisisTopic.objects.create(
        key="mieli",
        name={"fi": "Mieliala"},
        message={"fi": "a"},
        words={"fi": "mieliala"},
    )
    ContentTask.objects.create(title="Mieliala")
    Keyword.objects.create(name={"fi": "mieliala"})
    name = f"wagtailsnippets_{model._meta.label_lower.replace('.', '_')}"

    for words, is_found in (("mieliala", True), ("kanootti", False)):
        page = client.get(reverse(f"{name}:list"), {"q": words})
        assert page.status_code == 200
        assert bool(list(page.context["object_list"])) == is_found
    assert client.get(reverse(f"{name}:add")).status_code == 200


def test_a_task_made_by_hand_knows_who_made_it(administrator, client):
    client.force_login(administrator)

    client.post(
        reverse("wagtailsnippets_search_contenttask:add"), {"title": "Lumikenkäily"}
    )

    assert ContentTask.objects.get().created_by == administrator


@pytest.fixture
def voikko_is_missing(monkeypatch):
    def missing(*args):
        raise libvoikko.VoikkoException

    monkeypatch.setattr(libvoikko, "Voikko", missing)
    voikko.version.cache_clear()
    yield
    voikko.version.cache_clear()


def make_index(**fields):
    SearchIndex.objects.all().delete()
    return SearchIndex.objects.create(is_current=True, with_voikko=True, **fields)


def test_nothing_is_said_while_all_is_well(editor, home):
    if voikko.is_installed():
        assert PANEL not in editor.get("/admin/").text


def test_editors_read_what_would_be_better_with_voikko(editor, home, voikko_is_missing):
    page = editor.get("/admin/").text

    assert PANEL in page
    for package in ("libvoikko1", "voikko-fi", "rebuild_search"):
        assert package in page
    assert PANEL not in staff_client(REVIEWERS).get("/admin/").text


def test_editors_read_that_the_index_is_of_another_analyser(editor, home):
    make_index(fingerprint="toinen")

    page = editor.get("/admin/").text

    assert PANEL in page
    assert "rebuild_search" in page
