from django.urls import path

from . import views

app_name = "search_staff"
urlpatterns = [
    path("missed/", views.missed_searches, name="missed"),
    path("missed/<row:miss_id>/synonym/", views.add_synonym, name="add-synonym"),
    path("missed/<row:miss_id>/task/", views.make_task, name="make-task"),
]
