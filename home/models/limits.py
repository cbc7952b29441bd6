"""What the limits count (`home.limits`)."""

from django.db import models


class LimitCount(models.Model):
    """How often somebody did something in a stretch of time."""

    kind = models.CharField(max_length=20)
    who = models.CharField(max_length=64, help_text="A keyed digest.")
    begins_at = models.DateTimeField(db_index=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("kind", "who", "begins_at"), name="limit_is_one_row"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
