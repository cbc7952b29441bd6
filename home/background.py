"""Work that is done after the answer (decision 16)."""

from functools import partial
from typing import Any

from django.db import transaction
from django.tasks import Task


def after_commit(task: Task, *args: Any) -> None:
    """Where tasks are stored, they are stored with what they tell of, or not at all."""
    if task.get_backend().supports_defer:
        task.enqueue(*args)
    else:
        transaction.on_commit(partial(task.enqueue, *args))
