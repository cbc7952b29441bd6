"""A questionnaire on its page: filled in without scripts, and forgotten."""

import logging
import re
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from wagtail.models import PageLogEntry, Revision

from demo.content import read as read_content
from guides.models import SelfAssessmentPage
from guides.scoring import instrument, keys
from home.models import CrisisContact, Theme
from search.models import MissedSearch

from .. import factories

pytestmark = pytest.mark.django_db
OURS = {"Sec-Fetch-Site": "same-origin"}
OK, UNPROCESSABLE = 200, 422


@pytest.fixture
def questionnaire(guide_index) -> Any:
    def make(key: str, **fields: Any) -> SelfAssessmentPage:
        return factories.make_self_assessment(guide_index, instrument=key, **fields)

    return make


def post(page, answers, **headers):
    """From a browser that has neither a cookie nor a token."""
    client = Client(enforce_csrf_checks=True)
    return client.post(page.url, answers, headers=OURS | headers)


def last_answers(key):
    """The last option of each question; a number for what is measured."""
    numbers = {"height": "170", "weight": "70,5", "waist": "90"}
    return {
        item.key: numbers.get(item.key) or item.options[-1].value
        for item in instrument(key).items
    }


def points(**numbers):
    return {key: str(number) for key, number in numbers.items()}


FIFTEEN = points(**{f"q{n}": 3 for n in range(1, 6)})
READY = points(importance=1, confidence=1, readiness=10)


def answer_of(response):
    """The part of the page that tells the result or what is missing."""
    return response.text.split("data-answer>")[1].split("<form")[0]


def read(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@pytest.mark.parametrize("key", keys())
def test_every_questionnaire_can_be_filled_in_without_scripts(questionnaire, key):
    asked = instrument(key)
    assessment = questionnaire(key)
    form = Client().get(assessment.url)

    assert form.status_code == OK
    assert form.text.count("data-item=") == len(asked.items)
    assert read(answer_of(form)) == ""
    response = post(assessment, last_answers(key))
    assert response.status_code == OK
    said = "Tulos ei ole diagnoosi" in answer_of(response)
    assert said is (key != "motivation")
    assert asked.source in answer_of(response).replace("&amp;", "&")
    for language in ("sv", "en"):
        assert asked.bands[0].name[language] not in answer_of(response)


@pytest.mark.parametrize(
    ("key", "answers", "said"),
    [
        ("hsi", {"q1": "0", "q2": "1"}, "Pisteesi: 1 (asteikko 0–6)"),
        ("who-5", FIFTEEN, "Pisteesi: 15 (asteikko 0–25, 60 %)"),
        ("motivation", READY, "Valmius: 10 (asteikko 0–10)"),
    ],
)
def test_total_is_told_in_words_that_need_no_plural(questionnaire, key, answers, said):
    result = read(answer_of(post(questionnaire(key), answers)).replace("&nbsp;", " "))

    assert said in result.replace("( ", "(").replace(" )", ")").replace(" ,", ",")


def test_result_names_the_band_and_a_phone_route(questionnaire):
    assessment = questionnaire("gad-7", phone_name="Terveysasema", phone="05 000 0000")
    mild = answer_of(post(assessment, points(**{f"q{n}": 1 for n in range(1, 8)})))
    moderate = answer_of(
        post(
            assessment, points(**{f"q{n}": 1 for n in range(1, 7)}, q7=3) | {"q1": "2"}
        )
    )

    assert "7" in read(mild)
    assert "Lieviä ahdistuksen oireita" in mild
    assert "Kohtalaisia" not in mild
    assert "tel:050000000" not in mild
    assert "Kohtalaisia ahdistuksen oireita" in moderate
    assert 'href="tel:050000000"' in moderate
    assert "Terveysasema" in moderate


def test_what_has_no_answer_is_pointed_out_and_nothing_is_lost(questionnaire):
    assessment = questionnaire("ucla-3")
    response = post(assessment, {"q1": "2", "q3": "3"})

    assert response.status_code == UNPROCESSABLE
    links = re.findall(r'href="#(id_[^"]+)"', answer_of(response))
    assert links == ["id_q2_0"]
    assert f'id="{links[0]}"' in response.text
    kept = re.findall(r'name="(q\d)" value="(\d)"[^>]* checked', response.text)
    assert kept == [("q1", "2"), ("q3", "3")]
    assert "Koet yksinäisyyttä" not in answer_of(response)


def test_numbers_that_cannot_be_read_are_kept_and_pointed_out(questionnaire):
    answers = last_answers("findrisc") | {"waist": "94,5", "weight": "<b>paljon"}
    response = post(questionnaire("findrisc"), answers)

    assert response.status_code == UNPROCESSABLE
    assert re.findall(r'href="#(id_[^"]+)"', answer_of(response)) == [
        "id_weight",
        "id_waist",
    ]
    assert 'value="94,5"' in response.text
    assert "&lt;b&gt;paljon" in response.text
    assert "<b>paljon" not in response.text


def test_skipped_questions_are_not_asked_for(questionnaire):
    response = post(questionnaire("audit"), points(q1=0, q9=0, q10=2))

    assert response.status_code == OK
    assert "Riskit ovat vähäiset" in answer_of(response)


def test_help_comes_first_when_somebody_thinks_of_self_harm(questionnaire):
    factories.make_crisis_contact(
        name={"fi": "Kriisipuhelin"}, number="09 000 1111", on_every_page=True
    )
    assert CrisisContact.objects.for_every_page().exists()
    assessment = questionnaire("phq-9")
    whole = {f"q{number}": "0" for number in range(1, 9)}
    for answers, status in (
        (whole | {"q9": "1"}, OK),
        ({"q9": "1"}, UNPROCESSABLE),
        ({"q1": "0", "q2": "0", "q9": "3"}, UNPROCESSABLE),
    ):
        response = post(assessment, answers)

        assert response.status_code == status
        assert "data-crisis" in answer_of(response)
        before_all_else = answer_of(response).split("<h2")[0].split("data-missing")[0]
        assert 'href="tel:090001111"' in before_all_else
    assert "data-crisis" not in answer_of(post(assessment, whole | {"q9": "0"}))


def test_thoughts_of_self_harm_decide_what_to_do_next(questionnaire):
    assessment = questionnaire("phq-9", phone_name="Terveysasema", phone="05 000 0000")
    thoughts = {f"q{number}": "0" for number in range(1, 9)} | {"q9": "1"}
    answer = answer_of(post(assessment, thoughts))

    assert "Näiden ajatusten kanssa ei tarvitse" in answer
    assert "Pidä kiinni siitä" not in answer
    assert "Vastauksesi eivät viittaa masennukseen" not in answer
    assert 'href="tel:050000000"' in answer
    assert answer.count("Mitä seuraavaksi") == 1

    severe = answer_of(post(assessment, {f"q{n}": "3" for n in range(1, 10)}))
    assert "jo tänään tai huomenna" in severe
    assert severe.count("Mitä seuraavaksi") == 1


@pytest.mark.parametrize(
    ("answers", "says", "phone"),
    [
        (points(q1=1, q2=0, q3=1, q9=0, q10=0), "voit jatkaa näin", False),
        (points(q1=1, q2=0, q3=1, q9=2, q10=0), "juomisesta on ollut haittaa", False),
        (points(q1=1, q2=0, q3=1, q4=4, q9=0, q10=0), "viitata riippuvuuteen", True),
        (points(q1=1, q2=0, q3=1, q4=4, q9=2, q10=0), "Jo pieni vähentäminen", True),
        (
            points(q1=1, q2=0, q3=1, q9=0, q10=2),
            "joku on ollut siitä huolissaan",
            False,
        ),
        (points(q1=0, q9=2, q10=0), "Et juo nyt", True),
        (points(q1=0, q9=4, q10=4), "Et juo nyt", True),
        (points(q1=0, q9=0, q10=0), "voit jatkaa näin", False),
    ],
)
def test_signs_of_dependence_bring_a_phone_with_any_total(
    questionnaire, answers, says, phone
):
    assessment = questionnaire("audit", phone_name="Terveysasema", phone="05 000 0000")
    other = {f"q{number}": "0" for number in range(4, 9)}
    answer = answer_of(post(assessment, other | answers))

    assert says in answer
    assert ("voit jatkaa näin" in answer) == (says == "voit jatkaa näin")
    assert ("päiväkirja" in answer) == (says == "Jo pieni vähentäminen")
    assert ('href="tel:050000000"' in answer) == phone


def test_answers_to_skipped_questions_are_not_passed_over(questionnaire):
    """Without scripts they can be given: no points, but no reassurance either."""
    assessment = questionnaire("audit", phone_name="Terveysasema", phone="05 000 0000")
    rest = points(q6=0, q7=0, q8=0, q9=0, q10=0)
    answer = answer_of(post(assessment, points(q1=2, q2=0, q3=0, q4=4, q5=4) | rest))

    assert "<strong data-total>2</strong>" in answer
    assert "merkkejä riippuvuudesta" in answer
    assert 'href="tel:050000000"' in answer
    assert "eivät viittaa siihen" not in answer
    assert "Ei viittaa riippuvuuteen" not in answer
    assert "jää väliin eikä saa" in answer
    few = answer_of(post(assessment, points(q1=2, q2=0, q3=0, q4=0, q5=0) | rest))
    assert "Ei viittaa riippuvuuteen" in few
    assert "jää väliin eikä saa" not in few


def test_first_two_questions_may_be_answered_alone(questionnaire):
    assessment = questionnaire("phq-9")
    few = post(assessment, {"q1": "1", "q2": "1"})
    many = post(assessment, {"q1": "1", "q2": "2"})

    assert few.status_code == many.status_code == OK
    assert "data-missing" not in answer_of(few)
    assert "2 / 6" in read(answer_of(few))
    assert "eivät viittaa masennukseen" in answer_of(few)
    assert "vastaa myös muihin" in answer_of(many)
    assert 'href="#id_q3_0"' in answer_of(few)


# What nobody has any business to send


def test_totals_that_are_sent_count_nothing(questionnaire):
    sent = {f"q{n}": "3" for n in range(1, 10)} | {
        "total": "0",
        "band": "none",
        "percent": "0",
        "result": "none",
    }
    response = post(questionnaire("pgsi"), sent)

    assert "27" in read(answer_of(response))
    assert "ongelmapelaamiseen" in answer_of(response)


@pytest.mark.parametrize(
    "answer", ["-1", "4", "99999999999999999999", "1.0", "01", "x" * 5000, "\x00", "٣"]
)
def test_answer_that_is_not_offered_counts_as_none(questionnaire, answer):
    answers = {f"q{n}": "1" for n in range(1, 9)} | {"q9": answer}
    response = post(questionnaire("pgsi"), answers)

    assert response.status_code == UNPROCESSABLE
    assert re.findall(r'href="#(id_[^"]+)"', answer_of(response)) == ["id_q9_0"]
    if len(answer) > 3:
        assert answer not in response.text


def test_huge_posts_are_refused(questionnaire):
    assessment = questionnaire("pgsi")
    many = {f"field{number}": "1" for number in range(2000)}
    assert post(assessment, {"q1": "1" * 200_000}).status_code == 400
    assert post(assessment, many).status_code == 400


def test_same_question_twice_counts_once(questionnaire):
    answers = {f"q{n}": ["3", "0"] for n in range(1, 8)}
    response = post(questionnaire("gad-7"), answers)

    assert response.status_code == OK
    assert "Vähän ahdistuksen oireita" in answer_of(response)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://paha.example"},
    ],
)
def test_another_site_cannot_send_answers(questionnaire, headers):
    response = post(questionnaire("ucla-3"), last_answers("ucla-3"), **headers)

    assert response.status_code == 403
    assert "Koet yksinäisyyttä" not in response.text
    assert response.headers["Cache-Control"] == "no-store"


def test_page_answers_looking_and_sending_and_nothing_else(questionnaire):
    address = questionnaire("who-5").url
    client = Client(enforce_csrf_checks=True)
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(address).status_code == 405
    head = client.head(address)
    assert head.status_code == OK
    assert not head.content
    assert "POST" in client.options(address).headers["Allow"]


# Nothing of it stays anywhere


CANARY = "73,1"


def everything_stored():
    """Each value of each table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (our own tables)
            yield from (str(value) for row in cursor.fetchall() for value in row)


def everything_cached():
    return [
        str(getattr(value, "body", value))
        for cache in caches.all()
        for value in getattr(cache, "_cache", {}).values()
    ]


def test_answers_are_stored_and_logged_nowhere(questionnaire, caplog, settled):
    assessment = questionnaire("findrisc")
    settled()
    Client().get(assessment.url)
    rows = sorted(everything_stored())
    counts = (Revision.objects.count(), PageLogEntry.objects.count())
    caplog.set_level(logging.DEBUG)

    whole = post(assessment, last_answers("findrisc") | {"weight": CANARY})
    partly = post(assessment, {"weight": CANARY, "waist": "x"})

    for response in (whole, partly):
        assert CANARY in response.text  # Nothing typed is lost.
        assert response.headers["Cache-Control"] == "no-store"
        assert not response.cookies
        assert CANARY not in str(response.headers)
        assert "Location" not in response.headers
        assert "ETag" not in response.headers
    assert sorted(everything_stored()) == rows
    assert counts == (Revision.objects.count(), PageLogEntry.objects.count())
    assert not MissedSearch.objects.exists()
    assert not [value for value in everything_cached() if CANARY in value]
    assert CANARY not in caplog.text
    assert all(CANARY not in str(vars(record)) for record in caplog.records)
    assert CANARY not in Client().get(assessment.url).text


def test_answer_to_one_reader_is_not_shown_to_the_next(questionnaire, settled):
    assessment = questionnaire("ucla-3")
    settled()
    before = Client().get(assessment.url).text
    post(assessment, last_answers("ucla-3"))

    assert Client().get(assessment.url).text == before


def test_form_of_a_cached_page_has_no_token_and_leads_to_itself(questionnaire):
    text = Client().get(questionnaire("who-5").url).text

    assert "csrf" not in text
    form = re.search(r"<form[^>]*data-assessment[^>]*>", text)[0]
    assert 'method="post"' in form
    assert 'action="#result"' in form
    assert 'autocomplete="off"' in form


# Words


def test_unofficial_wording_is_said_to_readers_but_not_of_our_own(questionnaire):
    said = "epävirallinen käännöksemme"

    assert said in Client().get(questionnaire("audit").url).text
    assert said not in Client().get(questionnaire("motivation").url).text


def test_questionnaire_speaks_the_language_of_its_page(guide_indexes):
    for language, words in (
        ("sv", "Hur ofta dricker du alkohol?"),
        ("en", "How often do you have a drink containing alcohol?"),
        ("fi-simple", "Kuinka usein juot alkoholia?"),
    ):
        assessment = factories.make_self_assessment(
            guide_indexes[language], instrument="audit"
        )

        assert words in Client().get(assessment.url).text
        response = post(assessment, points(q1=0, q9=0, q10=0))
        code = language.split("-")[0]
        assert instrument("audit").band("low").name[code] in answer_of(response)


def test_result_leads_to_guides_and_programmes_on_the_subject(
    questionnaire, guide_index
):
    theme = Theme.objects.first()
    for make in (factories.make_guide, factories.make_programme):
        linked = make(guide_index, title=f"Aiheesta {make.__name__}")
        linked.themes = [theme]
        linked.save()
    other = factories.make_guide(guide_index, title="Muusta aiheesta")
    assessment = questionnaire("ucla-3")
    assessment.themes = [theme]
    assessment.save()

    answer = answer_of(post(assessment, last_answers("ucla-3")))

    assert "Aiheesta make_guide" in answer
    assert "Aiheesta make_programme" in answer
    assert other.title not in answer
    assert "/fi/tapahtumat/" in answer


@pytest.mark.parametrize("guides", [1, 8])
def test_page_asks_the_database_no_more_when_there_is_more_to_read(
    questionnaire, guide_index, settled, django_assert_num_queries, guides
):
    theme = Theme.objects.first()
    assessment = questionnaire("ucla-3")
    assessment.themes = [theme]
    assessment.save()
    for _number in range(guides):
        linked = factories.make_guide(guide_index)
        linked.themes = [theme]
        linked.save()
    settled()
    Client().get("/fi/")
    with django_assert_num_queries(QUERIES):
        assert post(assessment, last_answers("ucla-3")).status_code == OK


QUERIES = 19


# Described only


def test_questionnaire_without_a_file_is_described(questionnaire):
    text = Client().get(questionnaire("epds").url).text

    assert 'class="assessment' not in text
    assert "self-assessment.js" not in text
    assert post(questionnaire("isi"), {"q1": "3"}).status_code == OK


def test_list_marks_what_is_only_described(questionnaire, guide_index, settings):
    settings.INSTRUMENTS_OFF = frozenset({"findrisc"})
    for key in ("epds", "findrisc", "who-5"):
        questionnaire(key, title=key)

    text = Client().get(guide_index.url).text

    cards = {key: text[text.index(f">{key}</a>") :] for key in ("epds", "findrisc")}
    for card in cards.values():
        assert "Vain kuvaus: täytetään muualla" in card[: card.index("</li>")]
    assert text.count("Vain kuvaus: täytetään muualla") == len(cards)


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("bat-12", "https://www.ttl.fi"),
        ("bbi-15", "https://www.ttl.fi"),
        ("bdi", "https://kymenhva.fi"),
        ("bdi", "/fi/itsearvioinnit/phq-9-masennuskysely/"),
        ("epds", "https://kymenhva.fi"),
        ("isi", "/fi/ohjelmat/parempaan-uneen/"),
    ],
)
def test_what_is_only_described_says_where_to_go(key, address):
    texts = read_content(f"self_assessments/fi/{key}.toml")

    assert f'<a href="{address}">' in str(texts["body"])


@pytest.mark.parametrize("key", ["audit", "audit-c", "findrisc", "ftnd", "hsi", "pgsi"])
def test_questionnaires_for_adults_say_so_and_offer_no_group_of_any_age(key):
    groups = read_content(f"self_assessments/fi/{key}.toml")["target_groups"]

    assert "working-age" in groups
    assert not {"everyone", "youth"} & set(groups)


def test_findrisc_offers_groups_about_moving_and_food():
    body = read_content("self_assessments/fi/findrisc.toml")["body"]
    asked = [block["value"] for block in body if block["type"] == "groups"]

    assert [each["theme"] for each in asked] == ["exercise", "nutrition"]
    assert not any(each["goal"] for each in asked)


def test_findrisc_links_to_where_the_newer_test_is_found(questionnaire):
    text = post(questionnaire("findrisc"), last_answers("findrisc")).text

    note = text[text.index("yhdistetyn riskitestin") :][:300]
    assert '<a href="https://www.diabetes.fi">' in note


def test_questionnaire_waits_for_its_permission(questionnaire, settings):
    settings.INSTRUMENTS_OFF = frozenset({"findrisc"})
    off, on = questionnaire("findrisc"), questionnaire("who-5")

    text = Client().get(off.url).text
    assert "data-assessment" not in text
    assert "tarvitaan lupa" in text
    response = post(off, last_answers("findrisc"))
    assert "Tuloksesi" not in response.text
    assert "data-assessment" in Client().get(on.url).text


@pytest.mark.parametrize(("key", "is_asked"), [("who-5", True), ("epds", False)])
def test_page_with_a_form_is_not_published_without_a_phone(
    questionnaire, key, is_asked
):
    page = questionnaire(key)
    page.phone = ""

    assert ("phone" in page.publishing_errors()) == is_asked


def test_editor_sees_that_the_wording_is_unchecked(
    questionnaire, administrator, settings
):
    settings.INSTRUMENTS_OFF = frozenset({"findrisc"})
    client = Client()
    client.force_login(administrator)

    def panel(key):
        return client.get(f"/admin/pages/{questionnaire(key).pk}/edit/").text

    audit, own, described = panel("audit"), panel("motivation"), panel("epds")
    assert "tarkistamatta" in audit
    assert "tarkistamatta" not in own
    assert "vain kertoo" in described
    assert "luvasta" in panel("findrisc")
