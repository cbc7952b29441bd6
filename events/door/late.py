"""Who wrote for longer than the door stays open: what they send is stored first."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from .. import moderation
from ..models import Submission
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
        rows = submissions_of(late).filter(key=key).values("pk") if late else []
        with transaction.atomic():
            draft = moderation.locked(Submission.objects.open().filter(pk__in=rows))
            if draft and drafts.is_overtaken(draft, step, request.POST):
                draft = None  # They read what a colleague has saved when they are in.
            if draft:
                drafts.keep(draft, step, request.POST)
        if draft is None:
            return view(request, *args, key=key, step=step, **kwargs)
        request.session[NEXT] = request.path
        messages.info(
            request,
            _("What you wrote is saved. Prove your address once more to go on."),
        )
        return redirect(door_url("start"))

    return answer
