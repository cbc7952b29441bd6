"""How the editor checks pages, and how it copies them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm


class SitePageForm(WagtailAdminPageForm):
    """Asks for what publishing needs only when the page is not saved as a draft."""

    asks_itself: ClassVar[tuple[str, ...]] = ("goals",)
    """Fields whose new values are not on the page yet while the form is checked."""

    def _post_clean(self) -> None:
        with self.page_in_form():
            super()._post_clean()
        if not self.is_deferred_validation:
            for name, message in self.instance.publishing_errors().items():
                if name not in self.asks_itself and name not in self.errors:
                    self.add_error(name, message)

    @contextmanager
    def page_in_form(self) -> Iterator[None]:
        self.instance.is_in_form = True
        try:
            yield
        finally:
            self.instance.is_in_form = False


class CopyWithoutAliasForm(CopyForm):
    """An alias would show one language's text under another's address (decision 8)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
