"""Reports of pages name those alone that the reader has a part in writing."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from accounts.models import User
from home.models import PageComment, PageOpinion
from home.models.easy import tie
from tests import factories

from .review import make_reviewed

SEEN = ("access_admin", "view_pageopinion", "view_pagecomment", "change_pagecomment")
REPORTS = ("review_staff:report", "feedback_staff:opinions", "feedback_staff:comments")


@pytest.fixture
def writer_of(db):
    """Signed in with the right to change one branch, and no other."""

    def make(branch):
        group = Group.objects.create(name="Yhden haaran toimittajat")
        group.permissions.add(*Permission.objects.filter(codename__in=SEEN))
        right = Permission.objects.get(
            codename="change_page", content_type__app_label="wagtailcore"
        )
        GroupPagePermission.objects.create(group=group, page=branch, permission=right)
        user = User.objects.create_user("haara@example.org", "salasana-testeihin")
        user.groups.add(group)
        client = Client()
        client.force_login(user)
        return client

    return make


def make_told_of(index, title):
    guide = make_reviewed(index, -1, title=title)
    PageOpinion.objects.count_one(guide, was_useful=False)
    return PageComment.objects.create(
        page=guide, was_useful=False, text="Ei auttanut.", language="fi"
    )


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_names_no_page_of_another_branch(guide_indexes, writer_of, report):
    make_told_of(guide_indexes["fi"], "Toisen haaran opas")
    make_told_of(guide_indexes["sv"], "Oma opas")
    client = writer_of(guide_indexes["sv"])

    rows = client.get(reverse(report)).context["object_list"]
    sheet = client.get(reverse(report), {"export": "csv"})

    assert [row.title for row in rows] == ["Oma opas"]
    text = b"".join(sheet.streaming_content).decode()
    assert "Oma opas" in text
    assert "Toisen" not in text


def test_easy_pages_of_another_branch_are_not_named(guide_indexes, writer_of):
    pages = [
        factories.make_guide(guide_indexes["fi-simple"], title=title)
        for title in ("Toisen selkosivu", "Oma selkosivu")
    ]
    for page in pages:
        source = factories.make_guide(guide_indexes["fi"])
        type(page).objects.filter(pk=page.pk).update(
            translation_key=source.translation_key
        )
        tie(page, source)
    client = writer_of(pages[1])

    rows = client.get(reverse("easy_finnish:report")).context["object_list"]

    assert [row.title for row in rows] == ["Oma selkosivu"]


def test_the_front_page_counts_what_is_due_in_the_own_branch(guide_indexes, writer_of):
    make_reviewed(guide_indexes["fi"], -1)
    client = writer_of(guide_indexes["sv"])

    assert "reviews-due" not in client.get(reverse("wagtailadmin_home")).text


def test_a_comment_of_another_branch_is_not_handled(guide_indexes, writer_of):
    comment = make_told_of(guide_indexes["fi"], "Toisen haaran opas")
    client = writer_of(guide_indexes["sv"])

    address = reverse("feedback_staff:comment-handled", args=[comment.pk])

    assert client.post(address).status_code == 404
    comment.refresh_from_db()
    assert comment.handled_at is None
    assert comment.sent_on == timezone.localdate()
