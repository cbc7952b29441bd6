"""What site search and the index's free text read, as saving would have written it."""

from collections.abc import Callable, Iterator

from events.models import EventPage
from search.documents import Document, document_of, searched_items
from search.index_writer import write_documents

IDS_AT_ONCE = 1000


def write_full_text(progress: Callable[[int], None]) -> None:
    write_documents(documents(), progress)


def documents() -> Iterator[Document]:
    """In the order of the pages' ids."""
    last = 0
    events = searched_items(EventPage).order_by("pk")
    while some := list(events.filter(pk__gt=last)[:IDS_AT_ONCE]):
        yield from map(document_of, some)
        last = some[-1].pk
