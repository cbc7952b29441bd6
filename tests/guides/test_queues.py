"""What helps while one waits: edited once, shown wherever the queue is placed."""

import re

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from accounts.roles import EDITORS
from demo.content import read
from guides.models import Queue
from home.models import ContentVersion, TargetGroup, Theme
from tests import factories
from tests.editing import staff_client


def block_of(queue):
    return {"type": "while_you_wait", "value": queue.pk}


def body_of(*queues):
    return [factories.TEXT_BLOCK, *map(block_of, queues)]


def box(client, page):
    ContentVersion.forget()
    text = client.get(page.url).text
    return re.search(r'<section class="fact-box waiting.*?</section>', text, re.DOTALL)


def test_box_has_the_text_the_number_the_pages_and_the_next_groups(
    client, guide_index, event_index
):
    parenting = Theme.objects.get(key="parenting")
    programme = factories.make_programme(guide_index, title="Parempaan uneen")
    guide = factories.make_guide(guide_index, title="Mielen voima")
    factories.make_event(event_index, "Perhekahvila", themes=[parenting])
    factories.make_event(event_index, "Savuton ryhmä")
    queue = factories.make_queue([guide, programme], theme=parenting)
    service = factories.make_service(guide_index, body=body_of(queue))

    shown = box(client, service)[0]

    assert "perheiden arviointi" in shown
    assert "<p>Saat ajan.</p>" in shown
    assert 'href="tel:050001234"' in shown
    assert shown.index("Mielen voima") < shown.index("Parempaan uneen")
    assert "Perhekahvila" in shown
    assert "Savuton ryhmä" not in shown


def test_queue_is_changed_once_and_all_its_pages_follow(client, guide_index):
    queue = factories.make_queue()
    pages = [
        factories.make_service(guide_index, body=body_of(queue)),
        factories.make_guide(guide_index, body=body_of(queue)),
        factories.make_customer_path(guide_index, body=body_of(queue)),
    ]
    assert all("05 000 1234" in box(client, page)[0] for page in pages)

    queue.phone = "05 000 9999"
    queue.save()

    assert all("05 000 9999" in box(client, page)[0] for page in pages)


def test_box_is_never_empty(client, guide_index, event_index):
    queue = factories.make_queue(theme=Theme.objects.get(key="grief"))
    factories.make_event(event_index, "Savuton ryhmä")
    service = factories.make_service(guide_index, body=body_of(queue))

    shown = box(client, service)[0]

    assert "Saat ajan." in shown
    assert "tel:050001234" in shown
    assert 'href="/fi/tapahtumat/"' in shown


def test_page_without_the_deleted_queue_has_no_box(client, guide_index):
    queue = factories.make_queue()
    service = factories.make_service(guide_index, body=body_of(queue))
    assert box(client, service)

    queue.delete()

    assert not box(client, service)
    assert client.get(service.url).status_code == 200


def test_drafts_and_private_pages_are_left_out(guide_index):
    guide = factories.make_guide(guide_index, title="Julkinen")
    draft = factories.make_guide(guide_index, title="Luonnos", live=False)
    private = factories.make_guide(guide_index, title="Salattu")
    private.view_restrictions.create(restriction_type="login")

    queue = factories.make_queue([draft, private, guide])

    assert queue.pages_in("fi") == [guide]


def test_each_reader_gets_the_pages_in_the_own_language_else_in_finnish(guide_indexes):
    finnish = factories.make_guide(guide_indexes["fi"], title="Uni")
    swedish = factories.make_guide(
        guide_indexes["sv"], title="Sömn", translation_key=finnish.translation_key
    )
    programme = factories.make_programme(guide_indexes["fi"], title="Unikoulu")
    queue = factories.make_queue([programme, finnish])

    assert queue.pages_in("fi") == [programme, finnish]
    assert queue.pages_in("sv") == [programme, swedish]
    assert queue.pages_in("en") == [programme, finnish]


def test_text_in_another_language_than_the_readers_says_so(client, guide_indexes):
    queue = factories.make_queue()
    service = factories.make_service(guide_indexes["sv"], body=body_of(queue))

    shown = box(client, service)[0]

    assert "bedömning" in shown
    assert '<div lang="fi">' in shown


@pytest.mark.parametrize("number", [1, 8])
def test_pages_of_a_queue_cost_the_same_however_many(
    guide_index, number, django_assert_num_queries
):
    pages = [factories.make_guide(guide_index) for _each in range(number)]
    queue = Queue.objects.get(pk=factories.make_queue(pages).pk)
    assert len(queue.pages_in("fi")) == number

    with django_assert_num_queries(5):
        queue.pages_in("fi")


def test_list_of_contents_leads_to_the_box(client, guide_index):
    queue = factories.make_queue()
    steps = {"type": "steps", "value": {"title": "Näin pääset alkuun", "steps": []}}
    body = [*body_of(queue), steps]
    service = factories.make_service(guide_index, body=body)

    shown = box(client, service)[0]

    anchor = re.search(r'<h2 id="([^"]+)"', shown)[1]
    assert f'href="#{anchor}"' in client.get(service.url).text


def test_an_editor_makes_a_queue(guide_index):
    guide = factories.make_guide(guide_index)
    group = TargetGroup.objects.get(key="children-families")
    sent = nested_form_data(
        {
            "key": "perheet",
            "name_fi": "perheiden arviointi",
            "text_fi": "Saat ajan.",
            "phone": "05 000 1234",
            "target_group": str(group.pk),
            "pages": inline_formset([{"page": guide.pk}]),
        }
    )
    editor = staff_client(EDITORS)

    response = editor.post(reverse("wagtailsnippets_guides_queue:add"), sent)

    assert response.status_code == 302
    queue = Queue.objects.get()
    assert queue.pages_in("fi") == [guide]
    assert queue.target_group == group


def test_queue_without_a_number_is_sent_back(db):
    sent = nested_form_data(
        {
            "key": "perheet",
            "name_fi": "perheiden arviointi",
            "text_fi": "Saat ajan.",
            "phone": "",
            "pages": inline_formset([]),
        }
    )

    response = staff_client(EDITORS).post(
        reverse("wagtailsnippets_guides_queue:add"), sent
    )

    assert response.status_code == 200
    assert not Queue.objects.exists()


def test_demo_queues_have_what_the_box_needs():
    queues = read("queues.toml")["queue"]

    assert len(queues) == 2
    for queue in queues:
        assert {"fi", "sv", "en"} <= set(queue["name"]) & set(queue["text"])
        assert queue["pages"]
        assert "000 000" in queue["phone"]
