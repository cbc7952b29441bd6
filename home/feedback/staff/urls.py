from django.urls import path

from . import answering, comments, inbox, opinions, sorting

app_name = "feedback_staff"
urlpatterns = [
    path("", inbox.InboxView.as_view(), name="inbox"),
    path("results/", inbox.InboxView.as_view(results_only=True), name="inbox-results"),
    path("<row:feedback_id>/", answering.answer, name="answer"),
    path("<row:feedback_id>/kind/", sorting.change_kind, name="change-kind"),
    path("opinions/", opinions.OpinionsView.as_view(), name="opinions"),
    path(
        "opinions/results/",
        opinions.OpinionsView.as_view(results_only=True),
        name="opinions-results",
    ),
    path("comments/", comments.CommentsView.as_view(), name="comments"),
    path(
        "comments/results/",
        comments.CommentsView.as_view(results_only=True),
        name="comments-results",
    ),
    path(
        "comments/<row:comment_id>/handled/", comments.handled, name="comment-handled"
    ),
]
