"""Words of the general Finnish ontology that say what a page is about."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from ..fields import LocalizedField


class Keyword(models.Model):
    """YSO's concept. A page with it is found by its names in every language."""

    name = LocalizedField(_("name"), max_length=80)
    other_names = LocalizedField(
        _("other names"),
        blank=True,
        multiline=True,
        max_length=500,
        help_text=_("One on each line."),
    )
    yso_id = models.CharField(
        _("YSO id"),
        max_length=20,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(r"^p\d+$", _("For example p8299."))],
        help_text=_("From finto.fi: the end of the address, for example p8299."),
    )

    search_fields = (
        index.SearchField("name", boost=1.8),
        index.SearchField("other_names", boost=1.2),
    )
    panels = [FieldPanel("name"), FieldPanel("other_names"), FieldPanel("yso_id")]

    class Meta:
        ordering = ("pk",)
        verbose_name = _("keyword")
        verbose_name_plural = _("keywords")

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        self.yso_id = self.yso_id or None
