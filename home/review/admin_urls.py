from django.urls import path

from . import report, staff_views

app_name = "review_staff"
urlpatterns = [
    path("", report.ReviewsView.as_view(), name="report"),
    path(
        "results/", report.ReviewsView.as_view(results_only=True), name="report-results"
    ),
    path("<row:page_id>/", staff_views.page_reviews, name="page"),
    path("withdraw/<row:review_id>/", staff_views.withdraw, name="withdraw"),
]
