"""Uploading an image."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .models.images import open_within_limit


class BoundedImageField(WagtailImageField):
    def check_image_pixel_size(self, f: Any) -> None:
        """Wagtail's check draws the picture to count it: ours reads the header."""
        f.seek(0)
        try:
            open_within_limit(f.read()).close()
            f.seek(0)
            super().check_image_pixel_size(f)
        except OSError as error:  # Cut short on the way, or never a picture.
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from error
        f.seek(0)


class SiteImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].__class__ = BoundedImageField
