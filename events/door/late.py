"""Who wrote for longer than the door stays open: what they send is stored first."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from . import drafts
from .access import NEXT, contact_of, last_contact_of, quiet, submissions_of
from .addresses import door_url
from .steps import STEPS


def kept_for_late_contacts(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """For the view of a step. Storing what was typed opens nothing to them."""

    @quiet
    @wraps(view)
    def answer(
        request: HttpRequest, *args: Any, key: Any, step: str, **kwargs: Any
    ) -> HttpResponse:
        if request.method != "POST" or step not in STEPS or contact_of(request):
            return view(request, *args, key=key, step=step, **kwargs)
        late = last_contact_of(request)
        draft = submissions_of(late).open().filter(key=key).first() if late else None
        if draft is None:
            return view(request, *args, key=key, step=step, **kwargs)
        drafts.keep(draft, step, request.POST)
        request.session[NEXT] = request.path
        messages.info(
            request,
            _("What you wrote is saved. Prove your address once more to go on."),
        )
        return redirect(door_url("start"))

    return answer
