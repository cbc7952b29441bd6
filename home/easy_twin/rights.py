"""Who may make an easy page, and say that it is up to date."""

from typing import Any

from wagtail.models import Page

from ..languages import MAIN_LANGUAGE
from ..models.easy import FRONT_PAGE_DEPTH
from ..models.locales import code_of

TRANSLATE = "wagtail_localize.submit_translation"


def can_have_easy_page(page: Page) -> bool:
    """A Finnish page with a text of its own."""
    return bool(
        page.depth > FRONT_PAGE_DEPTH
        and getattr(page.specific_class, "is_translated_as_page", False)
        and code_of(page.locale_id) == MAIN_LANGUAGE
    )


def may_make(user: Any, page: Page) -> bool:
    """The same right as for other languages. The copy is a draft that nobody sees."""
    return bool(
        can_have_easy_page(page)
        and user.has_perm(TRANSLATE)
        and page.permissions_for_user(user).can_edit()
    )


def may_mark(user: Any, page: Page) -> bool:
    """What readers are told changes at once: that takes the right to publish."""
    rights = page.permissions_for_user(user)
    return bool(rights.can_edit() and (rights.can_publish() or not page.live))
