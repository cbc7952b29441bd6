"""Inviting a colleague to an organisation, handing it over, leaving it."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.background import after_commit
from home.languages import current_language

from ..models import DoorLink, Membership
from . import limits, links
from .memberships import answers_alone, leave
from .tasks import mail_link


class PeopleForm(forms.Form):
    """A button, and what pressing it means. `save` says what was done."""

    action: ClassVar[str]
    label: ClassVar[Any]
    explanation: ClassVar[Any]
    is_last_deed: ClassVar[bool] = False
    """After it the organisation's pages are closed to the contact."""
    sends_mail: ClassVar[bool] = False

    def __init__(self, membership: Membership, *args: Any, **kwargs: Any) -> None:
        self.membership = membership
        self.contact = membership.contact
        self.organisation = membership.organisation
        kwargs["auto_id"] = f"{self.action}-%s"
        super().__init__(*args, **kwargs)

    def save(self) -> str:
        raise NotImplementedError


class ColleagueForm(PeopleForm):
    """Sends somebody a link. The same answer, whether or not they are known here."""

    purpose: ClassVar[DoorLink.Purpose]
    done: ClassVar[Any]
    sends_mail = True

    email = forms.EmailField(
        label=gettext_lazy("Colleague's e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("At most two invitations a day go to one address."),
    )

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        members = self.organisation.memberships.filter(is_approved=True)
        if members.filter(contact__email=email).exists():
            raise ValidationError(_("They look after the groups already."))
        return email

    def role_to_give(self) -> str:
        raise NotImplementedError

    def save(self) -> str:
        email = self.cleaned_data["email"]
        if not limits.allows_mail_by_others(email):
            return _(
                "No message went to %(email)s now: at most two invitations a day go to"
                " one address. One that was sent before still works."
            ) % {"email": email}
        # A new invitation takes the place of one that has been lost.
        DoorLink.objects.invitations().filter(
            organisation=self.organisation, email=email
        ).delete()
        link = links.new_link(
            self.purpose,
            email,
            language=current_language(),
            organisation=self.organisation,
            role=self.role_to_give(),
            contact=self.contact,
        )
        after_commit(mail_link, link.pk)
        return str(self.done) % {"email": email}


class InviteForm(ColleagueForm):
    action = "invite"
    purpose = links.Purpose.INVITATION
    label = gettext_lazy("Invite a colleague")
    explanation = gettext_lazy(
        "They get a link by e-mail. When they have pressed it they may do the same as"
        " you with the groups of the organisation."
    )
    done = gettext_lazy("An invitation is on its way to %(email)s.")

    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=Membership.Role.choices,
        initial=Membership.Role.CONTACT,
        widget=forms.RadioSelect,
    )

    def role_to_give(self) -> str:
        return str(self.cleaned_data["role"])


class HandOverForm(ColleagueForm):
    action = "hand-over"
    purpose = links.Purpose.HAND_OVER
    label = gettext_lazy("Hand over to a colleague")
    explanation = gettext_lazy(
        "They get a link by e-mail. When they have pressed it they look after the"
        " groups instead of you. Until then you do."
    )
    done = gettext_lazy(
        "An invitation is on its way to %(email)s. You leave when they have accepted"
        " it."
    )

    def role_to_give(self) -> str:
        return self.membership.role


class LeaveForm(PeopleForm):
    action = "leave"
    label = gettext_lazy("Leave the organisation")
    explanation = gettext_lazy(
        "You no longer see or change its groups. The groups stay as they are."
    )
    is_last_deed = True

    staff_take_over = forms.BooleanField(
        label=gettext_lazy("Staff of the site take over the groups"),
        required=False,
        error_messages={
            "required": gettext_lazy(
                "Nobody else answers for the groups of the organisation. Hand them"
                " over to a colleague, or tick that staff take over."
            )
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if answers_alone(self.contact, self.organisation):
            self.fields["staff_take_over"].required = True
        else:
            del self.fields["staff_take_over"]

    def save(self) -> str:
        leave(self.contact, self.organisation)
        return _("You no longer look after the groups of %(name)s.") % {
            "name": self.organisation.name
        }


class WithdrawForm(PeopleForm):
    action = "withdraw"
    label = gettext_lazy("Withdraw the invitation")

    invitation = forms.ModelChoiceField(
        DoorLink.objects.none(), widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["invitation"]
        field.queryset = DoorLink.objects.invitations().filter(
            organisation=self.organisation
        )

    def save(self) -> str:
        self.cleaned_data["invitation"].delete()
        return _("The invitation is withdrawn.")


PEOPLE_FORMS: dict[str, type[PeopleForm]] = {
    form.action: form for form in (InviteForm, HandOverForm, LeaveForm, WithdrawForm)
}
SHOWN = (InviteForm, HandOverForm, LeaveForm)
