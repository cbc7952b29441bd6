"""A programme in a real browser: kept on the device, carried along, never sent."""

import json
import re
from collections.abc import Callable
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from guides.progress_codes import is_code_of
from tests.guides.codes import code_of

from . import programme
from .test_pages import AXE_RULES, OVERFLOW
from .test_visits import FOCUSED, SHOWS_FOCUS

CANARY = "kanarialintu-7731"
KEPT = "() => Object.keys(localStorage).filter(key => key.startsWith('programme:'))"
STATE = "() => JSON.stringify(Object.entries(localStorage).sort())"
NO_STORAGE = """
    Object.defineProperty(window, "localStorage", {
        get() { throw new DOMException("no", "SecurityError"); },
    });
"""
FULL_STORAGE = """
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key) {
        if (!key.endsWith(":try")) throw new DOMException("full", "QuotaExceededError");
    };
    window.makeRoom = () => { Storage.prototype.setItem = setItem; };
"""
SLOW = 500  # Milliseconds.
SLOW_PACKING = f"""
    const Quick = CompressionStream;
    window.CompressionStream = class {{
        constructor(format) {{
            const quick = new Quick(format);
            this.writable = quick.writable;
            this.readable = quick.readable.pipeThrough(new TransformStream({{
                flush: () => new Promise((done) => setTimeout(done, {SLOW})),
            }}));
        }}
    }};
"""
SLOW_SERVER = f"""
    const quick = window.fetch;
    window.fetch = async (...asked) => {{
        const answer = await quick(...asked);
        await new Promise((done) => setTimeout(done, {SLOW}));
        return answer;
    }};
"""


@pytest.fixture(scope="module")
def base(base_url, demo_folder) -> str:
    programme.put_into(demo_folder)
    return base_url


@pytest.fixture
def device(browser: Browser, base) -> Callable[..., Page]:
    """Another device each time: nothing is shared between them."""

    def make(**options) -> Page:
        return browser.new_context(**options).new_page()

    return make


def write(page: Page, base: str, part: int, text: str) -> None:
    page.goto(base + programme.PARTS[part])
    page.locator("textarea[data-answer]").first.fill(text)


def finish(page: Page, base: str, *parts: int) -> None:
    for part in parts:
        page.goto(base + programme.PARTS[part])
        page.locator("[data-done]").check()


def done_parts(page: Page, base: str) -> list[int]:
    page.goto(base + programme.PATH)
    marks = page.locator(".part-list [data-done-mark]")
    expect(page.locator("[data-kept]")).to_have_class(re.compile("kept"))
    return [place for place in range(marks.count()) if marks.nth(place).is_visible()]


def take_along(page: Page, base: str, *, notes: bool = False) -> tuple[str, str]:
    """The code for paper and the link."""
    page.goto(base + programme.PATH)
    page.locator("[data-carry] summary").first.click()
    if notes:
        page.locator("[data-with-notes]").check()
        expect(page.locator("[data-link]")).to_have_value(re.compile("#code=[zj]"))
    code = page.locator("[data-paper-code]").text_content() or ""
    return code, page.locator("[data-link]").input_value()


def type_code(page: Page, base: str, code: str) -> None:
    if not page.url.endswith(programme.PATH):
        page.goto(base + programme.PATH)
    if not page.locator("[data-code]").is_visible():
        page.locator("[data-bring] summary").click()
    page.locator("[data-code]").fill(code)
    page.locator("[data-code]").press("Enter")


@pytest.mark.parametrize("width", [320, 1280])
def test_whole_programme_is_done_by_keyboard(device, base, width):
    page = device(viewport={"width": width, "height": 640})
    page.goto(base + programme.PATH)
    press_until(page, ".part-list a")
    page.keyboard.press("Enter")
    for path in programme.PARTS:
        expect(page).to_have_url(base + path)
        go_through(page, "[data-done]", is_last=path == programme.PARTS[-1])

    expect(page.locator("[data-progress]")).to_contain_text("5")
    assert done_parts(page, base) == [0, 1, 2, 3, 4]
    expect(page.locator("[data-continue]")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 1280])
def test_whole_programme_is_filled_in_by_keyboard_without_scripts(device, base, width):
    page = device(java_script_enabled=False, viewport={"width": width, "height": 640})
    page.goto(base + programme.PATH)
    press_until(page, ".part-list a")
    page.keyboard.press("Enter")
    for path in programme.PARTS:
        expect(page).to_have_url(base + path)
        go_through(page, ".next-step a", is_last=path == programme.PARTS[-1])


def press_until(page: Page, selector: str) -> None:
    for _press in range(80):
        page.keyboard.press("Tab")
        assert page.evaluate(SHOWS_FOCUS), page.evaluate(FOCUSED)
        if is_at(page, selector):
            return
    pytest.fail(f"Nothing leads to {selector}")


def is_at(page: Page, selector: str) -> bool:
    return page.evaluate(f"document.activeElement.matches({selector!r})")


def go_through(page: Page, end: str, *, is_last: bool) -> None:
    """Every field is reached and filled in, and the quiz's answer opened."""
    filled = 0
    while True:
        press_until(page, f"[data-answer], [data-toggle], .quiz-answer summary, {end}")
        if is_at(page, end):
            break
        if is_at(page, "[data-toggle]"):
            page.keyboard.press("Enter")
            expect(page.locator("[data-phase]")).not_to_be_empty()
            page.keyboard.press("Enter")
            expect(page.locator("[data-phase]")).to_be_empty()
        elif is_at(page, "summary"):
            if not page.locator(".quiz-answer p").first.is_visible():
                page.keyboard.press("Enter")
            expect(page.locator(".quiz-answer p").first).to_be_visible()
        elif is_at(page, "[type=checkbox], [type=radio]"):
            page.keyboard.press("Space")
            filled += 1
        else:
            page.keyboard.type("7")
            filled += 1
    # A question with options is one stop.
    fields = page.locator("main [data-answer]").count()
    radios = page.locator("main input[type=radio]").count()
    assert filled == fields - radios + page.locator("main fieldset").count()
    assert page.evaluate(OVERFLOW) <= 0
    if is_at(page, "[data-done]"):
        page.keyboard.press("Space")
        expect(page.locator("[data-done]")).to_be_checked()
    if not is_last:
        press_until(page, "a[rel=next]")
        page.keyboard.press("Enter")


def test_notes_ticks_and_quiz_answers_survive_a_reload(device, base):
    page = device()
    page.goto(base + programme.PARTS[0])
    page.get_by_label("Säännöllinen nousuaika").check()
    cell = page.locator(".diary textarea").nth(4)
    cell.fill("kello 7")
    page.reload()
    expect(page.get_by_label("Säännöllinen nousuaika")).to_be_checked()
    expect(cell).to_have_value("kello 7")

    page.get_by_label("Aikainen nukkumaanmeno").check()
    cell.fill("")
    page.reload()
    expect(page.get_by_label("Säännöllinen nousuaika")).not_to_be_checked()
    expect(page.get_by_label("Aikainen nukkumaanmeno")).to_be_checked()
    expect(cell).to_have_value("")

    page.goto(base + programme.PARTS[1])
    page.get_by_label("Puhelin on muualla.").check()
    page.reload()
    expect(page.get_by_label("Puhelin on muualla.")).to_be_checked()
    expect(page.get_by_label("Huone on pimeä.")).not_to_be_checked()


def test_quiz_is_judged_when_the_reader_asks_for_it(device, base):
    page = device()
    page.goto(base + programme.PARTS[0])
    options = page.locator("[data-quiz] [data-answer]")
    verdict = page.get_by_role("status").and_(page.locator("[data-verdict]"))
    answer = page.locator(".quiz-answer")
    check = page.get_by_role("button", name="Tarkista")

    check.click()
    expect(verdict).to_have_text("Valitse ensin vastaus.")
    options.first.focus()
    for place in (1, 2):
        page.keyboard.press("ArrowDown")
        expect(options.nth(place)).to_be_checked()
        expect(verdict).to_be_empty()
        expect(answer).not_to_have_attribute("open", "")
    page.keyboard.press("Tab")
    expect(check).to_be_focused()
    page.keyboard.press("Enter")
    expect(verdict).to_have_text("Ei aivan.")
    expect(answer).to_have_attribute("open", "")

    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_checked()
    expect(verdict).to_be_empty()
    check.press("Enter")
    expect(verdict).to_have_text("Oikein.")

    page.reload()  # The choice is there; what it is worth is asked for anew.
    expect(options.first).to_be_checked()
    expect(verdict).to_be_empty()


def test_programme_page_tells_what_is_done_and_where_to_go_on(device, base):
    page = device()
    assert done_parts(page, base) == []
    expect(page.locator("[data-progress]")).to_be_hidden()

    finish(page, base, 0, 2)
    page.goto(base + programme.PARTS[3])

    assert done_parts(page, base) == [0, 2]
    expect(page.locator("[data-progress-words]")).to_contain_text("2")
    expect(page.locator("[data-continue-title]")).to_have_text("Keho rauhoittuu")
    page.goto(base + programme.PARTS[2])
    page.locator("[data-done]").uncheck()
    assert done_parts(page, base) == [0]


def test_reading_alone_leaves_nothing_in_the_browser(device, base):
    page = device()
    for path in (programme.PATH, *programme.PARTS):
        page.goto(base + path)
        expect(page.locator("[data-kept]")).to_have_count(1)
    assert page.evaluate("localStorage.length") == 0

    page.locator("[data-done]").check()
    assert len(page.evaluate(KEPT)) == 1


def test_summary_shows_what_was_written_in_the_other_parts(device, base):
    page = device()
    page.goto(base + programme.PARTS[4])
    expect(page.locator("[data-written]")).to_be_hidden()
    write(page, base, 1, "Käyn kävelyllä.\nJoka päivä.")
    page.get_by_label("Huone on pimeä.").check()

    page.goto(base + programme.PARTS[4])

    written = page.locator("[data-written]")
    expect(written).to_be_visible()
    expect(written.locator("section:visible")).to_have_count(1)
    # A point may be a risk or a feeling: it has not been “done”.
    expect(written.locator("div:has(> dt:text('pimeä')) dd")).to_have_text(
        "✓ Rastitit tämän"
    )
    expect(written.locator("dl > div:visible")).to_have_count(2)
    expect(written).to_contain_text("Käyn kävelyllä.")
    expect(written).to_contain_text("Huone on pimeä.")
    page.goto(base + programme.PARTS[2])
    page.locator(".diary [type=checkbox]").first.check()
    page.goto(base + programme.PARTS[4])
    expect(written.get_by_text("✓ Tehty").first).to_be_visible()


@pytest.mark.parametrize("spoil", [str, str.lower, lambda code: code.replace("1", "l")])
def test_progress_is_rebuilt_on_another_device_from_the_paper_code(device, base, spoil):
    first, second = device(), device()
    finish(first, base, 0, 3)
    write(first, base, 1, CANARY)
    code, _link = take_along(first, base)
    assert len(code.replace(" ", "")) <= 8

    type_code(second, base, spoil(code))
    expect(second.locator("[data-incoming]")).to_be_focused()
    expect(second.locator("[data-incoming-parts] li")).to_have_count(2)
    assert "done" not in second.evaluate(STATE)
    second.locator("[data-incoming-add]").click()

    assert done_parts(second, base) == [0, 3]
    assert CANARY not in second.evaluate(STATE)


@pytest.mark.parametrize("notes", [False, True])
def test_progress_is_rebuilt_on_another_device_from_the_link(device, base, notes):
    first, second = device(), device()
    finish(first, base, 4)
    write(first, base, 1, CANARY + " åäö 😀")
    _code, link = take_along(first, base, notes=notes)

    second.goto(link)
    expect(second.locator("[data-incoming]")).to_be_focused()
    assert "#" not in second.url
    second.locator("[data-incoming-add]").click()

    assert done_parts(second, base) == [4]
    second.goto(base + programme.PARTS[1])
    expected = CANARY + " åäö 😀" if notes else ""
    expect(second.locator("textarea[data-answer]").first).to_have_value(expected)


def test_progress_and_notes_are_rebuilt_from_a_file(device, base, tmp_path):
    first, second = device(), device()
    finish(first, base, 2)
    write(first, base, 1, "pitkä teksti " * 300)
    take_along(first, base, notes=True)
    with first.expect_download() as download:
        first.locator("[data-save]").click()
    download.value.save_as(tmp_path / "ohjelma.txt")

    second.goto(base + programme.PATH)
    second.locator("[data-bring] summary").click()
    second.locator("[data-file]").set_input_files(tmp_path / "ohjelma.txt")
    second.locator("[data-incoming-add]").click()

    assert done_parts(second, base) == [2]
    assert "pitkä teksti" in second.evaluate(STATE)


def test_texts_that_differ_are_asked_about_and_never_lost(device, base):
    first, second, third = device(), device(), device()
    finish(first, base, 0)
    write(first, base, 1, "Toisella laitteella")
    _code, link = take_along(first, base, notes=True)
    for page in (second, third):
        finish(page, base, 3)
        write(page, base, 1, "Tällä laitteella")
        page.goto(link)
        expect(page.locator("[data-incoming-clash]")).to_be_visible()

    second.locator("[data-incoming-leave]").click()
    assert done_parts(second, base) == [3]
    second.goto(link)
    second.locator("[data-incoming-add]").click()
    third.locator("[data-incoming-replace]").click()

    for page, text in ((second, "Tällä"), (third, "Toisella")):
        assert done_parts(page, base) == [0, 3]
        page.goto(base + programme.PARTS[1])
        first_field = page.locator("textarea[data-answer]").first
        expect(first_field).to_have_value(f"{text} laitteella")


def test_codes_that_are_wrong_are_refused_kindly_and_change_nothing(device, base):
    page = device()
    finish(page, base, 1)
    write(page, base, 1, "Oma teksti")
    code, link = take_along(page, base, notes=True)
    before = page.evaluate(STATE)
    plain = code.replace(" ", "")
    other = device()
    other.goto(
        base + programme.PATH.replace(programme.SLUG, f"toinen-{programme.SLUG}")
    )
    other.locator("[data-carry] summary").first.click()
    foreign = other.locator("[data-paper-code]").text_content()
    place = next(n for n in range(len(plain)) if plain[n] != plain[n + 1])
    swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
    wrong = plain[:-1] + ("0" if plain[-1] != "0" else "2")
    reasons = {
        "": "empty",
        "   ": "empty",
        "ÄÄÄÄÄÄ": "characters",
        "<script>alert(1)</script>": "characters",
        "123": "length",
        "1" * 200: "length",
        wrong: "check",
        swapped: "check",
        foreign: "other-programme",
        link[:-9]: "unreadable",
        link.replace("#code=z.", "#code=z.AAAA"): "unreadable",
        "z.%%%": "unreadable",
        "j.": "unreadable",
        "https://esimerkki.example/": "unreadable",
    }
    for typed, reason in reasons.items():
        type_code(page, base, typed)
        error = page.locator("[data-code-error]")
        expected = error.get_attribute(f"data-{reason}")
        assert expected, reason
        expect(error, typed).to_have_text(expected)
        expect(page.locator("[data-code]")).to_be_focused()
        expect(page.locator("[data-incoming]")).to_be_hidden()
        assert page.evaluate(STATE) == before, typed

    page.goto(base + programme.PATH + "#code=" + "x" * 50)
    expect(page.locator("[data-code-error]")).not_to_be_empty()
    assert page.evaluate(STATE) == before


def test_long_code_with_hostile_content_is_refused(device, base):
    page = device()
    page.goto(base + programme.PATH)
    key = page.locator("[data-programme]").get_attribute("data-programme")
    hostile = [
        {"p": key, "d": "1", "l": 0, "n": {}},
        {"p": key, "d": [1.5], "l": 0, "n": {}},
        {"p": key, "d": [10**9], "l": 0, "n": {}},
        {"p": key, "d": [], "l": 0, "n": {"1": {"__proto__x": "a"}}},
        {"p": key, "d": [], "l": 0, "n": {"1": {"a-b": {"c": 1}}}},
        {"p": key, "d": [], "l": 0, "n": {"1": {"a-b": "x" * 5000}}},
        {"p": key, "d": [], "l": 0, "n": None},
        {"p": key, "d": [1] * 400_000, "l": 0, "n": {}},
        {"p": key, "d": [1, 2, 1], "l": 0, "n": {}},
        {"p": key, "d": [61], "l": 0, "n": {}},
        {"p": key, "d": [], "l": 0, "n": {f"1.{'0' * n}": {} for n in range(1, 99)}},
        {"p": key, "d": [], "l": 0, "n": {"1": {f"a-{n}": "b" for n in range(1001)}}},
        None,
        [],
    ]
    for content in hostile:
        packed = page.evaluate(PACK, json.dumps(content))
        type_code(page, base, packed)
        error = page.locator("[data-code-error]")
        expect(error).to_have_text(error.get_attribute("data-unreadable"))
    bomb = page.evaluate(PACK, json.dumps("x" * 3_000_000))
    assert len(bomb) < 10_000
    type_code(page, base, bomb)
    error = page.locator("[data-code-error]")
    expect(error).to_have_text(error.get_attribute("data-unreadable"))
    assert page.evaluate(KEPT) == []


PACK = """async (text) => {
    const json = new TextEncoder().encode(text);
    let crc = -1;
    for (const byte of json) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit += 1) {
            crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
        }
    }
    const bytes = new Uint8Array(json.length + 4);
    new DataView(bytes.buffer).setUint32(0, ~crc >>> 0);
    bytes.set(json, 4);
    const packer = new CompressionStream("deflate");
    const stream = new Blob([bytes]).stream().pipeThrough(packer);
    const packed = new Uint8Array(await new Response(stream).arrayBuffer());
    const characters = Array.from(packed, (byte) => String.fromCharCode(byte)).join("");
    const text64 = btoa(characters).replaceAll("+", "-").replaceAll("/", "_");
    return "z." + text64.replaceAll("=", "");
}"""


def test_browser_writes_codes_that_the_server_knows(device, base):
    page = device()
    page.goto(base + programme.PATH)
    keys = [
        "8f14e45f-ceea-467f-a9bd-1c2b3d4e5f60",
        "00000000-0000-4000-8000-000000000000",
    ]
    for key in keys:
        for numbers in ([], [1], [5], [6], [1, 2, 3], [2, 9, 14], list(range(1, 21))):
            written = page.evaluate(
                """async ([key, numbers]) => {
                    const codes = await import("/static/js/programme-code.js");
                    const code = codes.shortCode(key, numbers);
                    const typed = codes.inGroups(code).toLowerCase();
                    return [code, (await codes.readCode(key, typed)).done];
                }""",
                [key, numbers],
            )
            assert written == [code_of(UUID(key), numbers), numbers]
            assert is_code_of(written[0], UUID(key))


def test_one_button_clears_the_device_after_asking(device, base):
    page = device()
    other = programme.PARTS[1].replace(programme.SLUG, f"toinen-{programme.SLUG}")
    for path in (programme.PARTS[1], other):
        page.goto(base + path)
        page.locator("textarea[data-answer]").first.fill(CANARY)
    page.evaluate("localStorage.setItem('muu', 'jää')")
    assert len(page.evaluate(KEPT)) == 2

    page.locator("[data-clear-open]").click()
    expect(page.locator("[data-clear-no]")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("[data-clear-open]").click()
    page.keyboard.press("Escape")
    assert len(page.evaluate(KEPT)) == 2

    page.locator("[data-clear-open]").click()
    page.locator("[data-clear-yes]").click()
    expect(page.locator("[data-clear-status]")).not_to_be_empty()
    expect(page.locator("textarea[data-answer]").first).to_have_value("")
    assert page.evaluate(KEPT) == []
    assert page.evaluate("localStorage.getItem('muu')") == "jää"
    page.reload()
    expect(page.locator("textarea[data-answer]").first).to_have_value("")


@pytest.mark.parametrize("spoil", ["", FULL_STORAGE])
def test_clearing_empties_every_tab(device, base, spoil):
    """Also the field that has the focus there, and what there was no room to keep."""
    writing = device()
    reading, clearing = writing.context.new_page(), writing.context.new_page()
    writing.add_init_script(spoil)
    write(writing, base, 1, CANARY)
    expect(writing.locator("textarea[data-answer]").first).to_be_focused()
    finish(clearing, base, 0)
    write(clearing, base, 2, CANARY)
    _code, link = take_along(reading, base, notes=True)
    type_code(reading, base, link)
    expect(reading.locator("[data-incoming]")).to_be_visible()

    clearing.locator("[data-clear-open]").click()
    clearing.locator("[data-clear-yes]").click()

    expect(writing.locator("textarea[data-answer]").first).to_have_value("")
    expect(reading.locator("[data-incoming]")).to_be_hidden()
    expect(reading.locator("[data-code]")).to_have_value("")
    expect(reading.locator("[data-progress]")).to_be_hidden()
    expect(reading.locator("[data-link]")).not_to_have_value(re.compile("#code=[zj]"))
    writing.keyboard.type("Alusta")
    assert CANARY not in writing.evaluate(STATE)


def test_tab_in_the_background_takes_what_another_wrote_and_does_not_undo_it(
    device, base
):
    behind = device()
    front = behind.context.new_page()
    write(behind, base, 1, "Vanha")
    write(front, base, 1, "Uusi")

    expect(behind.locator("textarea[data-answer]").first).to_have_value("Uusi")
    behind.locator("textarea[data-answer]").first.press_sequentially("!")

    expect(front.locator("textarea[data-answer]").first).to_have_value("Uusi!")


def test_what_there_is_no_room_for_stays_in_its_field(device, base):
    writing = device()
    other = writing.context.new_page()
    writing.add_init_script(FULL_STORAGE)
    write(writing, base, 1, "Ei mahtunut")
    write(other, base, 1, "Muualla kirjoitettu")
    second = other.locator("textarea[data-answer]").nth(1)
    second.fill("Tämäkin")

    expect(writing.locator("textarea[data-answer]").nth(1)).to_have_value("Tämäkin")
    first = writing.locator("textarea[data-answer]").first
    expect(first).to_have_value("Ei mahtunut")


# What comes in


@pytest.mark.parametrize(("button", "said"), [("add", "added"), ("leave", "left")])
def test_focus_goes_to_what_became_of_the_code(device, base, button, said):
    first, second = device(), device()
    finish(first, base, 0)
    code, link = take_along(first, base)
    type_code(second, base, code)
    second.locator(f"[data-incoming-{button}]").press("Enter")
    expect(second.locator("[data-incoming-status]")).to_be_focused()

    second.goto("about:blank")
    second.goto(link)
    second.locator(f"[data-incoming-{button}]").press("Enter")

    status = second.locator("[data-incoming-status]")
    expect(status).to_be_focused()
    expect(status).to_have_role("status")
    expect(status).to_have_text(status.get_attribute(f"data-{said}"))
    expect(second.locator("[data-code]")).to_have_value("")


def test_what_came_is_kept_when_there_is_no_room_for_it(device, base):
    first, second = device(), device()
    finish(first, base, 0)
    write(first, base, 1, CANARY)
    _code, link = take_along(first, base, notes=True)
    second.add_init_script(FULL_STORAGE)
    second.goto(link)
    add = second.locator("[data-incoming-add]")
    add.click()

    status = second.locator("[data-incoming-status]")
    expect(status).to_have_text(status.get_attribute("data-full"))
    expect(status).to_be_focused()
    expect(second.locator("[data-code]")).to_be_visible()
    expect(second.locator("[data-code]")).to_have_value("#" + link.split("#")[1])

    second.evaluate("makeRoom()")
    add.click()

    expect(status).to_have_text(status.get_attribute("data-added"))
    assert CANARY in second.evaluate(STATE)


@pytest.mark.parametrize(
    ("button", "stays"),
    [("add", "Aikainen nukkumaanmeno"), ("replace", "Säännöllinen nousuaika")],
)
def test_one_choice_of_a_question_stays_when_two_devices_differ(
    device, base, button, stays
):
    first, second = device(), device()
    first.goto(base + programme.PARTS[0])
    first.get_by_label("Säännöllinen nousuaika").check()
    _code, link = take_along(first, base, notes=True)
    second.goto(base + programme.PARTS[0])
    second.get_by_label("Aikainen nukkumaanmeno").check()
    before = len(second.evaluate(STATE))

    second.goto(link)
    expect(second.locator("[data-incoming-clash]")).to_contain_text("1")
    second.locator(f"[data-incoming-{button}]").click()

    second.goto(base + programme.PARTS[0])
    expect(second.get_by_label(stays)).to_be_checked()
    assert len(second.evaluate(STATE)) == before


def test_link_with_notes_that_comes_late_is_not_shown(device, base):
    page = device()
    page.add_init_script(SLOW_PACKING)
    write(page, base, 1, CANARY)
    page.goto(base + programme.PATH)
    page.locator("[data-carry] summary").first.click()
    link = page.locator("[data-link]")

    page.locator("[data-with-notes]").check()
    page.locator("[data-with-notes]").uncheck()
    page.wait_for_timeout(3 * SLOW)
    expect(link).to_have_value(re.compile("#code=1"))

    page.locator("[data-with-notes]").check()
    expect(link).to_have_value(re.compile("#code=z"))  # It was slow, and does work.


def test_picture_that_comes_late_is_not_shown(device, base):
    page = device()
    page.add_init_script(SLOW_SERVER)
    finish(page, base, 0)
    take_along(page, base)
    page.locator("[data-draw]").click()
    page.locator("[data-clear-open]").click()
    page.locator("[data-clear-yes]").click()

    page.wait_for_timeout(3 * SLOW)

    expect(page.locator("[data-code-picture]")).to_be_hidden()
    page.locator("[data-draw]").click()
    expect(page.locator("[data-code-picture]")).to_be_visible()


def test_nothing_that_is_written_reaches_the_server(device, base):
    page = device()
    sent = []
    page.context.on(
        "request",
        lambda request: sent.append(
            (request.method, request.url, request.post_data, str(request.all_headers()))
        ),
    )
    finish(page, base, 0)
    for part in (0, 1, 2, 4):
        page.goto(base + programme.PARTS[part])
        for field in page.locator("textarea[data-answer]").all():
            field.fill(CANARY)
    code, link = take_along(page, base, notes=True)
    page.locator("[data-draw]").click()
    expect(page.locator("[data-code-picture]")).to_be_visible()
    size = "image => image.decode().then(() => image.naturalWidth)"
    assert page.locator("[data-code-picture]").evaluate(size) > 100
    page.goto("about:blank")
    page.goto(link)
    page.locator("[data-incoming-add]").click()
    page.goto(base + programme.PARTS[1])

    long_code = link.split("#code=")[1]
    posts = [each for each in sent if each[0] != "GET"]
    assert [post_data for _method, _url, post_data, _headers in posts] == [
        "code=" + code.replace(" ", "")
    ]
    everything = str(sent)
    assert CANARY not in everything
    assert long_code not in everything
    assert all("#" not in url and "code=" not in url for _m, url, _p, _h in sent)
    assert page.context.cookies() == []


def test_without_scripts_all_is_readable_and_nothing_pretends_to_save(device, base):
    page = device(java_script_enabled=False, viewport={"width": 320, "height": 640})
    for path in programme.PARTS:
        page.goto(base + path)
        for name in ("part-end", "clear"):
            expect(page.locator(f"[data-{name}]")).to_be_hidden()
        expect(page.locator(".exercise")).not_to_have_count(0)
        expect(page.locator(".next-step a[href^='tel:']")).to_be_visible()
        assert page.evaluate(OVERFLOW) <= 0
    page.goto(base + programme.PARTS[0])
    expect(page.locator("[data-kept]")).to_be_visible()
    page.locator(".quiz-answer summary").click()
    expect(page.get_by_text("Nousemisen voi päättää.")).to_be_visible()
    page.goto(base + programme.PARTS[3])
    expect(page.get_by_text("Hengitä sisään ja laske yhteen.")).to_be_visible()
    expect(page.locator("[data-breathing]")).to_be_hidden()
    page.goto(base + programme.PATH)
    expect(page.locator("[data-kept]")).to_be_visible()
    expect(page.locator("[data-carry]")).to_be_hidden()
    expect(page.locator("[data-done-mark]").first).to_be_hidden()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_the_exercises(device, base, width):
    axe = Axe()
    page = device(viewport={"width": width, "height": 800})
    found = []

    def look(name: str) -> None:
        result = axe.run(page, options=AXE_RULES)
        if result.violations_count:
            found.append(f"{name}\n{result.generate_report()}")
        if page.evaluate(OVERFLOW) > 0:
            found.append(f"{name}: wider than the screen")

    for path in programme.PARTS:
        page.goto(base + path)
        if page.locator("textarea[data-answer]").count():
            page.locator("textarea[data-answer]").first.fill("Kirjoitettua " * 5)
        look(path)
    page.locator("[data-clear-open]").click()
    look("the question")
    page.locator("[data-clear-no]").click()
    finish(page, base, 0)
    _code, link = take_along(page, base, notes=True)
    page.locator("[data-draw]").click()
    expect(page.locator("[data-code-picture]")).to_be_visible()
    type_code(page, base, "väärä")
    look("codes")
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator("[data-incoming]")).to_be_visible()
    look("incoming")

    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("broken", "sentence"), [(NO_STORAGE, "unavailable"), (FULL_STORAGE, "full")]
)
def test_page_says_so_when_nothing_can_be_kept(device, base, broken, sentence):
    page = device()
    page.add_init_script(broken)
    page.goto(base + programme.PARTS[1])
    page.locator("textarea[data-answer]").first.fill("Teksti")

    kept = page.locator("[data-kept]")
    expect(kept).to_have_text(kept.get_attribute(f"data-{sentence}"))
    expect(page.locator("textarea[data-answer]").first).to_have_value("Teksti")


@pytest.mark.parametrize("notes", [False, True])
def test_link_is_given_back_where_nothing_can_be_kept(device, base, notes):
    first, third = device(), device()
    second = device(viewport={"width": 320, "height": 640})
    finish(first, base, 4)
    write(first, base, 1, CANARY)
    _code, link = take_along(first, base, notes=notes)
    second.add_init_script(NO_STORAGE)

    second.goto(base + programme.PATH)
    expect(second.locator("[data-not-brought]")).to_be_hidden()
    second.goto(link)  # The same page: only the fragment changes.
    expect(second.locator("[data-not-brought]")).to_be_focused()
    second.goto("about:blank")
    second.goto(link)

    given = second.locator("[data-not-brought]")
    expect(given).to_be_focused()
    expect(given).to_contain_text("toisessa selaimessa")
    expect(given.locator("textarea")).to_have_value(link)
    assert "#" not in second.url
    assert second.evaluate(OVERFLOW) <= 0
    result = Axe().run(second, options=AXE_RULES)
    assert not result.violations_count, result.generate_report()
    third.goto(given.locator("textarea").input_value())
    third.locator("[data-incoming-add]").click()
    assert done_parts(third, base) == [4]


def test_breathing_circle_moves_only_for_those_who_want_motion(device, base):
    for motion in ("no-preference", "reduce"):
        page = device(reduced_motion=motion)
        page.goto(base + programme.PARTS[3])
        page.locator("[data-toggle]").click()
        expect(page.locator("[data-phase]")).not_to_be_empty()
        circle = page.locator(".breath-circle")
        moves = circle.evaluate("circle => circle.style.transform !== ''")
        assert moves is (motion == "no-preference")
        status = page.locator("[data-breathing] [data-status]")
        shown = page.locator("[data-breathing] [data-shown]")
        expect(status).to_have_text("Kierroksia jäljellä: 2")
        expect(shown).to_have_text("Kierroksia jäljellä: 2")
        # What is seen is right at each round; what is heard comes seldom.
        expect(shown).to_have_text("Kierroksia jäljellä: 1")
        expect(status).to_have_text("Kierroksia jäljellä: 2")
        over = page.locator("[data-breathing]").get_attribute("data-say-over")
        expect(status).to_have_text(over, timeout=8000)
        expect(shown).to_have_text(over)


def test_part_prints_as_a_worksheet(device, base):
    page = device()
    for path in (programme.PARTS[0], programme.PARTS[2]):
        page.goto(base + path)
        page.emulate_media(media="print")
        for name in (".strip", ".breadcrumbs", ".aside", "[data-kept]", ".part-end"):
            expect(page.locator(name).first).to_be_hidden()
        for name in (".site-footer", ".crisis", ".pager", "[data-clear]"):
            expect(page.locator(name).first).to_be_hidden()
        expect(page.locator(".next-step a[href^='tel:']")).to_be_visible()
        for field in page.locator("textarea[data-answer]").all():
            box = field.bounding_box()
            assert box
            assert box["height"] >= 30
        page.emulate_media(media="screen")
    expect(page.locator("[data-print]")).to_be_visible()
