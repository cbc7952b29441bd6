"""Blocks in the editor's picker: what they are for, and how they look."""

import pytest
from django.urls import reverse
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import get_page_models

from tests import factories


def streams():
    for model in get_page_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                yield f"{model.__name__}.{field.name}", field.stream_block


def children_of(block):
    """All blocks inside, at any depth."""
    if isinstance(block, ImageBlock):
        inner = []  # Wagtail's own.
    elif isinstance(block, StreamBlock | StructBlock):
        inner = list(block.child_blocks.values())
    elif isinstance(block, ListBlock):
        inner = [block.child_block]
    else:
        inner = []
    for child in inner:
        yield child
        yield from children_of(child)


OFFERED = [
    pytest.param(block, id=f"{stream}.{name}")
    for stream, stream_block in streams()
    for name, block in stream_block.child_blocks.items()
]


@pytest.mark.parametrize("block", OFFERED)
def test_block_that_an_editor_picks_says_what_it_is_for_and_shows_itself(
    block, administrator, client, guide_indexes
):
    client.force_login(administrator)
    factories.make_self_assessment(guide_indexes["fi"], title="Uneni")
    factories.make_guide(guide_indexes["fi"], title="Uni")
    factories.make_queue()
    assert str(block.meta.description)
    assert block.is_previewable

    response = client.get(
        reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}
    )

    assert response.status_code == 200
    assert "css/site.css" in response.text
    drawn = response.text.split("<main>")[1].split("</main>")[0]
    assert len(drawn.split()) > 5


def test_every_block_has_a_label_of_its_own():
    for stream, stream_block in streams():
        for block in children_of(stream_block):
            label = getattr(block.meta, "label", None)
            assert label, (stream, block.name, type(block))
