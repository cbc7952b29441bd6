"""The map of municipalities and places."""

import random
from itertools import combinations

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from events.filters import EventFilterForm
from events.map import LEAST_RADIUS, Box, Spot, draw, map_of, map_of_found
from home.models import Municipality
from tests import factories

pytestmark = pytest.mark.django_db


def towns(counts):
    return [
        Spot(town.latitude, town.longitude, count, str(town.name))
        for town, count in zip(Municipality.objects.all(), counts, strict=True)
    ]


def named(drawn):
    return {circle.spot.name: circle for circle in drawn.circles}


def test_north_is_up_and_east_is_right():
    circles = named(draw(towns([8, 7, 4, 3, 3, 2])))

    assert circles["Kouvola"].y < circles["Kotka"].y
    assert circles["Pyhtää"].x < circles["Kotka"].x < circles["Virolahti"].x


def test_area_follows_the_number_of_groups():
    far_apart = [Spot(60, 20, 100), Spot(61, 24, 25), Spot(62, 28, 100)]
    large, small, _other = draw(far_apart).circles

    assert large.radius == 2 * small.radius


@pytest.mark.parametrize(
    "counts",
    [(8, 7, 4, 3, 3, 2), (1, 1, 1, 1, 1, 1), (5, 900, 800, 700, 1000, 1000)],
)
def test_circles_and_names_of_the_six_municipalities_cover_nothing(counts):
    drawn = draw(towns(counts))
    edge = Box(0, 0, drawn.width, drawn.height)
    boxes = [circle.label for circle in drawn.circles]

    assert len(drawn.circles) == 6
    for circle, other in combinations(drawn.circles, 2):
        apart = (circle.x - other.x) ** 2 + (circle.y - other.y) ** 2
        assert apart >= (circle.radius + other.radius) ** 2
    for label in boxes:
        assert label is not None
        assert label.is_within(edge)
        assert not any(label.overlaps(circle.box) for circle in drawn.circles)
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def test_any_county_fits():
    chance = random.Random(3)
    for number in (1, 2, 25):
        spots = [
            Spot(
                chance.uniform(65, 70),
                chance.uniform(21, 29),
                chance.randint(1, 9999),
                f"Kunta {place}",
            )
            for place in range(number)
        ]
        drawn = draw(spots)

        assert len(drawn.circles) == number
        for circle in drawn.circles:
            assert circle.radius >= LEAST_RADIUS
            assert circle.box.is_within(Box(0, 0, drawn.width, drawn.height))


def test_municipality_without_a_group_is_not_drawn():
    assert set(named(draw(towns([2, 0, 0, 0, 1, 0])))) == {"Kouvola", "Virolahti"}


def test_map_links_each_municipality_and_tells_its_number():
    kotka = factories.town("kotka")
    drawn = map_of({kotka.pk: 7}, [], lambda town: f"?municipality={town.key}")

    text = render_to_string("components/event_map.html", {"map": drawn})

    assert 'href="?municipality=kotka"' in text
    assert 'aria-label="Kotka 7' in text
    assert "<tspan>7</tspan>" in text
    assert "kouvola" not in text
    assert "style=" not in text


def test_places_are_dots_and_a_protected_one_is_not(event_index):
    shown = factories.make_venue(latitude=60.47, longitude=26.94)
    hidden = factories.make_venue(
        latitude=60.86, longitude=26.7, is_address_protected=True
    )
    unplaced = factories.make_venue()
    for venue in (shown, hidden, unplaced):
        factories.make_event(event_index, venue=venue)

    drawn = map_of_found(EventFilterForm(QueryDict()), "/fi/tapahtumat/")

    (dot,) = drawn.dots
    assert abs(dot.x - named(drawn)["Kotka"].x) < 5


def test_thousands_of_places_are_thinned_to_those_with_most_groups(event_index):
    for number in range(3):
        venue = factories.make_venue(latitude=60.4 + number / 10, longitude=26.8)
        for _each in range(3 - number):
            factories.make_event(event_index, venue=venue)

    places = EventFilterForm(QueryDict()).found.places(2)

    assert [(round(north, 1), number) for north, _east, number in places] == [
        (60.4, 3),
        (60.5, 2),
    ]


def test_without_groups_there_is_no_map():
    assert map_of({}, [], lambda town: "?") is None
    assert "<svg" not in render_to_string("components/event_map.html", {"map": None})
