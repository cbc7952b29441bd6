"""What is no page: a picture of a progress code."""

from django.urls import path

from . import views

urlpatterns = [
    path(
        "programmes/<row:pk>/code.svg",
        views.code_picture,
        name="programme-code-picture",
    ),
]
