"""Making an easy page: a copy that is nobody's alias and that an editor writes anew."""

from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail.signals import copy_for_translation_done

from ..languages import EASY_FINNISH, MAIN_LANGUAGE
from ..models.easy import tie
from ..models.locales import code_of


@transaction.atomic
def make_easy_page(source: Page, locale: Locale, user: Any) -> Page:
    """A draft under the easy page of the source's parent."""
    made = source.specific.copy_for_translation(locale)
    tie(made, source, user)
    return made


def tie_copy(source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """Whoever makes the copy: it knows what it was made from."""
    if (
        isinstance(target_obj, Page)
        and code_of(target_obj.locale_id) == EASY_FINNISH
        and code_of(source_obj.locale_id) == MAIN_LANGUAGE
    ):
        tie(target_obj, source_obj)


copy_for_translation_done.connect(tie_copy, dispatch_uid="easy_twin_copy")
