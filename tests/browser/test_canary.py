"""One reader's whole walk: nothing of what they wrote or chose is left anywhere.

A programme with its code, picture, link and file, a self-assessment and the
need-finder, with scripts and without. Every field that takes words gets a canary.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from guides.scoring import instrument

from . import finder, programme
from .test_self_assessments import all_the_same, fill_in, path_of
from .traces import Traces

CANARY = "kanarialintu-4419"
MEASURES = {"height": "173", "weight": "143,7", "waist": "117"}
"""Numbers that stand nowhere else on the site, the weight at least."""
SECRETS = [CANARY, MEASURES["weight"]]


@pytest.fixture
def traces(base_url, demo_folder) -> Traces:
    programme.put_into(demo_folder)
    traces = Traces(demo_folder)
    assert traces.kept(SECRETS) == []
    return traces


@pytest.fixture
def device(browser: Browser, traces) -> Callable[..., Page]:
    def make(**options) -> Page:
        context = browser.new_context(**options)
        traces.follow(context)
        return context.new_page()

    return make


@pytest.mark.parametrize("scripts_on", [True, False])
def test_nothing_of_a_whole_walk_is_left_anywhere(
    device, browser: Browser, base_url, traces, scripts_on
):
    page = device(java_script_enabled=scripts_on)
    write_everywhere(page, base_url)
    told_to_nobody = carry_to(device(), page, base_url) if scripts_on else []
    assess(page, base_url, scripts_on=scripts_on)
    page.goto(base_url + finder.ADDRESS)
    finder.answer_by_keyboard(page, scripts_on)
    finder.change_look_and_go_on(page)

    # There was something to leave: three times the need-finder, and before it the
    # picture's code or the answers.
    first, *finding = traces.posted
    assert ("code=" if scripts_on else "weight=143") in first
    assert len(finding) == 3
    assert all("worry=lonely" in body for body in finding)
    assert not any(CANARY in body for body in traces.posted)
    answers = [answer for body in traces.posted for answer in body.split("&")]
    assert traces.queries == []
    assert traces.told([*SECRETS, *told_to_nobody, *answers, "lonely", "worry"]) == []
    assert traces.kept([*SECRETS, *told_to_nobody, *traces.posted]) == []
    assert traces.cookies == []
    assert f"POST {finder.ADDRESS}" in traces.log
    look_as_the_next_reader(browser.new_page(), base_url)


def write_everywhere(page: Page, base: str) -> None:
    page.goto(base + programme.PATH)
    written = 0
    for path in programme.PARTS:
        page.goto(base + path)
        for field in page.locator("main [data-answer]").all():
            kind = field.evaluate("field => field.type")
            if kind in {"checkbox", "radio"}:
                field.check()
            elif kind == "number":
                field.fill("9")
            else:
                field.fill(CANARY)
                written += 1
        if page.locator("[data-done]").is_visible():
            page.locator("[data-done]").check()
        page.locator(".pager a").last.click()
    assert written == 16


def carry_to(other: Page, page: Page, base: str) -> list[str]:
    """By picture, link and file. Back come the codes, which no address may hold."""
    page.goto(base + programme.PATH)
    page.locator("[data-carry] summary").first.click()
    page.locator("[data-with-notes]").check()
    expect(page.locator("[data-link]")).to_have_value(re.compile("#code=[zj]"))
    link = page.locator("[data-link]").input_value()
    page.locator("[data-draw]").click()
    expect(page.locator("[data-code-picture]")).to_be_visible()
    with page.expect_download():
        page.locator("[data-save]").click()

    other.goto(link)
    other.locator("[data-incoming-add]").click()
    assert CANARY in other.evaluate("JSON.stringify({...localStorage})")
    other.locator("[data-continue] a, .part-list a").last.click()
    code = page.locator("[data-paper-code]").text_content() or ""
    return [link.split("#code=")[1], code.replace(" ", "")]


def assess(page: Page, base: str, *, scripts_on: bool) -> None:
    """A questionnaire with options and numbers; then on to another page."""
    page.goto(base + path_of("findrisc"))
    fill_in(page, all_the_same(instrument("findrisc"), 0) | MEASURES)
    page.locator("form[data-assessment] button").click()
    expect(page.locator("[data-answer] [data-total]").first).not_to_be_empty()
    page.locator(".breadcrumbs a").last.click()


def look_as_the_next_reader(page: Page, base: str) -> None:
    """No answer was stored with the page that was asked."""
    for path in (path_of("findrisc"), finder.ADDRESS, programme.PARTS[0]):
        page.goto(base + path)
        assert not any(secret in page.content() for secret in SECRETS)
        expect(page.locator("main input:checked")).to_have_count(0)
        expect(page.locator("[data-total]")).to_have_count(0)
        expect(page.locator(".finder-again")).to_have_count(0)
