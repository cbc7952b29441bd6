"""The site's addresses, and two to compare with."""

from django.urls import path

from config import urls as site

from . import views

urlpatterns = [
    path("fi/proof/empty/", views.empty),
    path("fi/proof/rows/", views.rows),
    *site.urlpatterns,
]
handler400 = site.handler400
handler403 = site.handler403
handler404 = site.handler404
handler500 = site.handler500
