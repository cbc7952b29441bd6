"""A notice on a page comes and goes by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.blocks import StructBlockValidationError

from home.blocks import NoticeBlock
from home.models import ContentVersion
from tests import factories

TITLE = "Poikkeusaukiolo"


def stored(moment):
    return moment.isoformat() if moment else None


def notice(starts_at, ends_at):
    return {
        "type": "notice",
        "value": {
            "title": TITLE,
            "text": "<p>Palvelemme taas maanantaina.</p>",
            "starts_at": stored(starts_at),
            "ends_at": stored(ends_at),
        },
    }


def guide_with(guide_index, starts_at, ends_at):
    return factories.make_guide(
        guide_index, body=[factories.TEXT_BLOCK, notice(starts_at, ends_at)]
    )


def test_stored_page_shows_the_notice_from_its_start_to_its_end(
    client, guide_index, clock
):
    now = timezone.now()
    guide = guide_with(
        guide_index, now + timedelta(minutes=10), now + timedelta(minutes=20)
    )
    ContentVersion.forget()

    assert TITLE not in client.get(guide.url).text
    clock.move(minutes=11)
    assert TITLE in client.get(guide.url).text
    clock.move(minutes=10)
    assert TITLE not in client.get(guide.url).text


def test_notice_without_a_start_is_there_at_once(client, guide_index, clock):
    guide = guide_with(guide_index, None, timezone.now() + timedelta(minutes=10))
    ContentVersion.forget()

    assert TITLE in client.get(guide.url).text
    clock.move(minutes=11)
    assert TITLE not in client.get(guide.url).text


def test_search_does_not_find_a_page_by_its_notice():
    block = NoticeBlock()
    value = block.to_python(notice(None, timezone.now())["value"])

    assert block.get_searchable_content(value) == []


def test_a_notice_ends_after_it_begins():
    block, now = NoticeBlock(), timezone.now()
    value = block.to_python(notice(now, now)["value"])

    with pytest.raises(StructBlockValidationError) as error:
        block.clean(value)

    assert set(error.value.block_errors) == {"ends_at"}


def test_a_draft_without_an_end_can_be_looked_at(client, guide_index):
    guide = guide_with(guide_index, None, None)
    ContentVersion.forget()

    assert client.get(guide.url).status_code == 200
