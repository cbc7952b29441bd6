"""The editor as its users meet it: forms are read from the page and sent back."""

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.blocks.base import BlockField
from wagtail.models import Page
from wagtail.test.utils.form_data import (
    nested_form_data,
    querydict_from_html,
    rich_text,
    streamfield,
)

from accounts.models import User
from accounts.roles import make_roles

from .factories import numbers

PAGE_FORM = "page-edit-form"


def staff_client(role: str) -> Client:
    """Signed in with the role, and nothing else."""
    make_roles()
    user = User.objects.create_user(
        f"{role}-{next(numbers)}@example.org", "salasana-testeihin"
    )
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


def add_address(model: Any, parent: Page) -> str:
    meta = model._meta
    return reverse(
        "wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, parent.pk]
    )


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def send(
    client: Client, address: str, action: str = "", changes: dict | None = None
) -> Any:
    """Opens the form, changes some of its fields and presses a button."""
    data = filled(client, address, changes)
    if action:
        data[f"action-{action}"] = action
    return client.post(address, data)


def filled(client: Client, address: str, changes: dict | None = None) -> dict:
    """The fields as they stand in the form, with the changes."""
    page = client.get(address)
    assert page.status_code == 200, page
    data = querydict_from_html(page.text, form_id=PAGE_FORM)
    data.update(streams_of(page.context["form"]))
    for name, value in (changes or {}).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return dict(data.lists())


def streams_of(form: Any) -> dict[str, str]:
    """The stream fields, which a script draws: one paragraph in the body."""
    texts = {"body": [("text", rich_text("<p>Leipätekstiä.</p>"))]}
    return nested_form_data(
        {
            name: streamfield(texts.get(name, []))
            for name, field in form.fields.items()
            if isinstance(field, BlockField)
        }
    )


def errors_of(response: Any) -> dict[str, list[str]]:
    """The form's errors by field; fails when the form was taken."""
    assert response.status_code == 200, response
    return dict(response.context["form"].errors)


def was_taken(response: Any) -> bool:
    if response.status_code == 200 and "form" in (response.context or {}):
        form = response.context["form"]
        raise AssertionError([form.errors, *(f.errors for f in form.formsets.values())])
    return response.status_code == 302


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]
