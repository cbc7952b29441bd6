"""Addresses. What residents use stands under a language; the rest is for machines."""

from allauth import urls as allauth_urls
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns
from wagtail.views import serve as serve_page

from events import urls as events_urls
from events.feeds import urls as feed_urls
from events.sitemaps import EventSitemap, OrganisationSitemap, VenueSitemap
from guides import urls as guides_urls
from home import health, wellknown
from home.feedback import urls as feedback_urls
from home.review import urls as review_urls
from home.sitemaps import PageSitemap
from home.stateless import stateless
from search import urls as search_urls
from search.sitemaps import NeedFinderSitemap

# The editor starts its date pickers from inline scripts: a policy of its own.
editor_urls = decorate_urlpatterns(
    wagtailadmin_urls.urlpatterns, csp_override(settings.EDITOR_CSP)
)
# Pages know no token: what a form on one of them sends is answered and forgotten.
page_url = re_path(
    wagtail_urls.serve_pattern, stateless(serve_page), name="wagtail_serve"
)
# Signed in or not, nothing of these pages is kept on the way.
account_urls = decorate_urlpatterns(allauth_urls.urlpatterns, never_cache)
sections = {
    "pages": PageSitemap,
    "events": EventSitemap,
    "organisers": OrganisationSitemap,
    "venues": VenueSitemap,
    "need-finder": NeedFinderSitemap,
}

urlpatterns = [
    path("", RedirectView.as_view(url=f"/{settings.LANGUAGE_CODE}/")),
    path(
        "favicon.ico",
        RedirectView.as_view(url=f"{settings.STATIC_URL}icons/favicon.svg"),
    ),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("robots.txt", wellknown.robots),
    path(".well-known/security.txt", wellknown.security_txt),
    path(
        "sitemap.xml",
        sitemaps.index,
        {"sitemaps": sections, "sitemap_url_name": "sitemap-section"},
    ),
    path(
        "sitemap-<section>.xml",
        sitemaps.sitemap,
        {"sitemaps": sections},
        name="sitemap-section",
    ),
    path(
        "admin/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
    ),
    path("admin/", include(editor_urls)),
    path("accounts/", include(account_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *review_urls.urlpatterns,
    *feedback_urls.urlpatterns,
    *search_urls.urlpatterns,
    *guides_urls.urlpatterns,
    *events_urls.urlpatterns,
    *feed_urls.urlpatterns,
    *i18n_patterns(page_url, path("", include(wagtail_urls))),
]

if settings.SERVES_MEDIA:
    urlpatterns.insert(
        0, path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})
    )

handler400 = "home.views.bad_request"
handler403 = "home.views.permission_denied"
handler404 = "home.views.page_not_found"
handler500 = "home.views.server_error"
