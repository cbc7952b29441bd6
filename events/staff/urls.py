from django.urls import path

from . import board, error_reports, moderation_views, queue, silent, views, why_view

app_name = "event_staff"
urlpatterns = [
    path("<row:event_id>/dates/", views.dates, name="dates"),
    path("<row:event_id>/next-season/", views.next_season, name="next-season"),
    path("<row:event_id>/why/", why_view.why, name="why"),
    path("errors/", error_reports.ErrorReportsView.as_view(), name="reports"),
    path(
        "errors/results/",
        error_reports.ErrorReportsView.as_view(results_only=True),
        name="reports-results",
    ),
    path(
        "errors/<row:report_id>/handled/",
        error_reports.handled,
        name="report-handled",
    ),
    path("waiting/", queue.QueueView.as_view(), name="queue"),
    path(
        "waiting/results/",
        queue.QueueView.as_view(results_only=True),
        name="queue-results",
    ),
    path("waiting/several/", moderation_views.submissions, name="submissions"),
    path(
        "waiting/<row:submission_id>/",
        moderation_views.submission,
        name="submission",
    ),
    path("ending/", board.EndingSeasonsView.as_view(), name="ending"),
    path(
        "ending/results/",
        board.EndingSeasonsView.as_view(results_only=True),
        name="ending-results",
    ),
    path("silent/", silent.SilentGroupsView.as_view(), name="silent"),
    path(
        "silent/results/",
        silent.SilentGroupsView.as_view(results_only=True),
        name="silent-results",
    ),
]
