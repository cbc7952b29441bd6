"""What the demo has made, so that it never edits or revives what a user changed."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class DemoItem(models.Model):
    """One row or page that the demo made, by its stable key.

    The item stays when the user deletes what it points to: then it says that the
    key has had its turn.
    """

    demo_key = models.CharField(max_length=150, unique=True)
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.BigIntegerField()
    made = GenericForeignKey("content_type", "object_id")
    revision_id = models.BigIntegerField(
        null=True, help_text="The page's newest revision when the demo last wrote it."
    )
    dated_on = models.DateField(
        null=True, help_text="The day from which the demo counted the group's dates."
    )

    def __str__(self) -> str:
        return self.demo_key
