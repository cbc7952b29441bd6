"""The need-finder: what it asks, and what it shows with reasons."""

import re
from datetime import time
from html import unescape

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.html import strip_tags

from events.models import EventState
from home.models import ContentVersion, TargetGroup, Theme
from search.models import CrisisTopic, CrisisTopicContact
from search.need_finder.addresses import need_finder_path
from search.need_finder.questions import QUESTIONS
from tests import factories

ADDRESS = "/fi/loyda/"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
OPTION_KEYS = [
    pytest.param(question.key, option.key, id=f"{question.key}-{option.key}")
    for question in QUESTIONS
    for option in question.fixed
]


@pytest.fixture
def find(client, homes, event_indexes):
    """Sends answers as our page does, and gives the result page."""

    def send(address=ADDRESS, **answers):
        ContentVersion.forget()
        response = client.post(
            address, answers, headers={"Sec-Fetch-Site": "same-origin"}
        )
        assert response.status_code == 200
        return response

    return send


def themes(*keys):
    return [Theme.objects.get(key=key) for key in keys]


def people(*keys):
    return [TargetGroup.objects.get(key=key) for key in keys]


def make_page(make, index, title, *, on=(), whom=(), **fields):
    page = make(index, title=title, **fields)
    page.themes, page.target_groups = themes(*on), people(*whom)
    page.save()
    return page


def make_group(index, title, *, on=(), whom=(), **fields):
    return factories.make_event(
        index, title, themes=themes(*on), target_groups=people(*whom), **fields
    )


def shown(response):
    """Titles of what is suggested, in order, by the key of the shelf."""
    shelves = re.findall(
        r'aria-labelledby="shelf-([a-z]+)">(.*?)</section>', response.text, re.DOTALL
    )
    return {
        kind: [
            unescape(strip_tags(title)).strip()
            for title in re.findall(r"<h3>(.*?)</h3>", shelf, re.DOTALL)
        ]
        for kind, shelf in shelves
    }


def suggestion(response, title):
    """What stands under the title, as words."""
    rest = response.text.split(f">{title}</a></h3>")[1]
    own = re.split("<h3>|</section>", rest)[0]
    return " ".join(unescape(strip_tags(own)).split())


# The questions


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_are_six_and_each_may_be_skipped(client, homes, language):
    response = client.get(need_finder_path(language))

    assert response.status_code == 200
    assert response.text.count("<fieldset") == 6 >= len(QUESTIONS)
    assert "required" not in response.text.split("<main")[1].split("</main>")[0]
    assert 'method="post"' in response.text
    assert "csrfmiddlewaretoken" not in response.text


WHERE_IN_IT = {
    "fi": "Kysymys 2/6",
    "sv": "Fråga 2 av 6",
    "en": "Question 2 of 6",
    "fi-simple": "Kysymys 2/6",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_tells_its_place_and_is_tied_to_its_hint(client, homes, language):
    text = client.get(need_finder_path(language)).text

    groups = re.findall(r"<fieldset(.*?)>(.*?)</fieldset>", text, re.DOTALL)
    for attributes, inside in groups:
        hint = re.search(r'aria-describedby="([\w-]+)"', attributes)[1]
        assert f'class="hint" id="{hint}"' in inside
    headings = [
        " ".join(strip_tags(each).split())
        for each in re.findall(r"<h2.*?</h2>", text, re.DOTALL)
    ]
    second = next(each for each in headings if WHERE_IN_IT[language] in each)
    with translation.override(language):
        assert second == f"{WHERE_IN_IT[language]} {QUESTIONS[1].text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_tells_the_result_from_the_questions(client, find, language):
    def title(response):
        return unescape(re.search(r"<title>(.*?)</title>", response.text)[1])

    address = need_finder_path(language)
    asked, empty, found = (
        title(client.get(address)),
        title(find(address)),
        title(find(address, worry="sleep")),
    )

    assert len({asked, empty, found}) == 3
    heading = re.search(r"<h1>(.*?)</h1>", find(address, worry="sleep").text)[1]
    assert found == f"{unescape(heading)} – {asked}"
    assert title(find(address, worry="sleep", change="1")) == asked


def test_questions_are_the_same_page_for_everybody(client, homes):
    ContentVersion.forget()
    first = client.get(ADDRESS)
    again = client.get(ADDRESS + "?worry=sleep")

    assert "max-age=0" in first.headers["Cache-Control"]
    assert not first.cookies
    assert again.text == first.text
    assert not re.search(r"\bchecked\b", again.text)


def test_every_answer_stands_for_something_that_the_site_has(db):
    known_themes = set(Theme.objects.values_list("key", flat=True))
    known_people = set(TargetGroup.objects.values_list("key", flat=True))

    for question in QUESTIONS:
        for option in question.fixed:
            assert known_themes.issuperset(option.themes), option.key
            assert known_people.issuperset(option.target_groups), option.key
            assert (
                option.themes
                or option.target_groups
                or option.times
                or option.features
                or option.kinds
                or option.crisis
            ), option.key


@pytest.mark.parametrize(("question", "key"), OPTION_KEYS)
def test_each_answer_alone_gets_a_page(find, guide_index, question, key):
    factories.make_guide(guide_index)

    text = find(**{question: key}).text

    assert f'<input type="hidden" name="{question}" value="{key}">' in text
    assert text.count("<h1>") == 1


def test_the_way_in_is_on_the_front_page_on_an_empty_search_and_on_404(client, homes):
    for address in ("/sv/", "/sv/sok/?q=hittasinte", "/sv/finns-inte/"):
        assert 'href="/sv/hitta/"' in client.get(address).text, address


def test_sitemap_and_language_menu_lead_to_it(client, homes):
    assert "/fi/loyda/" in client.get("/sitemap-need-finder.xml").text
    text = client.get(ADDRESS).text
    for language in LANGUAGES:
        assert f'hreflang="{language}"' in text
        assert f'href="{need_finder_path(language)}"' in text


# Guidance


def test_page_about_what_weighs_is_shown_with_the_answer_that_it_fits(
    find, guide_index
):
    make_page(factories.make_guide, guide_index, "Parempi uni", on=["sleep"])
    make_page(factories.make_guide, guide_index, "Rahat riittävät", on=["finances"])
    make_page(
        factories.make_guide, guide_index, "Luonnos unesta", on=["sleep"], live=False
    )

    response = find(worry="sleep")

    assert shown(response) == {"guide": ["Parempi uni"]}
    reason = suggestion(response, "Parempi uni")
    assert "I sleep badly" in reason or "Nukun huonosti" in reason
    assert "Rahat riittävät" not in response.text
    assert "Luonnos unesta" not in response.text


def test_guides_programmes_and_services_stand_on_shelves_of_their_own(
    find, guide_index
):
    make_page(factories.make_guide, guide_index, "Opas unesta", on=["sleep"])
    make_page(factories.make_programme, guide_index, "Unikoulu", on=["sleep"])
    make_page(
        factories.make_service,
        guide_index,
        "Unihoitaja",
        on=["sleep"],
        phone="05 000 1234",
    )

    response = find(worry="sleep")

    assert list(shown(response)) == ["guide", "programme", "service"]
    assert 'href="tel:050001234"' in response.text


def test_the_way_that_the_reader_chose_comes_first_and_nothing_is_left_out(
    find, guide_index
):
    make_page(factories.make_guide, guide_index, "Opas unesta", on=["sleep"])
    make_page(factories.make_service, guide_index, "Unihoitaja", on=["sleep"])

    assert list(shown(find(worry="sleep", way="professional"))) == ["service", "guide"]
    assert list(shown(find(worry="sleep", way="alone"))) == ["guide", "service"]


def test_without_a_subject_pages_for_the_life_situation_are_shown(find, guide_index):
    make_page(
        factories.make_guide,
        guide_index,
        "Omaishoitajan jaksaminen",
        on=["peer-support"],
        whom=["carers"],
    )
    make_page(factories.make_guide, guide_index, "Nuori aikuinen", whom=["youth"])

    assert shown(find(life="carer")) == {"guide": ["Omaishoitajan jaksaminen"]}


def test_where_nothing_is_about_the_subject_the_same_goal_is_said_to_be_close(
    find, guide_index
):
    goal = factories.goal("meaningful-life")
    page = factories.make_guide(guide_index, title="Yhdessä", goals=[goal])
    factories.make_guide(guide_index, title="Irti tupakasta")

    response = find(worry="grief")

    assert shown(response) == {"guide": [page.title]}
    assert str(goal) in suggestion(response, "Yhdessä")


def test_what_fits_more_answers_comes_first_and_of_several_worries_none_is_forgotten(
    find, guide_index
):
    for number in range(3):
        make_page(
            factories.make_guide,
            guide_index,
            f"Yksinäisyys {number}",
            on=["loneliness", "participation"],
            whom=["older-people"],
        )
    make_page(factories.make_guide, guide_index, "Parempi uni", on=["sleep"])
    make_page(factories.make_guide, guide_index, "Toimeentulo", on=["finances"])

    response = find(worry=["lonely", "sleep", "money"], life="older")

    assert shown(response)["guide"] == ["Yksinäisyys 0", "Parempi uni", "Toimeentulo"]


def test_reader_gets_pages_in_the_own_language_first_then_those_only_in_finnish(
    find, guide_indexes
):
    finnish = make_page(
        factories.make_guide, guide_indexes["fi"], "Parempi uni", on=["sleep"]
    )
    make_page(
        factories.make_guide,
        guide_indexes["sv"],
        "Bättre sömn",
        on=["sleep"],
        translation_key=finnish.translation_key,
    )
    make_page(factories.make_guide, guide_indexes["fi"], "Lepo", on=["sleep"])
    make_page(factories.make_guide, guide_indexes["en"], "Rest well", on=["sleep"])

    response = find(need_finder_path("sv"), worry="sleep")

    assert shown(response)["guide"] == ["Bättre sömn", "Lepo"]
    assert '<a href="/fi/oppaat/opas' in response.text
    assert 'lang="fi" hreflang="fi">Lepo</a>' in response.text
    assert "På finska" in suggestion(response, "Lepo")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_duration_in_another_language_says_so(find, guide_index, language):
    make_page(
        factories.make_programme,
        guide_index,
        "Unikoulu",
        on=["sleep"],
        duration="6 viikkoa, 20 minuuttia kerralla",
    )

    text = find(need_finder_path(language), worry="sleep").text

    span = re.search(r"<span([^>]*)>6 viikkoa, 20", text)[1]
    assert (' lang="fi"' in span) == (language != "fi")


# Groups


def test_soonest_group_on_the_subject_in_the_town_comes_first(find, event_index):
    make_group(
        event_index,
        "Uniryhmä torstaisin",
        on=["sleep"],
        venue=factories.make_venue(),
        rules=[factories.weekly_rule(weekdays=[4], start_time=time(18))],
    )
    make_group(
        event_index,
        "Uniryhmä Kouvolassa",
        on=["sleep"],
        municipality=factories.town("kouvola"),
    )
    make_group(event_index, "Pelit poikki", on=["gambling"])

    response = find(worry="sleep", place="kotka")

    titles = shown(response)["group"]
    assert titles[0] == "Uniryhmä torstaisin"
    assert "Pelit poikki" not in response.text
    words = suggestion(response, "Uniryhmä torstaisin")
    assert "Kotka" in words


def test_what_a_group_does_not_fulfil_is_said(find, event_index):
    make_group(
        event_index,
        "Aamuryhmä",
        on=["sleep"],
        venue=factories.make_venue(),
        is_free=False,
        rules=[
            factories.weekly_rule(
                weekdays=[2], start_time=time(9), end_time=time(10, 30)
            )
        ],
    )

    response = find(worry="sleep", place="kotka", time="evening", ease="free")

    assert shown(response)["group"] == ["Aamuryhmä"]
    line = re.search(r'<p class="soft">([^<]*)</p>\s*</li>', response.text)[1]
    assert line.count("”") == 4  # Two answers, each in its quotation marks.


def test_group_at_the_asked_time_comes_before_a_sooner_one(find, event_index):
    for title, start in (("Aamulla", time(9)), ("Illalla", time(18))):
        for weekday in (1, 2, 3, 4, 5):
            make_group(
                event_index,
                f"{title} {weekday}",
                on=["sleep"],
                rules=[
                    factories.weekly_rule(
                        weekdays=[weekday],
                        start_time=start,
                        end_time=start.replace(minute=30),
                    )
                ],
            )

    titles = shown(find(worry="sleep", time="evening"))["group"]

    assert len(titles) == 3
    assert all(title.startswith("Illalla") for title in titles)


def test_group_online_is_a_place_of_its_own(find, event_index):
    make_group(
        event_index, "Verkkoryhmä", on=["sleep"], attendance="online", municipality=None
    )
    make_group(event_index, "Talolla", on=["sleep"], venue=factories.make_venue())

    titles = shown(find(worry="sleep", place="at-home"))["group"]

    assert titles[0] == "Verkkoryhmä"


def test_group_of_a_neighbouring_town_is_called_near(find, event_index):
    make_group(
        event_index,
        "Uniryhmä Pyhtäällä",
        on=["sleep"],
        municipality=factories.town("pyhtaa"),
    )

    response = find(worry="sleep", place="kotka")

    assert shown(response)["group"] == ["Uniryhmä Pyhtäällä"]
    assert re.search(r"(near|lähellä:) ”Kotka”", response.text)


def test_group_for_everybody_is_no_answer_to_a_life_situation(find, event_index):
    for number in range(8):
        make_group(
            event_index,
            f"Kaikille {number}",
            on=["exercise"],
            whom=["everyone"],
            rules=[factories.weekly_rule(start_time=time(8), end_time=time(9))],
        )
    make_group(event_index, "Omaishoitajille", on=["peer-support"], whom=["carers"])

    assert shown(find(life="carer"))["group"] == ["Omaishoitajille"]
    assert len(shown(find(life="carer", worry="habits"))["group"]) == 3


def test_full_group_comes_after_one_that_has_room(find, event_index):
    full = make_group(
        event_index,
        "Täysi ryhmä",
        on=["sleep"],
        rules=[factories.weekly_rule(start_time=time(9), end_time=time(10))],
    )
    EventState.objects.create(event=full, is_full=True)
    make_group(event_index, "Tilaa on", on=["sleep"])

    titles = shown(find(worry="sleep"))["group"]

    assert titles == ["Tilaa on", "Täysi ryhmä"]


# Ages


def with_ages(index, title, youngest=None, oldest=None, **fields):
    return make_group(
        index, title, on=["alcohol"], min_age=youngest, max_age=oldest, **fields
    )


def test_group_for_another_age_is_left_out_and_other_limits_are_shown(
    find, event_index
):
    with_ages(event_index, "Selvä peli nuorille", 13, 17, whom=["youth"])
    with_ages(event_index, "Toipumisen ryhmä", 18)
    with_ages(event_index, "Eläkeläisten kerho", 66)
    with_ages(event_index, "Kaiken ikäisille")

    def found(*life):
        return sorted(shown(find(life=life, worry="alcohol"))["group"])

    adults = ["Kaiken ikäisille", "Toipumisen ryhmä"]
    assert found("older") == ["Eläkeläisten kerho", *adults]
    assert found("working") == adults
    assert found("young") == ["Kaiken ikäisille", "Selvä peli nuorille", adults[1]]
    words = suggestion(find(life="young", worry="alcohol"), "Selvä peli nuorille")
    assert "13–17" in words


def test_who_answers_for_two_gets_what_is_for_the_age_of_either(find, event_index):
    with_ages(event_index, "Selvä peli nuorille", 13, 17)
    with_ages(event_index, "Eläkeläisten kerho", 66)

    groups = shown(find(life=["young", "older"], worry="alcohol"))["group"]

    assert sorted(groups) == ["Eläkeläisten kerho", "Selvä peli nuorille"]


def test_group_that_is_meant_for_others_says_so(find, event_index):
    make_group(event_index, "Nuorten ryhmä", on=["alcohol"], whom=["youth"])
    make_group(event_index, "Avoin ryhmä", on=["alcohol"], whom=["everyone"])
    make_group(event_index, "Omaisten ryhmä", on=["alcohol"], whom=["carers"])

    response = find(life=["baby", "carer"], worry="alcohol")

    line = "Tämä ei ehkä toteudu: ryhmä on tarkoitettu elämäntilanteeseesi ”Odotan"
    assert line in suggestion(response, "Nuorten ryhmä")
    assert "ei ehkä toteudu" not in suggestion(response, "Avoin ryhmä")
    assert "ei ehkä toteudu" not in suggestion(response, "Omaisten ryhmä")


@pytest.mark.parametrize(
    ("life", "services"),
    [
        ("older", ["Kaikille", "Omaisille"]),
        ("working", ["Hyvinvointivalmentaja", "Kaikille", "Omaisille"]),
        ("young", ["Hyvinvointivalmentaja", "Kaikille", "Omaisille"]),
        ("carer", ["Hyvinvointivalmentaja", "Kaikille", "Omaisille"]),
        (["older", "carer"], ["Kaikille", "Omaisille"]),
        (["older", "work-ability"], ["Hyvinvointivalmentaja", "Kaikille", "Omaisille"]),
    ],
)
def test_service_for_another_age_is_left_out(find, guide_index, life, services):
    for title, whom in (
        ("Hyvinvointivalmentaja", ["working-age", "job-seekers"]),
        ("Kaikille", ["everyone", "working-age"]),
        ("Omaisille", ["close-ones"]),
    ):
        make_page(factories.make_service, guide_index, title, on=["alcohol"], whom=whom)

    response = find(life=life, worry="alcohol", way="professional")

    assert sorted(shown(response)["service"]) == services


# The way that was asked for


def test_who_asks_for_a_professional_gets_one_and_is_told_that_it_is_not_about_them(
    find, guide_index, event_index
):
    make_group(event_index, "Keskusteluryhmä", whom=["immigrants"])
    for title, whom in (("Perhekeskus", "children-families"), ("Neuvola", "everyone")):
        make_page(factories.make_service, guide_index, title, whom=[whom])

    response = find(life="newcomer", way="professional")

    assert shown(response) == {
        "service": ["Neuvola", "Perhekeskus"],
        "group": ["Keskusteluryhmä"],
    }
    reason = "ei löytynyt juuri vastauksiisi sopivaa. Tämä on mukana, koska vastasit"
    assert reason in suggestion(response, "Neuvola")
    assert "”Puhumalla ammattilaisen kanssa”" in suggestion(response, "Neuvola")
    assert "Neuvola" not in find(life="newcomer").text


def test_without_any_professional_it_is_said_and_the_phones_are_told(find, event_index):
    make_group(event_index, "Keskusteluryhmä", whom=["immigrants"])
    factories.make_crisis_contact(number="09 2525 0111")

    response = find(life="newcomer", way="professional")

    main = response.text.split("<main")[1].split("</main>")[0]
    assert "Tähän toiveeseen ei ole juuri nyt tarjottavaa: ”Puhumalla" in unescape(main)
    assert "tel:0925250111" in main
    assert "tel:0925250111" not in find(life="newcomer").text.split("</main>")[0]


# Help first


@pytest.fixture
def suicide_topic(db):
    topic = CrisisTopic(
        key="suicide",
        name={"fi": "Itsetuhoiset ajatukset"},
        message={"fi": "Et ole yksin."},
        words={"fi": "itsemurha"},
    )
    contact = factories.make_crisis_contact(number="09 2525 0111")
    topic.contacts = [CrisisTopicContact(contact=contact)]
    topic.save()
    return topic


def test_help_stands_before_everything_when_an_answer_tells_of_distress(
    find, guide_index, suicide_topic
):
    make_page(factories.make_guide, guide_index, "Mielen voima", on=["mental-health"])

    main = find(worry="dark").text.split("<main")[1]

    assert main.index("tel:0925250111") < main.index("<h1>")
    assert "Et ole yksin." in main
    assert main.index("<h1>") < main.index("Mielen voima")


def test_reasons_do_not_repeat_what_somebody_else_may_not_read(
    find, guide_index, suicide_topic
):
    make_page(factories.make_guide, guide_index, "Mielen voima", on=["mental-health"])

    words = suggestion(find(worry="dark"), "Mielen voima")

    assert "”" in words
    assert "hurting myself" not in words
    assert "satuttamista" not in words


@pytest.mark.parametrize("answer", ["danger", "dark", "afraid"])
def test_emergency_number_comes_first_also_without_a_crisis_topic(find, answer):
    factories.make_crisis_contact(
        key="emergency", number="112", is_emergency=True, name={"fi": "Hätänumero"}
    )

    main = find(worry=answer).text.split("<main")[1].split("</main>")[0]

    assert main.index("tel:112") < main.index("<h1>")


def test_those_who_help_with_the_subject_can_be_called(find):
    contact = factories.make_crisis_contact(number="0800 100 101", on_every_page=False)
    contact.themes.set(themes("gambling"))
    other = factories.make_crisis_contact(number="0800 222 333", on_every_page=False)
    other.themes.set(themes("alcohol"))

    text = find(worry="gambling").text

    assert "tel:0800100101" in text
    assert "tel:0800222333" not in text


# Nothing answered, nothing found


def test_with_nothing_answered_it_tells_the_ways_in_what_is_on_and_whom_to_ask(
    find, home, guide_index, event_index
):
    goal_page = factories.make_goal_page(home, title="Turvallinen arki")
    factories.make_service(guide_index, title="Neuvola", phone="05 000 1234")
    make_group(event_index, "Perhekahvila", on=["parenting"])

    response = find()

    assert shown(response) == {}
    for part in (goal_page.title, "Perhekahvila", "Neuvola", "tel:050001234"):
        assert part in response.text, part


def test_where_nothing_fits_the_page_is_not_empty(find, home, event_index):
    goal_page = factories.make_goal_page(home, title="Turvallinen arki")
    make_group(event_index, "Pelit poikki", on=["gambling"])

    response = find(worry="sleep")

    assert shown(response) == {}
    assert goal_page.title in response.text
    assert "Pelit poikki" in response.text  # As something that is on this week.


# Again


def test_answers_are_in_the_hand_of_the_reader_and_can_be_changed(find):
    result = find(worry=["sleep", "money"], place="kotka")
    kept = dict.fromkeys(
        re.findall(r'type="hidden" name="(\w+)" value="([\w-]+)"', result.text)
    )
    assert list(kept) == [("worry", "sleep"), ("worry", "money"), ("place", "kotka")]

    text = find(worry=["sleep", "money"], place="kotka", change="1").text

    assert text.count(" checked>") == 3
    assert 'name="worry" value="money" checked>' in text


def test_no_link_of_the_result_carries_an_answer(find, guide_index, event_index):
    make_page(factories.make_guide, guide_index, "Parempi uni", on=["sleep"])
    make_group(event_index, "Uniryhmä", on=["sleep"], venue=factories.make_venue())

    text = find(worry="sleep", place="kotka", time="day", life="older").text

    links = re.findall(r'(?:href|action|src)="([^"]*)"', text)
    assert links
    assert not [link for link in links if "?" in link and "/static/" not in link]


# Any size


@pytest.mark.parametrize("number", [1, 30])
def test_it_costs_the_same_whatever_the_number_of_pages_and_groups(
    find, guide_index, event_index, number, django_assert_num_queries
):
    for each in range(number):
        for make in (
            factories.make_guide,
            factories.make_programme,
            factories.make_service,
        ):
            make_page(make, guide_index, f"Uni {each}", on=["sleep"], whom=["carers"])
        make_group(event_index, f"Ryhmä {each}", on=["sleep"], whom=["carers"])
    answers = {"worry": ["sleep", "money"], "life": "carer", "place": "kotka"}
    find(**answers)

    with django_assert_num_queries(20):
        response = find(**answers)

    assert shown(response)["group"]
