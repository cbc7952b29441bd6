"""What stands around the groups: pages, towns, venues, organisers."""

from dataclasses import dataclass
from random import Random
from typing import Any

from events.enums import OrganisationKind, VenueKind
from events.models import EventIndexPage, Organisation, Venue
from home.models import Goal, Municipality, PostalCode, TargetGroup, Theme
from home.models.taxonomies import BITS
from tests import factories
from tests.proof.databases import last_id, settle, write_rows

COUNTY_GROUPS = 10_000
"""More are a nation's: then there are as many towns as a taxonomy has room for."""
GROUPS_IN_A_VENUE = 20
GROUPS_OF_AN_ORGANISER = 12
BIG_ORGANISER_EVERY = 100
GOALS = ("substance-free", "healthy-habits", "safe-everyday", "meaningful-life")


@dataclass
class Surroundings:
    index: EventIndexPage
    towns: list[Municipality]
    venues: list[Venue]
    organisers: list[Organisation]
    goals: list[Goal]
    themes: list[Theme]
    target_groups: list[TargetGroup]

    def some_venue(self, random: Random) -> Venue | None:
        return random.choice(self.venues) if random.random() < 0.95 else None

    def some_organisers(self, number: int, random: Random) -> list[Organisation]:
        """The first one has many groups, as a city's sports service has."""
        if number % BIG_ORGANISER_EVERY == 0:
            return self.organisers[:1]
        return random.sample(self.organisers[1:], random.choice((1, 1, 1, 2)))

    def some_topics(self, random: Random) -> tuple[list[Goal], list[Theme]]:
        goals = random.sample(self.goals, random.choice((1, 1, 2)))
        themes = [theme for theme in self.themes if theme.goal_id == goals[0].pk]
        return goals, random.sample(themes, min(len(themes), random.randint(1, 2)))


def build(groups: int) -> Surroundings:
    homes = factories.make_homes(factories.make_locales())
    indexes = factories.make_event_indexes(homes)
    guide_indexes = factories.make_guide_indexes(homes)
    for language, home in homes.items():
        for key in GOALS:
            factories.make_goal_page(home, key, show_in_menus=True)
        for _number in range(4):
            factories.make_standard_page(home, is_in_footer=True)
            factories.make_guide(guide_indexes[language])
    for number in ("112", "09 000 0000", "09 000 0001"):
        factories.make_crisis_contact(number=number)
    random = Random(2026)
    towns = list(Municipality.objects.all())
    if groups > COUNTY_GROUPS:
        towns += more_towns(random, BITS - len(towns))
    venues = some_venues(random, towns, max(groups // GROUPS_IN_A_VENUE, 10))
    organisers = some_organisers(
        random, towns, max(groups // GROUPS_OF_AN_ORGANISER, 10)
    )
    write_rows(Venue, venues)
    write_rows(Organisation, organisers)
    settle([Venue, Organisation])
    return Surroundings(
        index=indexes["fi"],
        towns=towns,
        venues=venues,
        organisers=organisers,
        goals=list(Goal.objects.current()),
        themes=list(Theme.objects.all()),
        target_groups=list(TargetGroup.objects.all()),
    )


def more_towns(random: Random, number: int) -> list[Municipality]:
    towns = []
    for place in range(number):
        name = f"Esimerkkilä {place + 1}"
        town = Municipality.objects.create(
            key=f"esimerkkila-{place + 1}",
            name={"fi": name, "sv": f"Exempelby {place + 1}"},
            in_name={"fi": f"Esimerkkilässä {place + 1}"},
            code=f"{999 - place}",
            order=100 + place,
            latitude=random.uniform(60.2, 68),
            longitude=random.uniform(22, 29),
        )
        towns.append(town)
        PostalCode.objects.bulk_create(
            PostalCode(
                code=f"{99000 - place * 10 - code}",
                place=name.upper(),
                municipality=town,
            )
            for code in range(5)
        )
    return towns


def some_venues(random: Random, towns: list[Any], number: int) -> list[Venue]:
    codes: dict[int, list[str]] = {town.pk: [] for town in towns}
    for code, town in PostalCode.objects.values_list("code", "municipality"):
        codes[town].append(code)
    first = last_id(Venue) + 1
    venues = []
    for place in range(number):
        town = random.choice(towns)
        has_position = random.random() < 0.95
        venues.append(
            Venue(
                pk=first + place,
                name={"fi": f"Esimerkkitalo {place}"},
                slug=f"paikka-{place}",
                kind=random.choice(VenueKind.values),
                municipality=town,
                street_address=f"Esimerkkikatu {place % 90 + 1}",
                postal_code=random.choice(codes[town.pk]),
                is_address_protected=random.random() < 0.005,
                latitude=town.latitude + random.gauss(0, 0.1) if has_position else None,
                longitude=(
                    town.longitude + random.gauss(0, 0.15) if has_position else None
                ),
                step_free_entrance=random.choice((True, True, False, None)),
                lift=random.choice((True, False, None)),
                accessible_toilet=random.choice((True, False, None)),
            )
        )
    return venues


def some_organisers(random: Random, towns: list[Any], number: int) -> list[Any]:
    first = last_id(Organisation) + 1
    return [
        Organisation(
            pk=first + place,
            name={"fi": f"Esimerkkiyhdistys {place} ry"},
            slug=f"yhdistys-{place}",
            kind=random.choice(OrganisationKind.values),
            description={"fi": "Järjestämme ryhmiä ja retkiä kaikille."},
            municipality=random.choice(towns),
            phone="000 000 0000",
        )
        for place in range(number)
    ]
