from django.urls import path

from . import board, views

app_name = "event_staff"
urlpatterns = [
    path("<int:event_id>/dates/", views.dates, name="dates"),
    path("<int:event_id>/next-season/", views.next_season, name="next-season"),
    path("ending/", board.EndingSeasonsView.as_view(), name="ending"),
    path(
        "ending/results/",
        board.EndingSeasonsView.as_view(results_only=True),
        name="ending-results",
    ),
]
