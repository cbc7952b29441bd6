"""The people who answer for groups. What is here is never public (decision 10)."""

from typing import Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.phones import phone_number


class ContactQuerySet(models.QuerySet["Contact"]):
    def with_address(self, address: str) -> Self:
        """Mail servers in use do not tell capitals apart, and people forget them."""
        return self.filter(email=address.lower())

    def answering_for(self, organisations: models.QuerySet) -> Self:
        """Who may act for one of them and can be reached."""
        return self.filter(
            memberships__organisation__in=organisations,
            memberships__is_approved=True,
            bounced_at=None,
        ).distinct()


class Contact(models.Model):
    """Somebody who has proved an e-mail address. No account, no password."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    phone = models.CharField(
        _("phone"), max_length=30, blank=True, validators=[phone_number]
    )
    language = models.CharField(
        _("language of the messages"),
        max_length=10,
        choices=settings.LANGUAGES,
        default="fi",
    )
    consented_at = models.DateTimeField(
        _("consented at"),
        null=True,
        blank=True,
        help_text=_("When they agreed that name and phone are kept."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    last_seen_at = models.DateTimeField(_("last seen at"), null=True, blank=True)
    signed_out_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="What was opened before this moment is closed, on every device.",
    )
    bounced_at = models.DateTimeField(
        _("mail came back at"),
        null=True,
        blank=True,
        help_text=_("The mail server refused the address."),
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ("email",)
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="contact_address_is_in_small_letters",
            ),
        ]

    def __str__(self) -> str:
        """A number: Wagtail's log keeps what a record was called."""
        return gettext("contact person %(number)s") % {"number": self.pk}

    def organisations(self) -> models.QuerySet:
        """That they act for or have asked to, the oldest first."""
        organisations = apps.get_model("events", "Organisation").objects
        return organisations.filter(memberships__contact=self).order_by(
            "memberships__pk"
        )


class Membership(models.Model):
    """A contact acts for an organisation, once staff or a colleague has said so."""

    class Role(models.TextChoices):
        CONTACT = "contact", _("contact person")
        HELPER = "network-helper", _("network helper of several organisations")

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        "events.Organisation", models.CASCADE, related_name="memberships"
    )
    role = models.CharField(
        _("role"), max_length=20, choices=Role, default=Role.CONTACT
    )
    is_approved = models.BooleanField(
        _("approved"),
        default=False,
        help_text=_("Until then they can send in groups, but not change any."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("who acts for an organisation")
        verbose_name_plural = _("who acts for organisations")
        constraints = [
            models.UniqueConstraint(
                fields=("contact", "organisation"), name="contact_is_a_member_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.organisation_id} {self.role}"
