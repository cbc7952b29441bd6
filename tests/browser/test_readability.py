"""The advice while somebody writes, and the checks that run in the preview."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from home.readability.content_checks import OPTIONS

from .conftest import PASSWORD, ROOT

SCRIPT = Path(ROOT) / "site/static/js/content-checks.js"
LONG = "Mikäli " + "tulet meille " * 12 + "voit kysyä."


@pytest.fixture
def editor(page: Page) -> Page:
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto("/admin/")
    page.fill("input[name=login]", "demo@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def test_the_panel_follows_what_is_written_and_saving_goes_on(editor: Page) -> None:
    editor.goto("/admin/reports/readability/?language=fi")
    editor.locator("td.title a").first.click()
    editor.click('[data-side-panel-toggle="checks"]')
    panel = editor.locator("[data-reading]")
    expect(panel.locator("[data-reading-score]")).not_to_have_text("–", timeout=20_000)

    lead = editor.locator("textarea[name=lead]")
    lead.fill(LONG)
    # As people type: the editor notices changes by and by.
    lead.press_sequentially(" Kiitos.", delay=500)

    quote = panel.locator('[data-kind="sentence"] button').first
    expect(quote).to_contain_text("Mikäli tulet meille", timeout=20_000)
    expect(panel.locator('[data-kind="hard-word"]')).to_contain_text("Mikäli")
    quote.click()
    expect(lead).to_be_focused()
    editor.get_by_role("button", name="Tallenna luonnos").first.click()
    expect(lead).to_have_value(f"{LONG} Kiitos.")


@pytest.mark.parametrize(
    ("check", "html", "is_well"),
    [
        ("vague-link-text", "<a href='/x'>Lue lisää</a>", False),
        ("vague-link-text", "<a href='/x'> KLIKKAA\n tästä </a>", False),
        ("vague-link-text", "<a href='/x'>Lue lisää unesta</a>", True),
        ("bare-address", "<a href='/x'>https://thl.fi</a>", False),
        ("bare-address", "<a href='/x'>THL</a>", True),
        ("long-heading", f"<h2>{'pitkä ' * 20}</h2>", False),
        ("long-heading", "<h2>Uni</h2>", True),
        ("bold-paragraph", "<p><b>Näin se</b> <b>alkaa</b></p>", False),
        ("bold-paragraph", "<p><b>Muista:</b> soita</p>", True),
        ("bold-paragraph", "<p></p>", True),
        ("alt-text-prefix", "<img alt='Kuva: metsä'>", False),
        ("alt-text-prefix", "<img alt='Kuvataiteilija'>", True),
        ("long-alt-text", f"<img alt='{'x' * 151}'>", False),
        ("long-alt-text", "<img alt=''>", True),
    ],
)
def test_a_check_sees_what_the_server_sees(
    page: Page, check: str, html: str, is_well: bool
) -> None:
    page.set_content(html)
    page.evaluate(
        "window.checks = {};"
        "window.wagtail = {userbar: {registerCheck: (n, f) => { checks[n] = f; }}};"
    )
    page.add_script_tag(content=SCRIPT.read_text(), type="module")
    # A module runs when the browser comes to it.
    page.wait_for_function("name => name in checks", arg=f"check-{check}")

    found = page.evaluate(
        "([name, options]) => checks[name](document.body.firstElementChild, options)",
        [f"check-{check}", OPTIONS[check]],
    )

    assert found is is_well
