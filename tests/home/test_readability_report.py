"""The report of the pages that are heaviest to read."""

import csv
import io

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import ADMINISTRATORS, EDITORS, MODERATORS, REVIEWERS
from home.models import PageReadability
from tests import factories
from tests.editing import staff_client

SHORT = "<p>Soita meille.</p>"
PLAIN = "<p>Soita meille, niin autamme sinua ja kuuntelemme. Tule käymään.</p>" * 6
HEAVY = (
    "<p>Hyvinvointialueen asiakasohjauksessa toteutettavien toimenpiteiden"
    " koordinointi edellyttää moniammatillista yhteistyötä.</p>" * 6
)


def guide(index, title, html):
    body = [{"type": "text", "value": html}]
    return factories.make_guide(index, title=title, body=body)


def address(**query):
    return reverse("readability_report", query=query)


def titles(response):
    return [row.page.title for row in response.context["object_list"]]


@pytest.fixture
def editor(db):
    return staff_client(EDITORS)


@pytest.fixture
def guides(guide_indexes):
    PageReadability.objects.all().delete()  # The indexes'.
    guide(guide_indexes["fi"], "Selkeä", PLAIN)
    guide(guide_indexes["fi"], "Raskas", HEAVY)
    guide(guide_indexes["fi"], "Lyhyt", SHORT)
    guide(guide_indexes["sv"], "Svensk", HEAVY)


def test_the_heaviest_for_its_language_comes_first_and_the_short_last(editor, guides):
    found = titles(editor.get(address()))

    assert found == ["Svensk", "Raskas", "Selkeä", "Lyhyt"]


def test_a_row_tells_the_figure_the_advice_and_the_way_to_mend_it(editor, guides):
    page = PageReadability.objects.get(page__title="Raskas")

    html = editor.get(address(language="fi")).text

    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
    assert f"{page.lix:.1f}".replace(".", ",") in html
    assert page.advice_by_kind["hard-word"] > 2


def test_it_is_narrowed_by_language_and_readability(editor, guides):
    assert titles(editor.get(address(language="sv"))) == ["Svensk"]
    assert titles(editor.get(address(band="very-heavy"))) == ["Svensk", "Raskas"]
    assert titles(editor.get(address(language="en"))) == []


@pytest.mark.parametrize("ordering", ["lix", "-lix", "advice", "-words", "page__title"])
def test_it_is_sorted_by_each_column(editor, guides, ordering):
    assert len(titles(editor.get(address(ordering=ordering)))) == 4


def test_the_spreadsheet_has_a_number_for_each_kind_of_advice(editor, guide_index):
    PageReadability.objects.all().delete()
    guide(guide_index, "=2+2", HEAVY)

    answer = editor.get(address(export="csv"))

    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    [row] = list(csv.reader(io.StringIO(content)))[1:]
    stored = PageReadability.objects.get()
    assert row[0] == "'=2+2"
    assert row[1:4] == ["Suomi", str(stored.lix), "hyvin raskas"]
    assert str(stored.advice_by_kind["hard-word"]) in row[7:]
    assert "luettavuus-" in answer["Content-Disposition"]


def test_the_spreadsheet_says_in_words_what_the_screen_does(editor, guide_indexes):
    easy = guide(guide_indexes["fi-simple"], "Selkeä", HEAVY)
    guide(guide_indexes["fi"], "Lyhyt", "<p>Uni auttaa.</p>")

    answer = editor.get(address(export="csv"))

    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = {row[0]: row[1:4] for row in csv.reader(io.StringIO(content))}
    screen = editor.get(address()).text
    for words in ("Selkeä suomi", "liian lyhyt arvioitavaksi"):
        assert words in screen
    assert rows["Selkeä"][0] == "Selkeä suomi"
    assert rows["Lyhyt"][2] == "liian lyhyt arvioitavaksi"
    assert PageReadability.objects.get(page=easy.pk).band not in content.split(",")


@pytest.mark.parametrize("number", [1, 30])
def test_it_costs_the_same_whatever_its_length(
    guide_index, administrator, number, django_assert_num_queries
):
    client = Client()
    client.force_login(administrator)
    for _number in range(number):
        guide(guide_index, "Opas", HEAVY)
    client.get(address())  # Session, content types.

    with django_assert_num_queries(10):
        client.get(address())


@pytest.mark.parametrize(
    ("role", "status"),
    [(EDITORS, 200), (MODERATORS, 200), (ADMINISTRATORS, 200), (REVIEWERS, 302)],
)
def test_those_who_write_pages_see_it(guide_index, role, status):
    client = staff_client(role)

    assert client.get(address()).status_code == status
    menu = client.get(reverse("wagtailadmin_home")).text
    assert ("reports/readability" in menu) is (status == 200)


def test_it_holds_only_pages_that_one_has_a_part_in(guide_indexes):
    guide(guide_indexes["fi"], "Oma", HEAVY)
    guide(guide_indexes["sv"], "Toisen", HEAVY)
    client = staff_client(EDITORS)
    user = User.objects.latest("pk")
    group = Group.objects.create(name="Vain suomeksi")
    rights = user.groups.get().page_permissions
    for each in rights.all():
        each.pk, each.group, each.page = None, group, guide_indexes["fi"].page_ptr
        each.save()
    group.permissions.set(user.groups.get().permissions.all())
    user.groups.set([group])

    found = titles(client.get(address()))

    assert "Oma" in found
    assert "Toisen" not in found
