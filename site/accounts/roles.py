"""The staff's roles: groups with just the rights they need.

Made once; what an administrator changes later stays. Of a kind of record that is newer
than the roles they get their rights when `make_roles` runs again.
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
GROUP_WORKFLOW = "Ryhmien julkaisu"

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
CONTACT_RECORDS: list[tuple[str, Iterable[str], Iterable[str]]] = [
    ("events", ("contact",), ("view", "delete")),
    ("events", ("membership",), ("change", "delete", "view")),
    ("events", ("organisation",), ("trust",)),
]
"""Not for editors: who answers for a group is known to those who need it, and who may
publish without a moderator is for moderators to say."""
TAXONOMIES = ("goal", "theme", "targetgroup", "municipality")
ANSWERS: list[tuple[str, Iterable[str], Iterable[str]]] = [
    ("home", ("feedback",), ("view", "change")),
    ("home", ("statement",), ("change",)),
]
"""Not for editors: feedback may have an address, and the statement is a promise."""
OPINIONS: list[tuple[str, Iterable[str], Iterable[str]]] = [
    ("home", ("pageopinion",), ("view",)),
    ("home", ("pagecomment",), ("view", "change")),
]
SEARCH_WORDS = ("synonymset", "promotedresult", "contenttask")
EVERYTHING = ("add", "change", "delete", "view")
MODEL_RIGHTS: dict[str, list[tuple[str, Iterable[str], Iterable[str]]]] = {
    EDITORS: [
        ("events", EVENT_RECORDS, ("add", "change", "view")),
        # Whose mail a reviewer's is decides whose answer counts.
        ("home", ("crisiscontact", "alert", "reviewperson"), ("view",)),
        ("guides", ("queue",), ("add", "change", "view")),
        ("home", ("keyword",), ("add", "change", "view")),
        *OPINIONS,
        ("search", SEARCH_WORDS, EVERYTHING),
        ("search", ("crisistopic",), ("view",)),
    ],
    MODERATORS: [
        ("events", EVENT_RECORDS, EVERYTHING),
        ("guides", ("queue",), EVERYTHING),
        *CONTACT_RECORDS,
        ("home", ("crisiscontact", "keyword", "alert", "reviewperson"), EVERYTHING),
        *OPINIONS,
        *ANSWERS,
        ("search", (*SEARCH_WORDS, "crisistopic"), EVERYTHING),
    ],
    REVIEWERS: [],
    ADMINISTRATORS: [
        ("events", EVENT_RECORDS, EVERYTHING),
        ("guides", ("queue",), EVERYTHING),
        *CONTACT_RECORDS,
        (
            "home",
            ("crisiscontact", "keyword", "alert", "reviewperson", *TAXONOMIES),
            EVERYTHING,
        ),
        *OPINIONS,
        *ANSWERS,
        ("search", (*SEARCH_WORDS, "crisistopic"), EVERYTHING),
        ("accounts", ("user",), EVERYTHING),
        ("auth", ("group",), EVERYTHING),
        ("wagtailcore", ("site", "locale"), EVERYTHING),
        ("wagtailcore", ("workflow", "task"), EVERYTHING),
        ("wagtailredirects", ("redirect",), EVERYTHING),
    ],
}
Kind = tuple[str, str]
ALL_KINDS = {
    (app, model)
    for rights in MODEL_RIGHTS.values()
    for app, models, _actions in rights
    for model in models
}
"""Of records: app and model."""
TRANSLATORS = (EDITORS, MODERATORS, ADMINISTRATORS)


def make_roles() -> None:
    """Groups that exist stay as they are; Wagtail's two get our names and rights."""
    for old, new in WAGTAILS_OWN.items():
        if not Group.objects.filter(name=new).exists():
            Group.objects.filter(name=old).update(name=new)
    new_kinds = kinds_nobody_may_touch()
    for name in PAGE_RIGHTS:
        group, made = Group.objects.get_or_create(name=name)
        if made or (name in WAGTAILS_OWN.values() and not has_our_rights(group)):
            give_rights(group)
        elif new_kinds:
            group.permissions.add(*rights_on_records(name, new_kinds))
    make_workflow()


def has_our_rights(group: Group) -> bool:
    return group.permissions.filter(content_type__app_label="events").exists()


def rights_on_records(role: str, kinds: set[Kind]) -> list[Permission]:
    rights: list[Permission] = []
    for app, models, actions in MODEL_RIGHTS[role]:
        names = [
            f"{action}_{model}"
            for model in models
            for action in actions
            if (app, model) in kinds
        ]
        rights += Permission.objects.filter(
            content_type__app_label=app, codename__in=names
        )
    return rights


def kinds_nobody_may_touch() -> set[Kind]:
    given = Permission.objects.filter(group__isnull=False).values_list(
        "content_type__app_label", "content_type__model"
    )
    return ALL_KINDS - set(given.distinct())


def give_rights(group: Group) -> None:
    rights = list(
        Permission.objects.filter(
            content_type__app_label="wagtailadmin", codename="access_admin"
        )
    )
    rights += rights_on_records(group.name, ALL_KINDS)
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
    workflow = workflow_of(
        REVIEW_WORKFLOW,
        (("Ammattilaisen tarkastus", REVIEWERS), ("Julkaisu", MODERATORS)),
    )
    root = Page.get_first_root_node()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})


def make_group_workflow(index: Page) -> None:
    """What an organisation sends is read by a moderator only, and published."""
    if (
        Workflow.objects.filter(name=GROUP_WORKFLOW).exists()
        or WorkflowPage.objects.filter(page=index.pk).exists()
    ):
        return
    workflow = workflow_of(GROUP_WORKFLOW, (("Ryhmän julkaisu", MODERATORS),))
    WorkflowPage.objects.create(page_id=index.pk, workflow=workflow)


def workflow_of(name: str, steps: Iterable[tuple[str, str]]) -> Workflow:
    workflow = Workflow.objects.create(name=name)
    for order, (step, role) in enumerate(steps):
        task = GroupApprovalTask.objects.create(name=step)
        task.groups.add(Group.objects.get(name=role))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow
