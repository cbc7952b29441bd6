"""The door's pages. Included once for each language (`events.urls`)."""

from django.urls import path

from . import (
    advice_views,
    answer_views,
    draft_views,
    group_views,
    own_data_views,
    people_views,
    preview_views,
    report_views,
    sending_views,
    sign_in_views,
    step_views,
    why_views,
)

urlpatterns = [
    path("", sign_in_views.start, name="start"),
    path("then/<str:wanted>/", sign_in_views.start, name="start"),
    path("code/", sign_in_views.code, name="code"),
    path("key/<str:token>/", sign_in_views.key, name="key"),
    path("out/", sign_in_views.out, name="out"),
    path("confirm/<str:token>/", answer_views.confirm, name="confirm"),
    path("groups/", group_views.groups, name="groups"),
    path("groups/<row:event_id>/", group_views.group, name="group"),
    path(
        "groups/<row:event_id>/next-season/",
        group_views.next_season,
        name="next-season",
    ),
    path("organisations/<slug:slug>/people/", people_views.people, name="people"),
    path("own-data/", own_data_views.own_data, name="own-data"),
    path("own-data/file/", own_data_views.file, name="own-data-file"),
    path("groups/<row:event_id>/why/", why_views.why, name="why"),
    path("advice/<str:step>/", advice_views.advice, name="advice"),
    path("report/<row:event_id>/", report_views.report, name="report"),
    path("report/<row:event_id>/sent/", report_views.sent, name="report-sent"),
    path("new/", draft_views.new, name="new"),
    path("change/<row:event_id>/", draft_views.change, name="change"),
    path("draft/<uuid:key>/delete/", draft_views.delete, name="delete"),
    path("draft/<uuid:key>/another/", draft_views.another, name="another"),
    path("draft/<uuid:key>/anew/", draft_views.anew, name="anew"),
    path("draft/<uuid:key>/check/", sending_views.check, name="check"),
    path("draft/<uuid:key>/sent/", sending_views.sent, name="sent"),
    path("draft/<uuid:key>/withdraw/", sending_views.withdraw, name="withdraw"),
    path("draft/<uuid:key>/preview/<str:code>/", preview_views.preview, name="preview"),
    path("draft/<uuid:key>/<str:step>/", step_views.step, name="step"),
]
