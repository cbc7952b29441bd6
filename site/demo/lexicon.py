"""Keywords of pages, synonyms, promoted results, and words that bring crisis help."""

from functools import partial
from typing import Any

from guides.models import GuidePage, ProgrammePage, SelfAssessmentPage, ServicePage
from home.models import CrisisContact, Keyword, StandardPage
from search.models import CrisisTopic, CrisisTopicContact, PromotedResult, SynonymSet

from .content import read
from .records import once

PAGES: dict[str, Any] = {
    "guide": GuidePage,
    "page": StandardPage,
    "programme": ProgrammePage,
    "self-assessment": SelfAssessmentPage,
    "service": ServicePage,
}


def make_keywords() -> None:
    """Before the pages, which have them."""
    for values in read("keywords.toml")["keyword"]:
        once(f"keyword/{values['yso']}", partial(make_keyword, values))


def make_keyword(values: dict[str, Any]) -> Keyword:
    return Keyword.objects.create(
        yso_id=values["yso"],
        name=values["name"],
        other_names=in_lines(values.get("other", {})),
    )


def make_search_words() -> None:
    """After the crisis contacts and the pages, which they name."""
    for words in read("synonyms.toml")["synonyms"]:
        first = next(iter(words.values()))[0]
        once(f"synonyms/{first}"[:100], partial(make_synonyms, words))
    for topic in read("crisis_words.toml")["topic"]:
        once(f"crisis-topic/{topic['key']}", partial(make_crisis_topic, topic))
    for promoted in read("promoted.toml")["promoted"]:
        once(f"promoted/{promoted['page']}", partial(make_promoted, promoted))


def make_synonyms(words: dict[str, list[str]]) -> SynonymSet:
    return SynonymSet.objects.create(words=in_lines(words))


def make_crisis_topic(values: dict[str, Any]) -> CrisisTopic:
    contacts = {each.key: each for each in CrisisContact.objects.all()}
    topic = CrisisTopic(
        key=values["key"],
        name=values["name"],
        message=values["message"],
        words=in_lines(values["words"]),
    )
    topic.contacts = [
        CrisisTopicContact(contact=contacts[key], sort_order=number)
        for number, key in enumerate(values["contacts"])
        if key in contacts
    ]
    topic.save()
    return topic


def make_promoted(values: dict[str, Any]) -> PromotedResult | None:
    """None when the page has not been made, or is no more."""
    kind, language, slug = values["page"].split("/")
    pages = PAGES[kind].objects.filter(slug=slug, locale__language_code=language)
    page = pages.first()
    if page is None:
        return None
    phrases = in_lines(values["phrases"])
    return PromotedResult.objects.create(page=page, phrases=phrases)


def in_lines(words: dict[str, list[str]]) -> dict[str, str]:
    return {language: "\n".join(some) for language, some in words.items()}
