"""Images of the site, stored as pixels only."""

import io
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps
from wagtail.images.models import AbstractImage, AbstractRendition

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
LONGEST_SIDE = 2400


def pixels_only(name: str, content: bytes) -> ContentFile:
    """The picture drawn anew: no GPS position, no owner's name, no comment.

    Renditions keep what the original holds (security.md, 0.3), so the original
    itself is cleaned. An animation keeps only its first picture.
    """
    with open_within_limit(content) as source:
        kind = source.format if source.format in FORMATS else "PNG"
        upright = ImageOps.exif_transpose(source)
        mode = "RGB" if kind == "JPEG" else "RGBA"
        plain = upright.convert(mode)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    buffer = io.BytesIO()
    clean.save(buffer, kind, quality=85)
    return ContentFile(
        buffer.getvalue(), name=f"{name.rsplit('.', 1)[0]}.{FORMATS[kind]}"
    )


def open_within_limit(content: bytes) -> Image.Image:
    """Only the header is read: a few bytes may say that they are a million pixels."""
    too_large = ValidationError(_("The picture has too many pixels."))
    try:
        source = Image.open(io.BytesIO(content))
    except Image.DecompressionBombError as error:
        raise too_large from error
    if source.width * source.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise too_large
    return source


class SiteImage(AbstractImage):
    credit = models.CharField(
        _("photographer or source"),
        max_length=200,
        blank=True,
        help_text=_("Shown under the picture."),
    )
    licence = models.CharField(_("licence"), max_length=100, blank=True)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "licence",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
        "tags",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def save(self, *args: Any, **kwargs: Any) -> None:
        file: Any = getattr(self, "file", None)
        if file and not file._committed and not self.is_svg():
            file.open()
            cleaned = pixels_only(file.name, file.read())
            self.file = cleaned
            with Image.open(cleaned) as picture:
                self.width, self.height = picture.size
            cleaned.seek(0)
            self.file_size = None
            self._set_file_hash()
        super().save(*args, **kwargs)


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
