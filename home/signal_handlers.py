"""Raises the content version with every change that the public may see.

And keeps what is derived from reviewed pages.
"""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save
from wagtail.signals import page_published, page_unpublished, post_page_move

from .models import BasePage, ContentVersion, ReviewedMixin
from .models.easy import follow_unchanged
from .review import taking_effect
from .review.due import write_due

OUR_APPS = {"home", "guides", "events", "search"}
OTHER_MODELS = {
    "wagtailcore.Page",
    "wagtailcore.Site",
    "wagtailcore.Locale",
    "wagtailcore.PageViewRestriction",
    "wagtailredirects.Redirect",
}
NEVER_SHOWN = {
    "home.PageReview",
    "home.ReviewDue",
    "home.ReviewPerson",
    "home.ReviewReminder",
    "home.LimitCount",
    "home.PageOpinion",
    "home.PageComment",
    "home.Feedback",
    "home.FeedbackSender",
    "home.PageReadability",
    "search.MissedSearch",
    "search.ContentTask",
    "events.Contact",
    "events.Membership",
    "events.DoorLink",
    "events.LinkAnswer",
    "events.Submission",
    "events.ErrorReport",
}
"""What only staff and organisations see: residents' pages stay as they are."""


MIGRATION_MODULE = "__fake__"
"""Where Django puts the models of migrations, which run before the table exists."""


def is_public(model: type[models.Model]) -> bool:
    if model.__module__ == MIGRATION_MODULE or model is ContentVersion:
        return False
    meta = model._meta
    if meta.label in NEVER_SHOWN:
        return False
    return meta.app_label in OUR_APPS or meta.label in OTHER_MODELS


DRAFT_FIELDS = {
    "latest_revision",
    "latest_revision_created_at",
    "draft_title",
    "has_unpublished_changes",
}
"""What the editor writes down about a page while somebody types: no reader sees it."""


def bump(sender: type[models.Model], update_fields: Any = None, **kwargs: Any) -> None:
    if update_fields and DRAFT_FIELDS.issuperset(update_fields):
        return
    if is_public(sender):
        ContentVersion.bump()


def bump_after_relation(sender: type[models.Model], action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and is_public(sender):
        ContentVersion.bump()


def write_review_due(
    sender: type[models.Model], instance: Any, update_fields: Any = None, **kwargs: Any
) -> None:
    """Not when a draft is saved: it only notes down which version is the latest."""
    if issubclass(sender, ReviewedMixin) and update_fields is None:
        write_due(instance)


def take_reviews_into_effect(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, ReviewedMixin):
        taking_effect.when_published(instance)
    elif isinstance(instance, BasePage) and (whole := instance.part_of) is not None:
        taking_effect.when_published(whole)
        write_due(whole)


def write_due_of_whole(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, BasePage) and (whole := instance.part_of) is not None:
        write_due(whole)


def keep_easy_pages(instance: Any, revision: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, BasePage) and revision is not None:
        follow_unchanged(instance, revision)


def bump_after_migrations(**kwargs: Any) -> None:
    ContentVersion.bump()


post_save.connect(bump, dispatch_uid="content_version_save")
post_delete.connect(bump, dispatch_uid="content_version_delete")
post_migrate.connect(
    bump_after_migrations,
    sender=apps.get_app_config("home"),
    dispatch_uid="content_version_migrate",
)
m2m_changed.connect(bump_after_relation, dispatch_uid="content_version_relation")
post_save.connect(write_review_due, dispatch_uid="review_due")
for happening in (page_unpublished, post_page_move):
    happening.connect(write_due_of_whole, dispatch_uid="review_due_of_part")
page_published.connect(take_reviews_into_effect, dispatch_uid="review_takes_effect")
page_published.connect(keep_easy_pages, dispatch_uid="easy_pages_follow")
