"""The staff's roles: groups with just the rights they need.

Made once; what an administrator changes later stays.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

EDITORS = "Toimittajat"
MODERATORS = "Moderaattorit"
REVIEWERS = "Ammattilaistarkastajat"
ADMINISTRATORS = "Ylläpitäjät"
WAGTAILS_OWN = {"Editors": EDITORS, "Moderators": MODERATORS}
REVIEW_WORKFLOW = "Ammattilaisen tarkastus ja julkaisu"

PAGE_RIGHTS = {
    EDITORS: ("add_page", "change_page"),
    MODERATORS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    REVIEWERS: (),
    ADMINISTRATORS: (
        "add_page",
        "change_page",
        "publish_page",
        "bulk_delete_page",
        "lock_page",
        "unlock_page",
    ),
}
EVENT_RECORDS = ("organisation", "venue", "schoolbreak")
TAXONOMIES = ("goal", "theme", "targetgroup", "municipality")
MODEL_RIGHTS: dict[str, list[tuple[str, Iterable[str], Iterable[str]]]] = {
    EDITORS: [
        ("events", EVENT_RECORDS, ("add", "change", "view")),
        ("home", ("crisiscontact",), ("view",)),
    ],
    MODERATORS: [
        ("events", EVENT_RECORDS, ("add", "change", "delete", "view")),
        ("home", ("crisiscontact",), ("add", "change", "delete", "view")),
    ],
    REVIEWERS: [],
    ADMINISTRATORS: [
        ("events", EVENT_RECORDS, ("add", "change", "delete", "view")),
        ("home", ("crisiscontact", *TAXONOMIES), ("add", "change", "delete", "view")),
        ("accounts", ("user",), ("add", "change", "delete", "view")),
        ("auth", ("group",), ("add", "change", "delete", "view")),
        ("wagtailcore", ("site", "locale"), ("add", "change", "delete", "view")),
        ("wagtailcore", ("workflow", "task"), ("add", "change", "delete", "view")),
        ("wagtailredirects", ("redirect",), ("add", "change", "delete", "view")),
    ],
}
TRANSLATORS = (EDITORS, MODERATORS, ADMINISTRATORS)


def make_roles() -> None:
    """Groups that exist stay as they are; Wagtail's two get our names and rights."""
    for old, new in WAGTAILS_OWN.items():
        if not Group.objects.filter(name=new).exists():
            Group.objects.filter(name=old).update(name=new)
    for name in PAGE_RIGHTS:
        group, made = Group.objects.get_or_create(name=name)
        if made or (name in WAGTAILS_OWN.values() and not has_our_rights(group)):
            give_rights(group)
    make_workflow()


def has_our_rights(group: Group) -> bool:
    return group.permissions.filter(content_type__app_label="events").exists()


def give_rights(group: Group) -> None:
    rights = list(
        Permission.objects.filter(
            content_type__app_label="wagtailadmin", codename="access_admin"
        )
    )
    for app, models, actions in MODEL_RIGHTS[group.name]:
        names = [f"{action}_{model}" for model in models for action in actions]
        rights += Permission.objects.filter(
            content_type__app_label=app, codename__in=names
        )
    if group.name in TRANSLATORS:
        rights += Permission.objects.filter(
            content_type__app_label="wagtail_localize", codename="submit_translation"
        )
    group.permissions.add(*rights)
    root = Page.get_first_root_node()
    for codename in PAGE_RIGHTS[group.name]:
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=codename
        )
        GroupPagePermission.objects.get_or_create(
            group=group, page=root, permission=permission
        )
    if PAGE_RIGHTS[group.name]:
        give_files(group)


def give_files(group: Group) -> None:
    """Everybody who writes pages may add images and documents."""
    collection = Collection.get_first_root_node()
    names = [
        f"{action}_{model}"
        for model in ("siteimage", "image", "document")
        for action in ("add", "change", "choose")
    ]
    for permission in Permission.objects.filter(
        content_type__app_label__in=("home", "wagtailimages", "wagtaildocs"),
        codename__in=names,
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def make_workflow() -> None:
    """A guide is read by a professional, then published by a moderator."""
    if Workflow.objects.filter(name=REVIEW_WORKFLOW).exists():
        return
    workflow = Workflow.objects.create(name=REVIEW_WORKFLOW)
    steps = (("Ammattilaisen tarkastus", REVIEWERS), ("Julkaisu", MODERATORS))
    for order, (name, role) in enumerate(steps):
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.add(Group.objects.get(name=role))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    root = Page.get_first_root_node()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
