"""The map of municipalities and places."""

import random
from itertools import combinations

import pytest
from django.template.loader import render_to_string

from events.map import DOTS_SHOWN, LEAST_RADIUS, Box, Spot, draw, map_of
from events.models import Venue
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
    chance = random.Random(3)  # noqa: S311 - Not a secret.
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
    drawn = map_of({kotka.pk: 7}, {}, lambda town: f"?municipality={town.key}")

    text = render_to_string("components/event_map.html", {"map": drawn})

    assert 'href="?municipality=kotka"' in text
    assert 'aria-label="Kotka 7' in text
    assert "<tspan>7</tspan>" in text
    assert "kouvola" not in text
    assert "style=" not in text


def test_places_are_dots_and_a_protected_one_is_not(django_assert_num_queries):
    shown = factories.make_venue(latitude=60.47, longitude=26.94)
    hidden = factories.make_venue(
        latitude=60.86, longitude=26.7, is_address_protected=True
    )
    unplaced = factories.make_venue()
    every_town = {town.pk: 1 for town in Municipality.objects.in_memory()}
    with django_assert_num_queries(1):
        drawn = map_of(
            every_town, {shown.pk: 1, hidden.pk: 2, unplaced.pk: 3}, lambda town: "?"
        )

    assert len(drawn.dots) == 1
    assert abs(drawn.dots[0].x - named(drawn)["Kotka"].x) < 5


def test_thousands_of_places_are_thinned_to_those_with_most_groups():
    Venue.objects.bulk_create(
        Venue(
            name={"fi": "Talo"},
            slug=f"talo-{number}",
            latitude=60.4 + number / 2000,
            longitude=26.7 + number / 1000,
        )
        for number in range(DOTS_SHOWN + 50)
    )
    every_town = {town.pk: 1 for town in Municipality.objects.in_memory()}
    by_venue = dict.fromkeys(Venue.objects.values_list("pk", flat=True), 1)

    drawn = map_of(every_town, by_venue, lambda town: "?")

    assert 0 < len(drawn.dots) <= DOTS_SHOWN


def test_without_groups_there_is_no_map():
    assert map_of({}, {}, lambda town: "?") is None
    assert "<svg" not in render_to_string("components/event_map.html", {"map": None})
