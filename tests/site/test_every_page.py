"""What holds for every public page, whatever its type and language."""

import re
from html.parser import HTMLParser

import pytest
from django.apps import apps
from wagtail.models import Page, get_page_models

from home.models import BasePage
from tests import factories

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OURS = [model for model in get_page_models() if model._meta.app_label != "wagtailcore"]
ERRORS = {"/fi/ei-ole/": 404, "/fi/%00/": 400}


class Outline(HTMLParser):
    """The parts of a page that tests ask about."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def count(self, tag):
        return sum(name == tag for name, _attrs in self.tags)

    def attribute(self, tag, name):
        return [
            attrs[name] for found, attrs in self.tags if found == tag and name in attrs
        ]


def pages(client, every_page):
    for name, address in every_page.items():
        response = client.get(address)
        assert response.status_code == 200, name
        yield name, response


def test_every_type_is_built_on_our_base_and_states_its_place():
    for model in OURS:
        assert issubclass(model, BasePage), model
        assert {"parent_page_types", "subpage_types"} <= set(vars(model)), model


def test_every_type_is_among_the_pages_tried_here(every_page):
    tried = {type(page) for page in Page.objects.specific()}

    assert set(OURS) <= tried


def test_every_field_that_an_editor_sees_has_a_label():
    for model in apps.get_models():
        if model._meta.app_label not in {"home", "guides", "events"}:
            continue
        for field in model._meta.get_fields():
            if getattr(field, "editable", False) and not field.auto_created:
                label = str(getattr(field, "verbose_name", "x"))
                assert label, f"{model.__name__}.{field.name}"


def test_page_has_one_heading_its_language_and_landmarks(client, every_page):
    for name, response in pages(client, every_page):
        outline = Outline(response.text)
        language = name.rsplit(" ", 1)[1]

        assert outline.count("h1") == 1, name
        assert outline.attribute("html", "lang") == [language], name
        assert outline.count("main") == 1, name
        assert outline.attribute("meta", "name").count("description") <= 1, name


def test_crisis_help_is_on_every_page_and_on_errors(client, every_page):
    addresses = dict.fromkeys(every_page.values(), 200) | ERRORS
    for address, status in addresses.items():
        response = client.get(address)

        assert response.status_code == status
        assert 'href="tel:112"' in response.text, address


def test_public_page_sets_no_cookie_and_starts_no_session(client, every_page):
    for name, response in pages(client, every_page):
        assert not response.cookies, name
        assert "Cookie" not in response.headers.get("Vary", ""), name
        assert "csrfmiddlewaretoken" not in response.text, name


def test_policy_allows_nothing_inline_and_the_page_has_nothing_inline(
    client, every_page
):
    for name, response in pages(client, every_page):
        policy = response.headers["Content-Security-Policy"]
        outline = Outline(response.text)
        scripts = [attrs for tag, attrs in outline.tags if tag == "script"]

        assert "default-src 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert outline.count("style") == 0, name
        assert not any("style" in attrs for _tag, attrs in outline.tags), name
        assert all("src" in s or "json" in s.get("type", "") for s in scripts), name
        assert not any(
            key.startswith("on") for _tag, attrs in outline.tags for key in attrs
        ), name


def test_page_asks_nothing_of_other_hosts(client, every_page):
    for name, response in pages(client, every_page):
        outline = Outline(response.text)
        loaded = outline.attribute("img", "src") + outline.attribute("script", "src")
        loaded += [
            attrs["href"]
            for tag, attrs in outline.tags
            if tag == "link"
            and attrs.get("rel") not in {"canonical", "alternate"}
            and "href" in attrs
        ]

        assert not [url for url in loaded if re.match(r"(https?:)?//", url)], name


def test_security_headers_stand_on_pages_and_errors(client, every_page):
    for address in [*every_page.values(), *ERRORS]:
        response = client.get(address)

        for header, value in SECURITY_HEADERS.items():
            assert response.headers[header] == value, (address, header)
        assert "geolocation" in response.headers["Permissions-Policy"]


def test_page_is_answered_with_304_until_something_changes(client, every_page):
    for name, response in pages(client, every_page):
        etag = response.headers["ETag"]
        address = every_page[name]

        again = client.get(address, headers={"if-none-match": etag})

        assert again.status_code == 304, name
        assert again.headers["ETag"] == etag, name
        assert "Content-Security-Policy" in again.headers, name
        assert "max-age=0" in response.headers["Cache-Control"], name


def test_page_is_packed_for_readers_who_take_it(client, every_page):
    for name, response in pages(client, every_page):
        address = every_page[name]

        packed = client.get(address, headers={"accept-encoding": "gzip, br"})

        assert packed.headers["Content-Encoding"] == "br", name
        assert len(packed.content) < len(response.content) / 2, name
        assert "Accept-Encoding" in packed.headers["Vary"], name


def test_hreflang_links_lead_to_pages_that_exist(client, every_page):
    for name, response in pages(client, every_page):
        links = [
            attrs
            for tag, attrs in Outline(response.text).tags
            if tag == "link" and attrs.get("rel") == "alternate" and "hreflang" in attrs
        ]
        for link in links:
            path = link["href"].split("testserver", 1)[1]
            assert client.get(path).status_code == 200, (name, path)


@pytest.mark.parametrize("query", ["?x=%ff%fe&%%%", "?page=", "?q=%00&q=%22", "?&&=&"])
def test_broken_query_string_never_breaks_a_page(client, every_page, query):
    for name, address in every_page.items():
        assert client.get(address + query).status_code in {200, 404}, name


def test_page_number_of_any_size_gets_a_proper_answer(client, every_page):
    for number in ("1" + "0" * 30, "-1", "0", "abc", "²"):
        for name in ("event index fi", "search fi"):
            response = client.get(every_page[name], {"page": number, "q": "opas"})

            assert response.status_code in {200, 404}, (name, number)
            assert 'href="tel:112"' in response.text


FORMS = [
    *("/fi/palaute/", "/sv/respons/", "/en/feedback/", "/fi-simple/palaute/"),
    *("/fi/palaute/accessibility/", "/fi/palaute/sent/", "/fi/palaute/answer/"),
]


def test_pages_of_feedback_are_like_other_pages_and_are_kept_nowhere(client, homes):
    factories.make_crisis_contact(
        key="emergency", name={"fi": "Hätänumero"}, number="112", is_emergency=True
    )
    for address in FORMS:
        response = client.get(address)
        outline = Outline(response.text)

        assert response.status_code == 200, address
        assert outline.count("h1") == outline.count("main") == 1, address
        assert outline.attribute("html", "lang") == [address.split("/")[1]]
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert "no-store" in response.headers["Cache-Control"], address
        assert 'href="tel:112"' in response.text, address
        labels = set(outline.attribute("label", "for"))
        for tag, attrs in outline.tags:
            if tag in {"textarea", "select"} or attrs.get("type") in {"text", "email"}:
                assert attrs["id"] in labels or attrs.get("tabindex") == "-1", attrs
