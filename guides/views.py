"""What a programme's pages ask of the server beside themselves."""

import io
from http import HTTPStatus

import segno
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from home.stateless import stateless

from .models import ProgrammePage
from .progress_codes import LONGEST, is_code_of


class CodeForm(forms.Form):
    code = forms.CharField(max_length=LONGEST)


@stateless
@require_POST
def code_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """A code as a picture for a phone's camera: which parts are done, nothing else.

    It comes in the body and goes into a link's fragment, which no browser sends: it
    stands in no address that a server sees or logs. Nothing is kept.
    """
    page = get_object_or_404(ProgrammePage.objects.live().public(), pk=pk)
    form = CodeForm(request.POST)
    if not form.is_valid() or not is_code_of(
        form.cleaned_data["code"], page.translation_key
    ):
        return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    address = f"{request.build_absolute_uri(page.url)}#code={form.cleaned_data['code']}"
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", scale=8, xmldecl=False, light="#fff"
    )
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")
