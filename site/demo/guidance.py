"""Guides, programmes, self-assessments and services from the content files."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from guides.models import (
    GuidePage,
    ProgrammePage,
    ProgrammePartPage,
    SelfAssessmentPage,
    ServicePage,
)
from home.models import Goal, Keyword, TargetGroup, Theme

from .content import CONTENT, read_folder, stream
from .queues import make_queues
from .records import known, made_as, once
from .reviews import Reviews
from .structure import Tree, publish, twin

MODELS = {
    "self_assessments": SelfAssessmentPage,
    "guides": GuidePage,
    "programmes": ProgrammePage,
    "services": ServicePage,
}
"""In this order: guides refer to self-assessments, services to queues, and queues to
guides and programmes."""

OWN_FIELDS = {
    "self_assessments": ("instrument", "phone_name", "phone"),
    "programmes": ("duration", "phone_name", "phone"),
    "services": ("referral_needed", "cost", "phone_name", "phone", "walk_in"),
    "guides": (),
}
FRONT_PAGE_GUIDES = (
    "parempi-uni",
    "mielen-hyvinvointi",
    "yksinaisyys",
    "alkoholi-riskirajat",
    "kaatumisten-ehkaisy",
    "omaishoitajan-jaksaminen",
)


class Guidance:
    def __init__(self, tree: Tree, reviews: Reviews | None = None) -> None:
        self.tree = tree
        self.reviews = reviews
        self.goals = {goal.key: goal for goal in Goal.objects.all()}
        self.themes = {theme.key: theme for theme in Theme.objects.all()}
        self.target_groups = {group.key: group for group in TargetGroup.objects.all()}
        self.keywords = {word.yso_id: word for word in Keyword.objects.all()}
        self.self_assessments: dict[str, int] = {}
        self.queues: dict[str, int] = {}
        self.sources: dict[tuple[str, str], Any] = {}
        self.parts: dict[tuple[str, int], Any] = {}

    def files(self) -> list[tuple[str, str, str, dict]]:
        """Kind, language, key and content of each file, sources before translations."""
        return [
            (kind, language, key, texts)
            for kind in MODELS
            for language in self.tree.languages()
            if (CONTENT / kind / language).is_dir()
            for key, texts in read_folder(f"{kind}/{language}")
        ]

    def make_pages(self) -> Iterator[str]:
        """Makes each page, and gives its title for the progress line."""
        for kind, language, key, texts in self.files():
            index = self.tree.indexes.get((kind, language))
            if index is None:
                continue
            if kind == "services" and not self.queues:
                self.queues = make_queues()
            page = once(
                f"{kind}/{key}/{language}",
                partial(self.make_page, index, kind, key, texts),
            )
            self.sources.setdefault((kind, key), page)
            if kind == "self_assessments" and page is not None:
                self.self_assessments.setdefault(key, page.pk)
            if kind == "programmes" and page is not None:
                self.make_parts(page, key, texts)
            yield texts["title"]

    def make_page(self, index: Any, kind: str, key: str, texts: dict) -> Any:
        page = MODELS[kind](
            locale=index.locale,
            title=texts["title"],
            slug=texts["slug"],
            lead=texts["lead"],
            search_description=texts["search_description"],
            is_sensitive=texts.get("sensitive", False),
            content_owner=texts["owner"],
            reviewer=texts["reviewer"],
            body=stream(
                texts["body"], f"{kind}/{key}", self.self_assessments | self.queues
            ),
            sources=stream(sources_of(texts), f"{kind}/{key}/sources"),
            **{name: texts[name] for name in OWN_FIELDS[kind] if name in texts},
            **self.review_of(f"{kind}/{key}/{index.locale.language_code}", texts),
            **twin(self.sources.get((kind, key))),
        )
        page.goals = [self.goals[name] for name in texts["goals"]]
        page.themes = [self.themes[name] for name in texts.get("themes", [])]
        page.target_groups = [
            self.target_groups[name] for name in texts.get("target_groups", [])
        ]
        page.keywords = known(self.keywords, texts.get("keywords", []))
        return publish(index, page)

    def review_of(self, key: str, texts: dict) -> dict[str, Any]:
        fields = {name: texts[name] for name in ("last_reviewed", "next_review")}
        if self.reviews:
            fields |= self.reviews.fields_of(key, texts["reviewer"])
        return fields

    def make_parts(self, programme: Any, key: str, texts: dict) -> None:
        """The nth part of a translation is the nth of its source.

        The ids of their blocks are the same too: what a reader writes in Finnish is
        there in Swedish.
        """
        for place, part in enumerate(texts.get("part", [])):
            language = programme.locale.language_code
            page = once(
                f"programmes/{key}/{part['slug']}/{language}",
                partial(self.make_part, programme, key, place, part),
            )
            self.parts.setdefault((key, place), page)

    def make_part(self, programme: Any, key: str, place: int, part: dict) -> Any:
        body = stream(
            part["body"], f"programmes/{key}/part/{place}", self.self_assessments
        )
        return publish(
            programme,
            ProgrammePartPage(
                locale=programme.locale,
                title=part["title"],
                slug=part["slug"],
                lead=part["lead"],
                minutes=part.get("minutes"),
                body=body,
                **twin(self.parts.get((key, place))),
            ),
        )

    def choose_front_page_guides(self) -> None:
        """Only on a front page for which nobody has chosen yet."""
        for language, home in self.tree.homes.items():
            if home.guides:
                continue
            keys = [f"guides/{key}/{language}" for key in FRONT_PAGE_GUIDES]
            pages = [made_as(key) for key in keys]
            home.guides = [
                {"type": "guide", "value": page.pk}
                for page in pages
                if page is not None
            ]
            home.save_revision().publish()


def sources_of(texts: dict) -> list[dict]:
    return [{"type": "source", "value": source} for source in texts.get("sources", [])]
