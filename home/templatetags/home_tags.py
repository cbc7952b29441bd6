"""Navigation, languages and small helpers of every template."""

import html
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from home.chrome import Chrome, chrome_for
from home.easy_twin.notice import EasyNotice, easy_notice_for
from home.fields import LocalizedText
from home.languages import EASY_FINNISH, current_language
from home.models import CrisisContact, GoalPage, StandardPage
from home.notices.alerts import ShownAlert, alerts_on
from home.page_addresses import urls_of_page
from home.phones import tel_link
from home.statement.shown import HEADINGS, faults_by_reason, statement_in_memory
from home.statement.storage import STORED
from home.wellknown import search_paths

register = template.Library()


@register.simple_tag
def chrome() -> Chrome:
    return chrome_for(current_language())


@register.simple_tag(takes_context=True)
def current_alerts(context: template.Context) -> list[ShownAlert]:
    """Those of the page's address, at this moment."""
    # As an attribute the request is there in an include with `only` too.
    request = context.request  # type: ignore[attr-defined]  # RequestContext's own.
    return alerts_on(request, chrome().alerts)


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str
    url: str
    is_current: bool
    is_translated: bool
    note: str
    """In the link's own language: that this page is missing there. Else ""."""


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[LanguageLink]:
    """One link a language: to this page there, or to its front page with a note."""
    current = current_language()
    urls = dict(context.get("language_urls") or {})
    page = context.get("page")
    if isinstance(page, Page) and not urls:
        urls = urls_of_page(page)
    links = []
    for code, name in settings.LANGUAGES:
        translated = code in urls
        note = ""
        if not translated and (urls or page):
            with override(code):
                note = missing_note(code)
        links.append(
            LanguageLink(
                code=code,
                name=name,
                url=urls.get(code, f"/{code}/"),
                is_current=code == current,
                is_translated=translated,
                note=note,
            )
        )
    return links


def missing_note(code: str) -> str:
    """In the link's own language; easy Finnish shares the Finnish catalogue."""
    if code == EASY_FINNISH:
        return _("This page is not available in easy Finnish. To the front page")
    # Each catalogue names its own language here.
    return _("This page is not available in English. To the front page")


@register.simple_tag(takes_context=True)
def hreflang_links(
    context: template.Context, languages: list[LanguageLink] | None = None
) -> list[LanguageLink]:
    """Only languages in which the content itself exists."""
    page: Any = context.get("page")
    if languages is None:
        languages = language_links(context)
    links = [link for link in languages if link.is_translated]
    if hasattr(page, "has_text_in"):
        links = [link for link in links if page.has_text_in(link.code)]
    return links


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, url: str) -> str:
    """The address with its scheme and host, as machines want it."""
    # As an attribute the request is there in an include with `only` too.
    request = context.request  # type: ignore[attr-defined]  # RequestContext's own.
    return request.build_absolute_uri(url)


@register.simple_tag(takes_context=True)
def breadcrumbs(context: template.Context) -> list[tuple[str, str]]:
    """Titles and addresses from the front page down to the page's parent."""
    page = context.get("page")
    if not isinstance(page, Page) or page.depth <= 2:
        return []
    if hasattr(page, "has_text_in"):
        return []  # An event's way leads through the index of the reader's language.
    above = page.get_ancestors().filter(depth__gt=1).only("title", "url_path", "path")
    return [(ancestor.title, ancestor.url) for ancestor in above]


@register.simple_tag(takes_context=True)
def easy_notice(context: template.Context) -> EasyNotice | None:
    """For easy Finnish pages: is the text old, was it reviewed as selkokieli."""
    page = context.get("page")
    return easy_notice_for(page) if isinstance(page, Page) else None


@register.simple_tag
def goal_pages() -> list[GoalPage]:
    """The goals' pages in the reader's language, in the report's order."""
    pages = (
        GoalPage.objects.live()
        .filter(locale__language_code=current_language())
        .select_related("goal")
    )
    return sorted(pages, key=lambda page: (page.goal.order, page.pk))


@register.simple_tag
def crisis_contacts() -> list[CrisisContact]:
    return list(CrisisContact.objects.all())


@register.simple_tag
def search_url() -> str:
    language = current_language()
    return f"/{language}/{dict(search_paths())[language]}/"


@register.filter
def marked(text: Any) -> SafeString | str:
    """A localized text; in a `span` with its language when it is not the reader's."""
    if not isinstance(text, LocalizedText):
        return conditional_escape(text)
    if text.lang in {"", current_language()}:
        return conditional_escape(str(text))
    return format_html('<span lang="{}">{}</span>', text.lang, str(text))


H2 = re.compile(r"<h2(?![^>]*\bid=)([^>]*)>(.*?)</h2>", re.DOTALL)


@register.filter
def anchor(title: str) -> str:
    """What a heading is called in an address: `#kun-valvot-yolla`."""
    return slugify(title, allow_unicode=True)


@register.filter
def with_anchors(rich_text: Any) -> SafeString:
    """Rich text whose second-level headings can be linked to."""

    def named(found: re.Match) -> str:
        return f'<h2{found[1]} id="{anchor(strip_tags(found[2]))}">{found[2]}</h2>'

    return mark_safe(H2.sub(named, str(rich_text)))  # noqa: S308 - Wagtail has cleaned it.


@register.filter
def headings(body: Any) -> list[str]:
    """The headings of a body that lead through it, for a list of contents."""
    found: list[str] = []
    for block in body:
        if block.block_type == "text":
            found += [
                html.unescape(strip_tags(text))
                for _attributes, text in H2.findall(block.value.source)
            ]
        elif block.block_type in {"steps", "groups"}:
            found.append(block.value["title"])
        elif block.block_type == "while_you_wait" and block.value:
            found.append(block.value.heading)
    return list(dict.fromkeys(found))


@register.simple_tag
def titles_of(page: Any) -> list[str]:
    """The headings of a page's body and of the data under it."""
    titles = headings(page.body)
    if page.data == StandardPage.Data.STATEMENT:
        titles += [str(title) for title in HEADINGS.values()]
    return titles


@register.inclusion_tag("home/statement/statement.html")
def accessibility_statement() -> dict[str, Any]:
    statement = statement_in_memory()
    return {
        "statement": statement,
        "headings": HEADINGS,
        "faults": faults_by_reason(statement),
        "tests": statement.tests.all(),
        "LANGUAGE_CODE": current_language(),
    }


@register.inclusion_tag("home/statement/storage.html")
def stored_on_device() -> dict[str, Any]:
    return {"stored": STORED}


@register.filter
def localized(value: Any) -> LocalizedText:
    """Texts by language that were stored as plain JSON."""
    return LocalizedText(value or {})


@register.filter
def as_query(words: str) -> str:
    """`q=` and the words, as a query string wants them."""
    return urlencode({"q": words}) if words else ""


@register.filter
def tel(number: str) -> str:
    """A phone number as a tel: link wants it."""
    return tel_link(number)
