"""Conventions of the project as system checks."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import OperationalError, ProgrammingError, connections


@register()
def page_types_state_their_place(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Every page type of ours says where in the tree it may stand."""
    page_model = apps.get_model("wagtailcore", "Page")
    ours = [
        model
        for model in apps.get_models()
        if issubclass(model, page_model)
        and model._meta.app_label in {"home", "guides", "events", "search"}
    ]
    return [
        Error(
            f"{model.__name__} has no {name}.",
            hint="Write both lists on the page type itself.",
            obj=model,
            id="home.E001",
        )
        for model in ours
        for name in ("parent_page_types", "subpage_types")
        if name not in vars(model)
    ]


@register(Tags.database)
def no_alias_pages(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Decision 8: aliases would show Finnish under lang="sv", and copy every event."""
    page_model = apps.get_model("wagtailcore", "Page")
    sync_model = apps.get_model("wagtail_localize", "LocaleSynchronization")
    messages: list[CheckMessage] = []
    for alias in databases or []:
        try:
            tables = connections[alias].introspection.table_names()
            if page_model._meta.db_table not in tables:
                continue
            if page_model.objects.using(alias).filter(alias_of__isnull=False).exists():
                messages.append(
                    Warning(
                        "There are alias pages.",
                        hint="Delete them: lists show untranslated pages anyway.",
                        id="home.W002",
                    )
                )
            if (
                sync_model._meta.db_table in tables
                and sync_model.objects.using(alias).exists()
            ):
                messages.append(
                    Warning(
                        "A locale is synchronised with another.",
                        hint="Remove it under Settings, Locales: it makes alias pages.",
                        id="home.W003",
                    )
                )
        except (OperationalError, ProgrammingError):
            continue
    return messages
