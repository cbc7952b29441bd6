"""Links between pages in rich text, without queries on every visit."""

from django.core.cache import cache
from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from .languages import current_language
from .models import ContentVersion

SECONDS = 60 * 60


class RememberingPageLinkHandler(PageLinkHandler):
    """Each link is looked up once for each content version and language."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        start = f"link:{ContentVersion.current()}:{current_language()}:"
        keys = [f"{start}{attrs.get('id')}" for attrs in attrs_list]
        known = cache.get_many(keys)
        missing = [
            (key, attrs)
            for key, attrs in zip(keys, attrs_list, strict=True)
            if key not in known
        ]
        if missing:
            pages = cls.get_many([attrs for _key, attrs in missing])
            found = {
                key: f'<a href="{escape(page.localized.url)}">' if page else "<a>"
                for (key, _attrs), page in zip(missing, pages, strict=True)
            }
            cache.set_many(found, SECONDS)
            known |= found
        return [known[key] for key in keys]
