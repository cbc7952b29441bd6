"""The editor's side of guidance."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Queue


class QueueViewSet(SnippetViewSet):
    model = Queue
    icon = "time"
    menu_label = _("Queues")
    menu_order = 212
    add_to_admin_menu = True
    list_display = ("name", "phone", "key")


register_snippet(QueueViewSet)
