"""What site search and the index's free text read, as saving would have written it."""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from django.contrib.contenttypes.models import ContentType

from events.models import EventPage, EventText
from search.documents import Document, FieldText
from search.index_writer import write_documents

IDS_AT_ONCE = 5000
BOOSTS = {"title": 3, "lead": 2, "body": 1}


def write_full_text(progress: Callable[[int], None]) -> None:
    write_documents(documents(), progress)


def documents() -> Iterator[Document]:
    """In the order of the pages' ids."""
    content_type = ContentType.objects.get_for_model(EventPage).pk
    texts = EventText.objects.order_by("event", "pk")
    last = 0
    while some := list(texts.filter(event__gt=last)[:IDS_AT_ONCE]):
        by_event = [(pk, list(group)) for pk, group in groupby(some, event_id)]
        if len(some) == IDS_AT_ONCE and len(by_event) > 1:
            by_event.pop()  # The next round may have more of its texts.
        for pk, group in by_event:
            fields = [field for text in group for field in fields_of(text)]
            yield Document(pk, content_type, fields)
            last = pk


def event_id(text: EventText) -> int:
    return text.event_id


def fields_of(text: EventText) -> Iterator[FieldText]:
    for name, boost in BOOSTS.items():
        plain = re.sub(r"<[^>]+>", " ", getattr(text, name))
        yield FieldText(text.language, name, plain, boost)
