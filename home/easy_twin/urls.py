from django.urls import path

from . import views
from .report import EasyPagesView

app_name = "easy_finnish"
urlpatterns = [
    path("make/<row:page_id>/", views.make, name="make"),
    path("up-to-date/<row:page_id>/", views.up_to_date, name="up-to-date"),
    path("review/<row:page_id>/", views.selko_review, name="review"),
    path("report/", EasyPagesView.as_view(), name="report"),
    path(
        "report/results/",
        EasyPagesView.as_view(results_only=True),
        name="report-results",
    ),
]
