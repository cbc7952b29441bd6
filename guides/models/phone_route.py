"""Who answers by phone: the way on that a page gives to whoever wants to talk."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail_localize.fields import SynchronizedField

from home.phones import phone_number, tel_link


class PhoneRouteMixin(models.Model):
    phone_name = models.CharField(_("who answers"), max_length=100, blank=True)
    phone = models.CharField(
        _("phone"), max_length=30, blank=True, validators=[phone_number]
    )

    phone_panel = FieldRowPanel([FieldPanel("phone_name"), FieldPanel("phone")])
    phone_is_the_same = SynchronizedField("phone")
    """In every language, unless a translator gives another."""

    class Meta:
        abstract = True

    @property
    def tel(self) -> str:
        return tel_link(self.phone)
