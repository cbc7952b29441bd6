"""Contact persons and whom they act for, for moderators and administrators.

Nobody writes a contact's data but the contact. Staff let people act for an
organisation, take that back, and erase somebody who asks for it by phone.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from home.background import after_commit

from ..door.own_data import forget_traces
from ..door.tasks import mail_membership
from ..models import Contact, Membership


class PersonPanel(FieldPanel):
    """Read only: a contact is a number but where staff have to know who it is."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, **{**kwargs, "read_only": True})

    def format_value_for_display(self, value: Contact) -> str:
        return " ".join(filter(None, (value.name, value.email, value.phone)))


class MembershipForm(WagtailAdminModelForm):
    def save(self, commit: bool = True) -> Membership:
        membership: Membership = super().save(commit)
        if "is_approved" in self.changed_data and membership.is_approved:
            after_commit(mail_membership, membership.pk)
        return membership


class ContactViewSet(SnippetViewSet):
    model = Contact
    icon = "user"
    menu_label = _("Contact persons")
    menu_order = 208
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        *("email", "name", "phone", "language", "consented_at"),
        *("created_at", "last_seen_at", "bounced_at"),
    ]
    list_display = ("email", "name", "phone", "last_seen_at", "bounced_at")
    list_filter = {"bounced_at": ["isnull"]}
    search_fields = ("email", "name")
    ordering = ("email",)


class MembershipViewSet(SnippetViewSet):
    model = Membership
    icon = "key"
    menu_label = _("Who acts for whom")
    menu_order = 209
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = (
        Column("email", _("E-mail"), lambda row: row.contact.email),
        Column("name", _("Name"), lambda row: row.contact.name),
        "organisation",
        "role",
        "is_approved",
        "created_at",
    )
    list_filter = ("is_approved", "role")
    search_fields = ("contact__email", "contact__name", "organisation__slug")
    # Who waits comes first.
    ordering = ("is_approved", "-pk")
    edit_handler = ObjectList(
        [
            PersonPanel("contact"),
            FieldPanel("organisation", read_only=True),
            FieldPanel("role"),
            FieldPanel("is_approved"),
        ],
        base_form_class=MembershipForm,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return Membership.objects.select_related("contact", "organisation")


def forget_erased(_request: HttpRequest, records: list[Any]) -> None:
    """What else holds the address of a contact whom staff have erased."""
    forget_traces([record for record in records if isinstance(record, Contact)])
