"""Accounts in the editor: who may manage users does not thereby become superuser."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.users.views import users


def close_superuser(form: Any, user: Any) -> Any:
    """What a disabled field sends is not read."""
    field = form.fields.get("is_superuser")
    if field is not None and not user.is_superuser:
        field.disabled = True
        field.help_text = _("Only someone who has this right can give it.")
    return form


class CreateView(users.CreateView):
    def get_form(self, form_class: Any = None) -> Any:
        return close_superuser(super().get_form(form_class), self.request.user)


class EditView(users.EditView):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied

    def get_form(self, form_class: Any = None) -> Any:
        return close_superuser(super().get_form(form_class), self.request.user)


class StaffViewSet(users.UserViewSet):
    add_view_class = CreateView
    edit_view_class = EditView
