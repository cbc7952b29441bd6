"""What must be true of the database, whatever was killed when."""

from django.db import connection
from django.db.models import Count, Exists, OuterRef
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Revision, WorkflowState

from events.models import EventIndexPage, EventPage, EventText, Submission

from .filling import Draft

Status = Submission.Status


def faults_of(drafts: list[Draft], acknowledged: set[str]) -> list[str]:
    """In words; none when everything is whole."""
    rows = {
        str(row.key): row
        for row in Submission.objects.select_related("event", "revision")
    }
    faults = []
    for draft in drafts:
        row = rows[draft.key]
        if row.status == Status.SENT:
            faults += [f"{draft.title}: {fault}" for fault in faults_of_sent(row)]
        elif row.status != Status.DRAFT or row.event_id or row.revision_id:
            faults.append(f"{draft.title}: half made")
        elif draft.key in acknowledged:
            faults.append(f"{draft.title}: acknowledged and not stored")
    return faults + faults_of_tree()


def faults_of_sent(row: Submission) -> list[str]:
    event, faults = row.event, []
    if event is None or event.title != row.title or event.live:
        faults.append("no page of its own")
    elif row.revision_id is None or row.revision_id != event.latest_revision_id:
        faults.append("no waiting revision")
    elif WorkflowState.objects.active().for_instance(event).count() != 1:
        faults.append("not with the moderators once")
    letters = DBTaskResult.objects.filter(
        task_path="events.door.tasks.mail_decision",
        args_kwargs__args=[row.pk, Status.SENT],
    )
    if letters.count() != 1:
        faults.append(f"{letters.count()} letters")
    return faults


def faults_of_tree() -> list[str]:
    faults = []
    sent = Submission.objects.filter(status=Status.SENT).count()
    if (pages := EventPage.objects.count()) != sent:
        faults.append(f"{pages} pages of {sent} submissions")
    doubles = EventPage.objects.values("title").annotate(number=Count("pk"))
    faults += [f"{row['title']}: twice" for row in doubles.filter(number__gt=1)]
    revisions = Revision.objects.page_revisions().count()
    if revisions != pages:
        faults.append(f"{revisions} revisions of {pages} pages")
    texts = EventText.objects.filter(event=OuterRef("pk"))
    if EventPage.objects.exclude(Exists(texts)).exists():
        faults.append("a page without its text")
    if any(Page.find_problems()):
        faults.append("the tree is not sound")
    children = sum(index.numchild for index in EventIndexPage.objects.all())
    if children != pages:
        faults.append(f"the index counts {children} children of {pages}")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            if cursor.fetchall() != [("ok",)]:
                faults.append("the file is damaged")
    return faults
