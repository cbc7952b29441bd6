"""What is shown as changed has been changed, and words stand as they are read."""

import json

import pytest
from django.urls import reverse

from accounts.roles import EDITORS
from guides.models import GuidePage
from home.models.fingerprints import fingerprint_of
from home.review.versions import latest_version
from home.stream_differences import text_of
from tests import factories
from tests.editing import edit_address, staff_client

from .review import answer, asked, make_reviewed

WRITTEN = """<h2>Olet päättänyt toisin</h2>
<p>Tarvitset   <strong>alkoholia</strong>
aamulla.<br/>Kysy <em>apua</em>.</p>
<ul>
  <li>Yksi</li>
  <li>Kaksi</li>
</ul>"""
SAVED = (
    '<h2 data-block-key="a1b2c">Olet päättänyt toisin</h2>'
    '<p data-block-key="d3e4f">Tarvitset <b>alkoholia</b> aamulla.<br/>'
    'Kysy <i>apua</i>.</p><ul><li data-block-key="g5h6i">Yksi</li>'
    '<li data-block-key="j7k8l">Kaksi</li>'
    "</ul>"
)
KEYS = ("11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222")


def body(text=WRITTEN, level="self-care"):
    """The second as a file of content has it: without what is empty."""
    card = {"level": level, "title": "Hoida itse", "text": "<p>Lepää.</p>"}
    return [
        {"type": "text", "value": text, "id": KEYS[0]},
        {"type": "care_card", "value": card, "id": KEYS[1]},
    ]


def saved_body(text=SAVED, level="self-care"):
    """The same as the editor saves it."""
    blocks = body(text, level)
    number = {"type": "item", "value": {"name": "Neuvonta", "number": "000"}, "id": "9"}
    blocks[1]["value"] |= {"phones": [number], "text": "<p>Lepää.</p>\n"}
    return blocks


def with_phone(blocks):
    blocks[1]["value"]["phones"] = [{"name": "Neuvonta", "number": "000"}]
    return blocks


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def save(page, **fields):
    page = GuidePage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return GuidePage.objects.get(pk=page.pk)


def test_paragraphs_headings_and_items_stand_on_lines_of_their_own():
    lines = [
        *("Olet päättänyt toisin", "Tarvitset alkoholia aamulla.", "Kysy apua."),
        *("Yksi", "Kaksi"),
    ]

    assert text_of(WRITTEN).split("\n") == text_of(SAVED).split("\n") == lines
    assert text_of("<p>Yksi<br>kaksi<br />kolme</p>") == "Yksi\nkaksi\nkolme"


def test_saving_the_same_text_in_the_editor_is_no_change(guide_index, capture, client):
    guide = make_reviewed(guide_index, 20, body=with_phone(body()))
    answer(asked(guide, capture), capture)
    before = latest_version(guide).fingerprint(guide)

    guide = save(guide, body=saved_body())

    assert latest_version(guide).fingerprint(guide) == before
    page = client.get(asked(guide, capture)).text
    assert "<ins>" not in page
    assert "<del>" not in page


@pytest.mark.parametrize(
    "changed",
    [
        saved_body(SAVED.replace("aamulla", "illalla")),
        saved_body(SAVED.replace("<b>alkoholia</b>", "<b>alko</b>holia")),
        saved_body(SAVED.replace("Yksi</li>", "Yk</li><li>si</li>")),
        saved_body(level="contact"),
        [saved_body()[1], saved_body()[0]],
        with_phone(body())[:1],
    ],
)
def test_what_readers_would_notice_is_a_change(guide_index, changed):
    guide = make_reviewed(guide_index, 20, body=with_phone(body()))
    before = latest_version(guide).fingerprint(guide)

    guide = save(guide, body=changed)

    assert latest_version(guide).fingerprint(guide) != before


def test_a_number_that_becomes_nothing_is_a_change():
    bodies = [[{"type": "x", "value": {"number": n}, "id": "1"}] for n in (0, None)]

    prints = {fingerprint_of(GuidePage, {"body": json.dumps(b)}) for b in bodies}

    assert len(prints) == 2


def test_the_reviewer_reads_words_of_their_own_and_names_of_choices(
    guide_index, capture, client
):
    guide = make_reviewed(guide_index, 20, body=body())
    answer(asked(guide, capture), capture)
    text = WRITTEN.replace("aamulla", "illalla")
    guide = save(guide, body=saved_body(text, level="contact"))

    page = client.get(asked(guide, capture)).text

    assert "toisin\nTarvitset" in page
    assert "<del>aamulla</del><ins>illalla</ins>" in page
    assert page.count("<del>") == 2
    assert "<del>Omahoito</del><ins>Ota yhteyttä</ins>" in page
    assert "self-care" not in page[page.index("comparisons") :][:3000]


def test_the_column_of_an_easy_page_marks_only_what_was_changed(guide_indexes, locales):
    editor = staff_client(EDITORS)
    guide = factories.make_guide(
        guide_indexes["fi"], title="Uni", slug="uni", body=saved_body(WRITTEN)
    )
    guide.save_revision().publish()
    editor.post(reverse("easy_finnish:make", args=[guide.pk]))
    easy = GuidePage.objects.get(locale__language_code="fi-simple", title="Uni")

    def column():
        text = editor.get(edit_address(easy)).text
        panel = text[text.index("easy-source-text") :]
        return panel[: panel.index("</section>")]

    guide = save(guide, body=saved_body())
    assert "<strong>muuttunut</strong>" not in column()
    assert "toisin\nTarvitset" in column()
    assert "<dd>Omahoito</dd>" in column()
    assert "self-care" not in column()

    save(guide, body=saved_body(SAVED.replace("aamulla", "illalla")))
    assert column().count("<strong>muuttunut</strong>") == 1
    assert "<del>aamulla</del><ins>illalla</ins>" in column()
