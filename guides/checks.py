"""Every questionnaire's file can be scored, whatever is answered."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from .scoring import faults_of, read
from .scoring.reading import FOLDER


@register()
def questionnaires_are_whole(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    messages: list[CheckMessage] = []
    for path in sorted(FOLDER.glob("*.toml")):
        try:
            asked = read(path)
        except (KeyError, TypeError, ValueError) as error:
            faults = [f"It cannot be read: {type(error).__name__} {error}"]
        else:
            faults = faults_of(asked)
            if asked.key != path.stem:
                faults.append(f"Its key is {asked.key}.")
        messages += [
            Error(fault, hint=f"See guides/instruments/{path.name}.", id="guides.E001")
            for fault in faults
        ]
    return messages
