"""What to do while one waits: two queues, placed on services."""

from functools import partial
from typing import Any

from guides.models import Queue, QueuePage
from home.models import TargetGroup, Theme

from .content import read
from .records import made_as, once

TEXTS = ("key", "name", "text", "duration", "phone_name", "phone")


def make_queues() -> dict[str, int]:
    """The id of each by its key; after the guides and programmes, which it names."""
    made = {
        values["key"]: once(f"queue/{values['key']}", partial(make_queue, values))
        for values in read("queues.toml")["queue"]
    }
    return {key: queue.pk for key, queue in made.items() if queue is not None}


def make_queue(values: dict[str, Any]) -> Queue:
    queue = Queue(
        **{name: values[name] for name in TEXTS if name in values},
        theme=Theme.objects.filter(key=values.get("theme", "")).first(),
        target_group=TargetGroup.objects.filter(
            key=values.get("target_group", "")
        ).first(),
    )
    pages = [made_as(f"{name}/fi") for name in values["pages"]]
    queue.pages = [
        QueuePage(page=page.page_ptr, sort_order=number)
        for number, page in enumerate(pages)
        if page is not None
    ]
    queue.save()
    return queue
