"""The site's tree: languages, front pages, indexes, the four goals, pages of text."""

from functools import partial
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from accounts.roles import make_group_workflow
from events.models import EventIndexPage
from guides.models import GuideIndexPage
from home.languages import EASY_FINNISH, MAIN_LANGUAGE
from home.models import Goal, GoalPage, HomePage, StandardPage
from home.models.easy import source_of, tie
from home.models.locales import code_of

from .content import read, read_folder, stream
from .records import once

GUIDE_INDEXES = ("guides", "programmes", "self_assessments", "services")
IN_MENU = ("events", "guides", "programmes", "services")
"""Self-assessments are led to from guides and goals."""
HOME_TEXTS = (
    "title",
    "search_description",
    "heading",
    "lead",
    "search_hint",
    "goals_heading",
    "groups_heading",
    "guides_heading",
    "crisis_heading",
    "crisis_text",
)


def make_locales() -> dict[str, Locale]:
    return {
        code: Locale.objects.get_or_create(language_code=code)[0]
        for code, _name in settings.LANGUAGES
    }


def publish(parent: Page, page: Any) -> Any:
    """Adds the page live, with a first version for the editor's history.

    Wagtail's own publish action would save and index each page a second time.
    """
    parent.add_child(instance=page)
    revision = page.save_revision(clean=False)
    now = timezone.now()
    Page.objects.filter(pk=page.pk).update(
        live_revision=revision,
        has_unpublished_changes=False,
        first_published_at=now,
        last_published_at=now,
    )
    page.refresh_from_db()
    if code_of(page.locale_id) == EASY_FINNISH and (source := source_of(page)):
        tie(page, source)
    return page


def twin(source: Any) -> dict[str, Any]:
    """What makes a page the translation of another."""
    return {"translation_key": source.translation_key} if source else {}


class Tree:
    """The standing pages by language: filled in order, each once."""

    def __init__(self) -> None:
        self.locales = make_locales()
        self.homes: dict[str, HomePage] = {}
        self.indexes: dict[tuple[str, str], Page] = {}

    def languages(self) -> list[str]:
        """Finnish first: the others are its translations."""
        others = [code for code in self.locales if code != MAIN_LANGUAGE]
        return [MAIN_LANGUAGE, *others]

    def make_homes(self) -> None:
        root = Page.get_first_root_node()
        for language in self.languages():
            texts = read(f"home/{language}.toml")
            source = self.homes.get(MAIN_LANGUAGE)
            home = once(
                f"home/{language}",
                partial(
                    publish,
                    root,
                    HomePage(
                        slug=f"home-{language}",
                        locale=self.locales[language],
                        **{name: texts.get(name, "") for name in HOME_TEXTS},
                        **twin(source),
                    ),
                ),
            )
            if home is not None:
                self.homes[language] = home
        self.make_site(root)

    def make_site(self, root: Page) -> None:
        """Our front page instead of the one Wagtail greets with."""
        main = self.homes.get(MAIN_LANGUAGE)
        site = Site.objects.filter(is_default_site=True).first()
        if main is None or (site and site.root_page.specific_class is HomePage):
            return
        if site is None:
            Site.objects.create(
                hostname="localhost",
                root_page=main,
                is_default_site=True,
                site_name=settings.WAGTAIL_SITE_NAME,
            )
            return
        welcome = site.root_page
        site.root_page = main
        site.site_name = settings.WAGTAIL_SITE_NAME
        site.save()
        if welcome.pk != root.pk and welcome.specific_class is Page:
            welcome.delete()

    def make_indexes(self) -> None:
        events = read("indexes.toml")
        for language in self.languages():
            home = self.homes.get(language)
            if home is None:
                continue
            for name in ("events", *GUIDE_INDEXES):
                texts = events[name].get(language)
                if texts is None:
                    continue
                model = EventIndexPage if name == "events" else GuideIndexPage
                source = self.indexes.get((name, MAIN_LANGUAGE))
                index = once(
                    f"index/{name}/{language}",
                    partial(
                        publish,
                        home,
                        model(
                            locale=home.locale,
                            show_in_menus=name in IN_MENU,
                            **texts,
                            **twin(source),
                        ),
                    ),
                )
                if index is not None:
                    self.indexes[name, language] = index
        if main := self.indexes.get(("events", MAIN_LANGUAGE)):
            make_group_workflow(main)

    def make_goal_pages(self) -> None:
        goals = {goal.key: goal for goal in Goal.objects.all()}
        sources: dict[str, Any] = {}
        for language in self.languages():
            home = self.homes.get(language)
            for key, texts in read_folder(f"goals/{language}"):
                if home is None or key not in goals:
                    continue
                page = once(
                    f"goal/{key}/{language}",
                    partial(
                        publish,
                        home,
                        GoalPage(
                            goal=goals[key],
                            locale=home.locale,
                            title=texts["title"],
                            slug=texts["slug"],
                            lead=texts["lead"],
                            search_description=texts["search_description"],
                            body=stream(texts.get("body", []), f"goal/{key}"),
                            **twin(sources.get(key)),
                        ),
                    ),
                )
                sources.setdefault(key, page)

    def make_standard_pages(self) -> None:
        sources: dict[str, Any] = {}
        for language in self.languages():
            home = self.homes.get(language)
            for key, texts in read_folder(f"pages/{language}"):
                if home is None:
                    continue
                page = once(
                    f"page/{key}/{language}",
                    partial(
                        publish,
                        home,
                        StandardPage(
                            locale=home.locale,
                            title=texts["title"],
                            slug=texts["slug"],
                            lead=texts["lead"],
                            search_description=texts["search_description"],
                            is_in_footer=texts.get("show_in_footer", False),
                            text_language=texts.get("lang", ""),
                            shows_crisis_contacts=key == "apua-heti",
                            data=texts.get("data", ""),
                            body=stream(texts.get("body", []), f"page/{key}"),
                            **twin(sources.get(key)),
                        ),
                    ),
                )
                sources.setdefault(key, page)
                if key == "apua-heti" and page and home.crisis_page_id is None:
                    home.crisis_page = page
                    home.save_revision().publish()
