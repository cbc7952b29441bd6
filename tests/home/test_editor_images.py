"""Images that editors upload: nothing but pixels is kept."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.roles import EDITORS
from home.models import SiteImage
from home.models.images import pixels_only
from tests.editing import staff_client

ORIENTATION, OWNER, GPS = 0x0112, 0xA430, 0x8825
TURNED = 6
SECRETS = (b"Kuvaaja", b"<script", b"GPS", b"Exif", b"ICC_PROFILE")


@pytest.fixture
def editor(db):
    return staff_client(EDITORS)


def photo():
    """A phone's: lying on its side, with a place, an owner and a comment."""
    picture = Image.new("RGB", (60, 30), "green")
    picture.paste("red", (0, 0, 30, 30))
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    exif[OWNER] = "Kuvaaja"
    exif.get_ifd(GPS).update({1: "N", 2: (60.0, 28.0, 0.0), 3: "E", 4: (26, 56, 0)})
    buffer = io.BytesIO()
    picture.save(
        buffer, "JPEG", exif=exif, comment=b"<script>alert(1)</script>", quality=95
    )
    return buffer.getvalue()


def upload(client, name, content, kind="image/jpeg"):
    """True when the editor took it."""
    response = client.post(
        reverse("wagtailimages:add"),
        {
            "title": "Metsäpolku",
            "file": SimpleUploadedFile(name, content, kind),
            "collection": "1",
            "description": "Polku metsässä",
        },
    )
    if response.status_code == 200:
        assert "file" in response.context["form"].errors
    return response.status_code == 302


def stored(file):
    file.open()
    return file.read()


def test_a_photo_loses_place_owner_and_comment_and_stands_upright(editor):
    content = photo()
    assert b"Kuvaaja" in content
    assert b"<script" in content

    assert upload(editor, "metsä.jpg", content)

    image = SiteImage.objects.get()
    assert (image.width, image.height) == (30, 60)
    kept = [stored(image.file)] + [
        stored(image.get_rendition(spec).file)
        for spec in ("width-20", "original", "format-webp", "format-avif")
    ]
    for data in kept:
        assert not [secret for secret in SECRETS if secret in data]
        with Image.open(io.BytesIO(data)) as picture:
            assert not picture.getexif()
            assert "comment" not in picture.info
    with Image.open(io.BytesIO(kept[0])) as picture:
        red, _green, _blue = picture.convert("RGB").getpixel((15, 5))
        assert red > 200  # What was on the left is up.


def test_a_replaced_file_is_cleaned_too(editor):
    upload(editor, "eka.jpg", photo())
    image = SiteImage.objects.get()

    editor.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {
            "title": "Toinen",
            "file": SimpleUploadedFile("toka.jpg", photo(), "image/jpeg"),
            "collection": "1",
        },
    )

    image = SiteImage.objects.get()
    assert image.title == "Toinen"
    assert b"Kuvaaja" not in stored(image.file)


def test_a_drawing_keeps_what_is_see_through(editor):
    buffer = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(buffer, "PNG")

    assert upload(editor, "merkki.png", buffer.getvalue(), "image/png")

    with Image.open(SiteImage.objects.get().file) as picture:
        assert picture.format == "PNG"
        assert picture.convert("RGBA").getpixel((5, 5))[3] == 0


def test_of_an_animation_the_first_picture_is_kept(editor):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])

    assert upload(editor, "hyppy.gif", buffer.getvalue(), "image/gif")

    image = SiteImage.objects.get()
    with Image.open(image.file) as picture:
        assert picture.format == "PNG"
        assert not getattr(picture, "is_animated", False)
        assert picture.convert("RGB").getpixel((5, 5)) == (255, 0, 0)
    assert image.file.name.endswith(".png")


def test_a_print_in_four_colours_is_taken(editor):
    buffer = io.BytesIO()
    Image.new("CMYK", (20, 20), (0, 200, 200, 0)).save(buffer, "JPEG")

    assert upload(editor, "juliste.jpg", buffer.getvalue())

    with Image.open(SiteImage.objects.get().file) as picture:
        assert picture.mode == "RGB"


def test_a_picture_cut_short_on_the_way_is_refused(editor):
    buffer = io.BytesIO()
    Image.effect_noise((200, 200), 50).save(buffer, "PNG")

    assert not upload(editor, "puolikas.png", buffer.getvalue()[:3000], "image/png")


def bomb(width, height):
    """A PNG of a few bytes that says it has this many pixels."""

    def chunk(kind, data):
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(8000, 8000), (60000, 60000)])
def test_too_many_pixels_are_refused_before_they_are_read(editor, size):
    content = bomb(*size)

    assert not upload(editor, "pommi.png", content, "image/png")
    assert not SiteImage.objects.exists()
    with pytest.raises(ValidationError):
        pixels_only("pommi.png", content)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        (
            "kuva.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
            "image/svg+xml",
        ),
        ("kuva.jpg", b"<html><script>1</script></html>", "image/jpeg"),
        (
            "kuva.png",
            b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
            "image/png",
        ),
    ],
)
def test_what_is_not_a_picture_of_pixels_is_refused(editor, name, content, kind):
    assert not upload(editor, name, content, kind)
    assert not SiteImage.objects.exists()
