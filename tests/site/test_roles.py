"""What each role may open and do, address by address."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission, Workflow, WorkflowPage

from accounts.models import User
from accounts.roles import (
    ADMINISTRATORS,
    EDITORS,
    MODERATORS,
    REVIEWERS,
    make_roles,
)
from events.models import Contact
from home.models import Feedback, Goal, Statement
from tests import factories
from tests.editing import staff_client
from tests.events.sent import send_new

ROLES = (EDITORS, MODERATORS, REVIEWERS, ADMINISTRATORS)
WRITERS = {EDITORS, MODERATORS, ADMINISTRATORS}
OPENED_BY = {
    "front page": set(ROLES),
    "explorer": WRITERS,
    "event explorer": WRITERS,
    "add guide": WRITERS,
    "edit guide": WRITERS,
    "unpublish guide": {MODERATORS, ADMINISTRATORS},
    "translate guide": WRITERS,
    "make easy page": WRITERS,
    "easy pages": WRITERS,
    "add event": WRITERS,
    "edit event": WRITERS,
    "delete event": {MODERATORS, ADMINISTRATORS},
    "add image": WRITERS,
    "organisations": WRITERS,
    "edit organisation": WRITERS,
    "venues": WRITERS,
    "contact persons": {MODERATORS, ADMINISTRATORS},
    "who acts for whom": {MODERATORS, ADMINISTRATORS},
    "erase contact person": {MODERATORS, ADMINISTRATORS},
    "waiting groups": WRITERS,
    "waiting group": WRITERS,
    "silent groups": WRITERS,
    "reported errors": WRITERS,
    "why an event is not shown": WRITERS,
    "delete organisation": {MODERATORS, ADMINISTRATORS},
    "crisis contacts": WRITERS,
    "edit crisis contact": {MODERATORS, ADMINISTRATORS},
    "delete crisis contact": {MODERATORS, ADMINISTRATORS},
    "reviewers and owners": WRITERS,
    "add reviewer": {MODERATORS, ADMINISTRATORS},
    "edit reviewer": {MODERATORS, ADMINISTRATORS},
    "reviews of pages": WRITERS,
    "reviews of guide": WRITERS,
    "alerts": WRITERS,
    "add alert": {MODERATORS, ADMINISTRATORS},
    "delete alert": {MODERATORS, ADMINISTRATORS},
    "accessibility statement": {MODERATORS, ADMINISTRATORS},
    "feedback": {MODERATORS, ADMINISTRATORS},
    "answer feedback": {MODERATORS, ADMINISTRATORS},
    "comments on pages": WRITERS,
    "were pages useful": WRITERS,
    "goals": {ADMINISTRATORS},
    "edit goal": {ADMINISTRATORS},
    "themes": {ADMINISTRATORS},
    "target groups": {ADMINISTRATORS},
    "municipalities": {ADMINISTRATORS},
    "keywords": WRITERS,
    "synonyms": WRITERS,
    "promoted results": WRITERS,
    "content tasks": WRITERS,
    "crisis topics": WRITERS,
    "add crisis topic": {MODERATORS, ADMINISTRATORS},
    "queues": WRITERS,
    "edit queue": WRITERS,
    "delete queue": {MODERATORS, ADMINISTRATORS},
    "searches without results": WRITERS,
    "readability": WRITERS,
    "users": {ADMINISTRATORS},
    "groups": {ADMINISTRATORS},
    "redirects": {ADMINISTRATORS},
    "sites": {ADMINISTRATORS},
    "locales": {ADMINISTRATORS},
    "workflows": {ADMINISTRATORS},
    "own account": set(ROLES),
}


@pytest.fixture
def addresses(guide_index, event_index):
    guide = factories.make_guide(guide_index)
    event = factories.make_event(event_index)
    organisation = factories.make_organisation()
    contact = factories.make_crisis_contact()
    person = Contact.objects.create(email="yhteys@yhdistys.example")
    goal = Goal.objects.first()
    sent = send_new()
    queue = factories.make_queue()
    reviewer = factories.make_review_person()
    alert = factories.make_alert()
    statement = Statement.objects.create()
    feedback = Feedback.objects.create(kind="fault", text="Vika.", language="fi")

    def pages(view, *args):
        return reverse(f"wagtailadmin_pages:{view}", args=args)

    def records(model, view, *args):
        return reverse(f"wagtailsnippets_{model}:{view}", args=args)

    return {
        "front page": reverse("wagtailadmin_home"),
        "explorer": reverse("wagtailadmin_explore", args=[guide_index.pk]),
        "event explorer": reverse("wagtailadmin_explore", args=[event_index.pk]),
        "add guide": pages("add", "guides", "guidepage", guide_index.pk),
        "edit guide": pages("edit", guide.pk),
        "unpublish guide": pages("unpublish", guide.pk),
        "translate guide": reverse(
            "wagtail_localize:submit_page_translation", args=[guide.pk]
        ),
        "make easy page": reverse("easy_finnish:make", args=[guide.pk]),
        "easy pages": reverse("easy_finnish:report"),
        "add event": pages("add", "events", "eventpage", event_index.pk),
        "edit event": pages("edit", event.pk),
        "delete event": pages("delete", event.pk),
        "add image": reverse("wagtailimages:add"),
        "organisations": records("events_organisation", "list"),
        "edit organisation": records("events_organisation", "edit", organisation.pk),
        "waiting groups": reverse("event_staff:queue"),
        "waiting group": reverse("event_staff:submission", args=[sent.pk]),
        "silent groups": reverse("event_staff:silent"),
        "reported errors": reverse("event_staff:reports"),
        "why an event is not shown": reverse("event_staff:why", args=[event.pk]),
        "delete organisation": records(
            "events_organisation", "delete", organisation.pk
        ),
        "venues": records("events_venue", "list"),
        "contact persons": records("events_contact", "list"),
        "who acts for whom": records("events_membership", "list"),
        "erase contact person": records("events_contact", "delete", person.pk),
        "crisis contacts": records("home_crisiscontact", "list"),
        "edit crisis contact": records("home_crisiscontact", "edit", contact.pk),
        "delete crisis contact": records("home_crisiscontact", "delete", contact.pk),
        "reviewers and owners": records("home_reviewperson", "list"),
        "add reviewer": records("home_reviewperson", "add"),
        "edit reviewer": records("home_reviewperson", "edit", reviewer.pk),
        "reviews of pages": reverse("review_staff:report"),
        "reviews of guide": reverse("review_staff:page", args=[guide.pk]),
        "alerts": records("home_alert", "list"),
        "add alert": records("home_alert", "add"),
        "delete alert": records("home_alert", "delete", alert.pk),
        "accessibility statement": reverse(
            "wagtailsettings:edit", args=["home", "statement", statement.pk]
        ),
        "feedback": reverse("feedback_staff:inbox"),
        "answer feedback": reverse("feedback_staff:answer", args=[feedback.pk]),
        "comments on pages": reverse("feedback_staff:comments"),
        "were pages useful": reverse("feedback_staff:opinions"),
        "goals": records("home_goal", "list"),
        "edit goal": records("home_goal", "edit", goal.pk),
        "themes": records("home_theme", "list"),
        "target groups": records("home_targetgroup", "list"),
        "municipalities": records("home_municipality", "list"),
        "keywords": records("home_keyword", "list"),
        "synonyms": records("search_synonymset", "list"),
        "promoted results": records("search_promotedresult", "list"),
        "content tasks": records("search_contenttask", "list"),
        "crisis topics": records("search_crisistopic", "list"),
        "add crisis topic": records("search_crisistopic", "add"),
        "queues": records("guides_queue", "list"),
        "edit queue": records("guides_queue", "edit", queue.pk),
        "delete queue": records("guides_queue", "delete", queue.pk),
        "searches without results": reverse("search_staff:missed"),
        "readability": reverse("readability_report"),
        "users": reverse("wagtailusers_users:index"),
        "groups": reverse("wagtailusers_groups:index"),
        "redirects": reverse("wagtailredirects:index"),
        "sites": reverse("wagtailsites:index"),
        "locales": reverse("wagtaillocales:index"),
        "workflows": reverse("wagtailadmin_workflows:index"),
        "own account": reverse("wagtailadmin_account"),
    }


@pytest.mark.parametrize("role", ROLES)
def test_role_opens_what_it_needs_and_nothing_else(addresses, role):
    client = staff_client(role)

    opened = {
        name
        for name, address in addresses.items()
        if client.get(address).status_code == 200
    }

    assert opened == {name for name, roles in OPENED_BY.items() if role in roles}


def test_nobody_opens_the_editor_without_signing_in(addresses, client):
    for name, address in addresses.items():
        response = client.get(address)

        assert response.status_code == 302, name
        assert "/login/" in response.url, name


def test_an_account_without_a_role_opens_nothing(addresses, client):
    client.force_login(User.objects.create_user("joku@example.org", "salasana"))

    for name, address in addresses.items():
        assert client.get(address).status_code in {302, 403}, name


def test_roles_made_twice_change_nothing(db):
    make_roles()
    before = state_of_roles()

    make_roles()

    assert state_of_roles() == before


def state_of_roles():
    return {
        "groups": {
            group.name: (
                sorted(group.permissions.values_list("pk", flat=True)),
                sorted(
                    GroupPagePermission.objects.filter(group=group).values_list(
                        "page", "permission"
                    )
                ),
                sorted(group.collection_permissions.values_list("permission", "pk")),
            )
            for group in Group.objects.all()
        },
        "workflows": [
            (workflow.name, [(t.name, t.pk) for t in workflow.tasks])
            for workflow in Workflow.objects.all()
        ],
        "workflow pages": [*WorkflowPage.objects.values_list("page", "workflow")],
    }


def test_what_an_administrator_changes_in_a_role_stays(db):
    make_roles()
    editors = Group.objects.get(name=EDITORS)
    taken = editors.permissions.get(codename="add_venue")
    editors.permissions.remove(taken)

    make_roles()

    assert taken not in editors.permissions.all()


def test_wagtails_own_groups_have_finnish_names_and_keep_their_members(db):
    member = User.objects.create_user("vanha@example.org", "salasana")
    member.groups.add(Group.objects.get(name="Editors"))

    make_roles()

    assert {group.name for group in Group.objects.all()} == set(ROLES)
    assert [group.name for group in member.groups.all()] == [EDITORS]


def test_an_administrator_does_not_make_superusers(db):
    client = staff_client(ADMINISTRATORS)
    superuser = factories.make_administrator("ylin@example.org")
    add = reverse("wagtailusers_users:add")

    client.post(
        add,
        {
            "email": "uusi@example.org",
            "first_name": "Uusi",
            "last_name": "Käyttäjä",
            "password1": "pitkä salasana 42",
            "password2": "pitkä salasana 42",
            "is_superuser": "on",
        },
    )
    edit = client.get(reverse("wagtailusers_users:edit", args=[superuser.pk]))

    assert not User.objects.get(email="uusi@example.org").is_superuser
    assert edit.status_code in {302, 403}


def test_a_superuser_makes_superusers(administrator, client):
    client.force_login(administrator)

    assert "is_superuser" in client.get(reverse("wagtailusers_users:add")).text


@pytest.mark.parametrize(
    ("role", "may"), [(EDITORS, False), (MODERATORS, True), (ADMINISTRATORS, True)]
)
def test_who_may_let_an_organisation_publish_without_a_moderator(role, may, db):
    organisation = factories.make_organisation()
    address = reverse(
        "wagtailsnippets_events_organisation:edit", args=[organisation.pk]
    )

    form = staff_client(role).get(address).context["form"]

    assert ("is_trusted" in form.fields) == may
