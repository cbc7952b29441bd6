"""The feedback page and what follows “Was this useful?”, in each language."""

from django.urls import include, path, register_converter

from ..models import Feedback
from . import views
from .addresses import FEEDBACK_SLUGS


class VerdictConverter:
    regex = "yes|no"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(VerdictConverter, "verdict")

pages = [
    path("", views.feedback, name="form"),
    path(
        "accessibility/",
        views.feedback,
        {"kind": Feedback.Kind.ACCESSIBILITY},
        name="accessibility",
    ),
    path("sent/", views.sent, name="sent"),
    path("answer/", views.sent, {"wants_answer": True}, name="sent-to-answer"),
    path("page/<row:page_id>/", views.opinion, name="opinion"),
    path("page/<row:page_id>/<verdict:verdict>/", views.comment, name="comment"),
    path("page/<row:page_id>/sent/", views.comment_sent, name="comment-sent"),
]
urlpatterns = [
    path(f"{language}/{slug}/", include((pages, "feedback"), f"feedback-{language}"))
    for language, slug in FEEDBACK_SLUGS.items()
]
