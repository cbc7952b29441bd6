"""The interface texts in site/locale: complete, compiled, and the ones that show."""

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.template.engine import Engine
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override, pgettext

from home.management.commands.compile_catalogues import compiled

ROOT = Path(settings.BASE_DIR)
LOCALE = Path(settings.SITE_DIR) / "locale"
LANGUAGES = ("fi", "sv", "en")
OUR_APPS = ("home", "guides", "events", "search", "site")
MAKEMESSAGES = "makemessages -l fi -l sv -l en --no-location --no-obsolete"
WHAT_TO_DO = (
    f"Run `manage.py {MAKEMESSAGES}`, translate what is new in site/locale, then run"
    " `manage.py compile_catalogues`."
)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|{\w*}")


def catalogue(language, folder=LOCALE):
    return polib.pofile(str(folder / language / "LC_MESSAGES" / "django.po"))


def key(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def forms(entry):
    """The translation, or each of its forms by number."""
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


# Complete


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_none_is_a_guess(language):
    texts = catalogue(language)

    left = [entry.msgid for entry in texts if not all(forms(entry))]
    guessed = [entry.msgid for entry in texts if entry.fuzzy]

    assert not left, WHAT_TO_DO
    assert not guessed, WHAT_TO_DO
    assert not texts.obsolete_entries()


def test_all_languages_have_the_same_texts():
    finnish = {key(entry) for entry in catalogue("fi")}

    assert {key(entry) for entry in catalogue("sv")} == finnish
    assert {key(entry) for entry in catalogue("en")} == finnish


def test_english_says_what_the_code_says():
    for entry in catalogue("en"):
        wanted = [entry.msgid, *([entry.msgid_plural] if entry.msgid_plural else [])]
        assert forms(entry) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive_translation(language):
    for entry in catalogue(language):
        originals = [entry.msgid, entry.msgid_plural or entry.msgid]
        for original, translation in zip(originals, forms(entry), strict=False):
            wanted = sorted(PLACEHOLDER.findall(original))

            assert sorted(PLACEHOLDER.findall(translation)) == wanted, entry.msgid


@pytest.mark.parametrize("language", LANGUAGES)
def test_header_tells_of_no_person_and_no_machine(language):
    texts = catalogue(language)
    header = "\n".join([texts.header, *texts.metadata.values()])

    assert "/" not in texts.header
    assert "@" not in header
    assert texts.metadata["Last-Translator"] == ""
    assert texts.metadata["Language"] == language


@pytest.mark.skipif(
    shutil.which("xgettext") is None,
    reason="xgettext is not installed (the Debian package gettext has it)",
)
def test_makemessages_finds_nothing_new_and_nothing_gone(tmp_path):
    """In a copy: it writes into the folder it reads."""
    for name in OUR_APPS:
        shutil.copytree(
            ROOT / name,
            tmp_path / name,
            ignore=shutil.ignore_patterns("__pycache__", "content", "static"),
        )
    shutil.copy(ROOT / "manage.py", tmp_path)
    (tmp_path / "site" / "static").mkdir()

    done = subprocess.run(
        [sys.executable, "manage.py", *MAKEMESSAGES.split()],
        cwd=tmp_path,
        env=os.environ | {"NO_BOOTSTRAP": "1", "VAR_DIR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    for language in LANGUAGES:
        found = {key(entry) for entry in catalogue(language, tmp_path / "site/locale")}
        ours = {key(entry) for entry in catalogue(language)}
        assert found - ours == set(), WHAT_TO_DO
        assert ours - found == set(), WHAT_TO_DO


# Compiled


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_file_holds_what_its_source_says(language):
    source = LOCALE / language / "LC_MESSAGES" / "django.po"

    assert source.with_suffix(".mo").read_bytes() == compiled(source), WHAT_TO_DO


def test_compiling_does_not_depend_on_when_the_texts_were_gathered(tmp_path):
    texts = catalogue("sv")
    texts.metadata["POT-Creation-Date"] = "2001-01-01 00:00+0000"
    texts.save(str(tmp_path / "django.po"))

    source = LOCALE / "sv" / "LC_MESSAGES" / "django.po"
    assert compiled(tmp_path / "django.po") == compiled(source)


# Shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_words_win_over_those_of_every_package(language):
    with override(language):
        for entry in catalogue(language):
            if entry.msgid_plural:
                shown = [
                    ngettext(entry.msgid, entry.msgid_plural, number)
                    for number in (1, 2)
                ]
            elif entry.msgctxt:
                shown = [pgettext(entry.msgctxt, entry.msgid)]
            else:
                shown = [gettext(entry.msgid)]

            assert shown == forms(entry), entry.msgid


def test_a_text_that_wagtail_has_too_is_shown_in_our_words():
    """Wagtail says “Linkkipolku” and “Avbruten”."""
    theirs = words_of_packages("fi")["Breadcrumb"]

    with override("fi"):
        assert gettext("Breadcrumb") == "Murupolku" != theirs
    with override("sv"):
        assert gettext("Cancelled") == "Inställt"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ["Siirry sisältöön", "Hae sivustolta", "Valikko"]),
        ("sv", ["Gå till innehållet", "Sök på webbplatsen", "Meny"]),
        ("en", ["Skip to content", "Search the site", "Menu"]),
        ("fi-simple", ["Siirry sisältöön", "Hae sivustolta", "Valikko"]),
    ],
)
def test_page_speaks_its_own_language(client, homes, language, words):
    text = client.get(f"/{language}/").text

    for word in words:
        assert word in text


@cache
def words_of_packages(language):
    """The packages' own texts by what the code says, Wagtail's first."""
    words = {}
    for app in sorted(apps.get_app_configs(), key=lambda app: app.name, reverse=True):
        source = Path(app.path) / "locale" / language / "LC_MESSAGES" / "django.mo"
        if source.exists():
            texts = polib.mofile(str(source))
            words |= {e.msgid: e.msgstr for e in texts} | words
    return words


class Reader(HTMLParser):
    """What somebody reads or hears of a page, without what is in another language."""

    HEARD = frozenset({"alt", "aria-label", "placeholder", "title"})
    SILENT = frozenset({"script", "style"})
    EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "source"})

    def __init__(self, html, language=""):
        super().__init__()
        self.parts = []
        self.language = language
        self.open = [("", language)]
        self.feed(html)

    def is_ours(self):
        return not self.language or self.open[-1][1] == self.language

    def handle_starttag(self, tag, attrs):
        language = dict(attrs).get("lang", self.open[-1][1])
        self.open.append((tag, language))
        if self.is_ours():
            self.parts += [text for name, text in attrs if name in self.HEARD and text]
        if tag in self.EMPTY:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag in {name for name, _language in self.open[1:]}:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        if self.open[-1][0] not in self.SILENT and self.is_ours():
            self.parts.append(" ".join(data.split()))


def english_on(html, language):
    """Phrases that the code says in English and a catalogue in the language."""
    read = " | ".join(Reader(html, language).parts)
    return [
        said
        for said in english_phrases(language.split("-")[0])
        if said in read and re.search(rf"\b{re.escape(said)}\b", read)
    ]


@cache
def english_phrases(language):
    """Of two words and more: single ones may be words of the language too."""
    ours = {entry.msgid: entry.msgstr for entry in catalogue(language)}
    return [
        said.strip()
        for said, translation in (words_of_packages(language) | ours).items()
        if " " in said.strip() and "%" not in said and said.strip() not in translation
    ]


@pytest.mark.parametrize("language", ["fi", "sv", "fi-simple"])
def test_no_page_for_residents_shows_english(client, every_page, language):
    ours = {n: a for n, a in every_page.items() if n.split(" ")[-1] == language}

    for name, address in (ours | {"lost": f"/{language}/x/"}).items():
        assert english_on(client.get(address).text, language) == [], name


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_signing_in_shows_no_english(client, homes, administrator, settings, language):
    settings.LANGUAGE_CODE = language  # What has no language in its address.
    doors = ["account_login", "account_reset_password", "account_reset_password_done"]
    inside = ["account_change_password", "account_email", "mfa_index", "account_logout"]
    inside += ["mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"]

    pages = {name: client.get(reverse(name)) for name in doors}
    wrong = {"login": "nobody@example.org", "password": "wrong"}
    pages["wrong password"] = client.post(reverse("account_login"), wrong)
    client.force_login(administrator)
    pages |= {name: client.get(reverse(name), follow=True) for name in inside}

    for name, response in pages.items():
        assert response.status_code == 200, name
        assert english_on(response.text, language) == [], name


def test_templates_hold_no_words_outside_the_catalogues():
    not_text = re.compile(
        r"{#.*?#}"
        r"|{%\s*comment\b.*?endcomment\s*%}"
        r"|{%\s*block look\s*%}.*?endblock"  # It is a class name.
        r"|{%\s*block canonical_query\s*%}.*?endblock"  # Part of an address.
        r"|{%\s*blocktranslate\b.*?endblocktranslate\s*%}"
        r"|{%.*?%}|{{.*?}}",
        re.DOTALL,
    )
    templates = [
        path for name in OUR_APPS for path in (ROOT / name).rglob("templates/**/*.html")
    ]
    assert len(templates) > 30

    for path in templates:
        source = path.read_text(encoding="utf-8")
        Engine.get_default().from_string(source)  # It is a template.
        for part in Reader(not_text.sub("x", source)).parts:
            assert not re.search(r"[^\W\d_x]{2,}", part), f"{path}: {part}"
