"""The numbers of a programme's parts, in a code that carries progress."""

from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ..progress_codes import LARGEST_NUMBER


class PartNumbersManager(models.Manager["PartNumbers"]):
    def left(self, programme: UUID) -> int:
        """How many parts more a code has room for."""
        numbers = self.filter(programme=programme).first()
        return max(LARGEST_NUMBER - (numbers.highest if numbers else 0), 0)

    def give_next(self, programme: UUID) -> int:
        with transaction.atomic():
            numbers, _created = self.select_for_update().get_or_create(
                programme=programme
            )
            numbers.highest += 1
            numbers.save(update_fields=["highest"])
        return numbers.highest


class PartNumbers(models.Model):
    """How far a programme has counted its parts, in all its languages together.

    No number is given twice, whatever has been deleted: progress on paper would then
    mark another part as done. In no page, so that no revision sets it back.
    """

    programme = models.UUIDField(_("programme"), primary_key=True)
    """The translation key that its pages share."""
    highest = models.PositiveSmallIntegerField(_("number"), default=0)

    objects = PartNumbersManager()

    class Meta:
        verbose_name = _("numbers of parts")
        verbose_name_plural = _("numbers of parts")

    def __str__(self) -> str:
        return f"{self.programme}: {self.highest}"
