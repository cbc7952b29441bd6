"""Who of the staff may do what about reviews."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.models import Page

from ..models import ReviewedMixin


def is_reviewed(page: Any) -> bool:
    return issubclass(page.specific_class or Page, ReviewedMixin)


def may_ask(user: Any, page: Any) -> bool:
    """Whoever may change the page."""
    return is_reviewed(page) and page.permissions_for_user(user).can_edit()


def page_to_ask_about(user: Any, page_id: int) -> Any:
    page = get_object_or_404(Page, pk=page_id)
    if not is_reviewed(page):
        raise Http404
    if not may_ask(user, page):
        raise PermissionDenied
    return page.specific
