"""Translating in the editor: wagtail-localize, as far as it suits the site.

What differs: no alias pages (decision 8), nothing goes public that is not translated,
and easy Finnish is not translated sentence by sentence: its text is shorter and ordered
otherwise, so it is a free copy (`easy_twin`).
"""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page
from wagtail_localize import wagtail_hooks as localize_hooks
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization, Translation
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from .languages import EASY_FINNISH
from .models import ReviewedMixin
from .models.locales import code_of

BUTTON_HOOKS = ("register_page_header_buttons", "register_page_listing_more_buttons")
MENU_ITEMS_WITHOUT_USE = {"localize-convert-to-alias"}
MENU_ITEMS_FOR_SYNCED = {"localize-restart-translation"}


def is_translated_as_page(page: Page) -> bool:
    return getattr(page.specific_class, "is_translated_as_page", False)


def left_to_translate(page: Page) -> QuerySet[Locale]:
    """The languages that the page is not in yet; easy Finnish is none of them."""
    written = page.get_translations(inclusive=True).values("locale")
    return Locale.objects.exclude(pk__in=written).exclude(language_code=EASY_FINNISH)


class SubmitView(SubmitPageTranslationView):
    """Starts translations of a page: always as drafts."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = get_object_or_404(Page, pk=kwargs["page_id"])
        if not page.is_root() and not is_translated_as_page(page):
            messages.error(
                request,
                _(
                    "This page is not translated as a page. A group's other languages"
                    " are written on the group itself, under Texts."
                ),
            )
            return redirect("wagtailadmin_pages:edit", page.pk)
        if page.locale.language_code == EASY_FINNISH:
            messages.error(request, _("Translate the Finnish page, not the easy one."))
            return redirect("wagtailadmin_pages:edit", page.pk)
        if not left_to_translate(page).exists():
            # Nothing but easy Finnish is left, which is made elsewhere.
            return redirect("easy_finnish:make", page.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_form(self) -> Any:
        form = super().get_form()
        form.fields["locales"].queryset = left_to_translate(self.object)
        # A subtree may hold every group, and each page deserves its own translator.
        del form.fields["include_subtree"]
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        form.cleaned_data["include_subtree"] = False
        parent = self.object.get_parent()
        missing = [
            locale.get_display_name()
            for locale in form.cleaned_data["locales"]
            if not parent.is_root() and not parent.has_translation(locale)
        ]
        if missing:
            messages.error(
                self.request,
                _(
                    "First translate the page above, “%(parent)s”: it has no page in"
                    " %(languages)s."
                )
                % {"parent": parent.title, "languages": ", ".join(missing)},
            )
            return redirect(self.request.path)
        return super().form_valid(form)


class UpdateView(UpdateTranslationsView):
    """Brings the source's changes to its translations: as work, not to the public."""

    def get_form(self) -> Any:
        form = super().get_form()
        form.fields["publish_translations"].disabled = True
        form.fields["publish_translations"].help_text = _(
            "Changed sentences are translated first; then each language is published."
        )
        return form


def refuse_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    messages.error(
        request,
        _("There are no alias pages: a list shows what is not translated anyway."),
    )
    return redirect("wagtailadmin_pages:edit", page_id)


def admin_urls() -> list[Any]:
    """At wagtail-localize's own addresses, in front of its views."""
    return [
        path("localize/submit/page/<int:page_id>/", SubmitView.as_view()),
        path("localize/update/<int:translation_source_id>/", UpdateView.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", refuse_alias),
    ]


def buttons(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    """wagtail-localize's, where the page is translated as a page, and not from easy
    Finnish, which leaves things out."""
    if is_translated_as_page(page) and code_of(page.locale_id) != EASY_FINNISH:
        yield from localize_hooks.page_listing_more_buttons(page, user, **kwargs)


def replace_buttons() -> None:
    """Wagtail takes a hook back only this way: at the end of a temporary one."""
    theirs = localize_hooks.page_listing_more_buttons
    hooks.register_temporarily([(name, theirs) for name in BUTTON_HOOKS]).__exit__(
        None, None, None
    )
    for name in BUTTON_HOOKS:
        hooks.register(name, buttons)


def remove_synchronisation() -> None:
    """The form of a locale does not offer to copy another locale's tree."""
    LOCALE_COMPONENTS[:] = [
        component
        for component in LOCALE_COMPONENTS
        if component["model"] is not LocaleSynchronization
    ]


def tidy_action_menu(menu_items: list, request: HttpRequest, context: dict) -> None:
    unwanted = set(MENU_ITEMS_WITHOUT_USE)
    page = context.get("page")
    if page is not None and page.locale.language_code == EASY_FINNISH:
        unwanted |= MENU_ITEMS_FOR_SYNCED
    menu_items[:] = [item for item in menu_items if item.name not in unwanted]


def untranslated(page: Page) -> tuple[int, int] | None:
    """How many texts there are and how many are translated; None when all are."""
    translation = translation_of(page).first()
    if translation is None:
        return None
    total, done = translation.get_progress()
    return None if done == total else (total, done)


def was_reviewed(request: HttpRequest, page: Page) -> bool:
    """A review is of one language. Its text is stored first, for somebody to read."""
    stands: Any = Page.objects.get(pk=page.pk).specific
    translation = translation_of(page).first()
    if not isinstance(stands, ReviewedMixin) or translation is None:
        return True
    if stands.last_reviewed is None:
        try:
            translation.save_target(user=request.user, publish=False)
        except ValidationError:
            return True  # The editor says what is wrong with which sentence.
        stands = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    return stands.last_reviewed is not None


def to_be_reviewed(request: HttpRequest, page: Page) -> HttpResponse:
    messages.error(
        request,
        _(
            "Nobody has reviewed the page in this language. Ask somebody for a review:"
            " after a good answer it can be published."
        ),
    )
    return redirect("review_staff:page", page.pk)


def translation_of(page: Page) -> QuerySet[Translation]:
    return Translation.objects.filter(
        source__object_id=page.translation_key,
        target_locale=page.locale_id,
        enabled=True,
    )


def publish_when_translated(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A page under lang="sv" never goes public with Finnish sentences in it."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    progress = untranslated(page)
    if progress is None:
        return None if was_reviewed(request, page) else to_be_reviewed(request, page)
    total, done = progress
    messages.error(
        request,
        _("Translate everything before publishing: %(done)s of %(total)s is done.")
        % {"done": done, "total": total},
    )
    return redirect(request.path)
