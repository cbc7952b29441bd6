"""The event index: one page in each language, all of them over the same events."""

from typing import Any, ClassVar, Self

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.models import PageManager
from wagtail.url_routing import RouteResult

from home.empty_searches import found_nothing
from home.languages import MAIN_LANGUAGE
from home.models import BasePage
from home.models.base import BodyPageMixin, SitePageQuerySet
from home.models.memory import Memory
from home.page_cache import expires_by
from home.phones import phone_number, tel_link

from ..filter_choices import FilterChoices
from ..filters import EventFilterForm
from ..languages import INDEX_SLUGS, MAP_SLUGS, index_path
from ..loosening import ways_on
from .pages import EventPage

_memory: Memory["EventIndexPage | None"] = Memory()
"""Index pages by language."""


class EventIndexQuerySet(SitePageQuerySet):
    def in_language(self, language: str) -> Self:
        return self.filter(locale__language_code=language)

    def live_in_memory(self, language: str) -> "EventIndexPage | None":
        """The live index in the language. Everybody looks at it, few change it."""
        return _memory.get(language, lambda: self.live().in_language(language).first())


class EventIndexPage(BodyPageMixin, BasePage):
    """Routes every event's address in its own language (decision 4)."""

    advice_phone = models.CharField(
        _("phone for advice"),
        max_length=30,
        blank=True,
        validators=[phone_number],
        help_text=_("Offered when nothing fits what somebody is looking for."),
    )
    advice_hours = models.CharField(_("when they answer"), max_length=100, blank=True)

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["events.EventPage"]
    max_count_per_parent = 1
    is_translated_as_page = False

    content_panels = [
        *BasePage.content_panels,
        HelpPanel(_("Groups list themselves. They all stand under the Finnish index.")),
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("advice_phone"), FieldPanel("advice_hours")]),
    ]
    promote_panels = [
        HelpPanel(_("The address is fixed: calendars and other sites rely on it.")),
        FieldPanel("seo_title"),
        FieldPanel("search_description"),
        FieldPanel("show_in_menus"),
    ]
    search_fields = [*BasePage.search_fields, *BodyPageMixin.search_fields]

    objects: ClassVar[Any] = PageManager.from_queryset(EventIndexQuerySet)()

    class Meta:
        verbose_name = _("event index")
        verbose_name_plural = _("event indexes")

    @property
    def address(self) -> str:
        return index_path(self.language)

    @property
    def advice_tel(self) -> str:
        return tel_link(self.advice_phone)

    @property
    def is_main(self) -> bool:
        return self.language == MAIN_LANGUAGE

    def path_in(self, language: str) -> str:
        """The index's address in a language; they are all fixed."""
        return index_path(language)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.slug = INDEX_SLUGS[self.language]
        super().full_clean(*args, **kwargs)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if not path_components:
            return super().route(request, path_components)
        if len(path_components) > 1:
            raise Http404
        event = EventPage.objects.for_serving().filter(slug=path_components[0]).first()
        if event is None:
            raise Http404
        return RouteResult(event, kwargs={"language": self.language})

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().serve(request, *args, **kwargs)
        found = response.context_data["form"].found
        # A template's context refers to itself, so the arrays of what was found would
        # stay in memory until the garbage collector comes.
        response.add_post_render_callback(lambda _response: found.let_go())
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict:
        form = EventFilterForm(request.GET)
        results = form.page_of_results(request.GET.get("page"))
        if form.found.expires_at:
            expires_by(request, form.found.expires_at)
        if not results and form.is_narrowed:
            filters = form.canonical_query(without_keys=("q", "sort"))
            found_nothing(request, "groups", form.typed, filters)
        return super().get_context(request, *args, **kwargs) | {
            "form": form,
            "choices": FilterChoices(form),
            "results": results,
            "words": form.in_words(),
            "map_url": f"{self.address}{MAP_SLUGS[self.language]}/",
            "ways_on": [] if results else ways_on(form),
            "canonical_query": form.canonical_query(page=results.number),
            "feed_query": f"?{query}" if (query := form.canonical_query()) else "",
        }
