"""One page of each type in each language: what holds for every page is tried on all."""

from typing import Any

import pytest
from django.conf import settings

from events.languages import organisers_path, places_path
from home.models import ContentVersion, HomePage
from search.need_finder.addresses import need_finder_path
from tests import factories

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def every_page(
    homes: dict[str, HomePage], guide_indexes: dict, event_indexes: dict
) -> dict[str, str]:
    """Addresses by "type language"."""
    factories.make_crisis_contact(
        key="emergency", name={"fi": "Hätänumero"}, number="112", is_emergency=True
    )
    organiser = factories.make_organisation()
    venue = factories.make_venue()
    event = factories.make_event(
        event_indexes["fi"], "Perhekahvila", venue=venue, organisers=[organiser]
    )
    addresses = {}
    for language in LANGUAGES:
        home, index = homes[language], guide_indexes[language]
        programme = factories.make_programme(index)
        pages: dict[str, Any] = {
            "home": home,
            "goal": factories.make_goal_page(home),
            "standard": factories.make_standard_page(home, shows_crisis_contacts=True),
            "statement": factories.make_standard_page(home, data="statement"),
            "storage": factories.make_standard_page(home, data="storage"),
            "guide index": index,
            "guide": factories.make_guide(index),
            "service": factories.make_service(index),
            "self-assessment": factories.make_self_assessment(index),
            "programme": programme,
            "programme part": factories.make_programme_part(programme),
            "customer path": factories.make_customer_path(index),
            "event index": event_indexes[language],
        }
        for name, page in pages.items():
            addresses[f"{name} {language}"] = page.url
        addresses[f"event {language}"] = event.path_in(language)
        addresses[f"organiser {language}"] = organiser.path_in(language)
        addresses[f"organisers {language}"] = organisers_path(language)
        addresses[f"place {language}"] = venue.path_in(language)
        addresses[f"places {language}"] = places_path(language)
        addresses[f"search {language}"] = search_address(language)
        addresses[f"need-finder {language}"] = need_finder_path(language)
    ContentVersion.forget()  # From here on every visit sees one version.
    return addresses


def search_address(language: str) -> str:
    slugs = {"fi": "haku", "sv": "sok", "en": "search", "fi-simple": "haku"}
    return f"/{language}/{slugs[language]}/"
