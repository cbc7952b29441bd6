"""The abstract bases of our page types.

`WAGTAIL_PAGE_MODEL` stays unset: wagtail-localize does not work with it.
"""

from collections.abc import Iterable
from datetime import timedelta
from http import HTTPMethod
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import NoFutureDateValidator, StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField

from ..admin_forms import CopyWithoutAliasForm, SitePageForm
from ..blocks import SourceBlock
from ..easy_twin.panel import EasySourcePanel
from .fingerprints import fingerprint_of
from .keywords import Keyword
from .locales import code_of
from .previews import ShownInEditor
from .restrictions import restricted_paths
from .review import LONGEST_SHOWN_NAME, PageReview
from .stored_texts import newest_text


class SitePageQuerySet(PageQuerySet):
    def for_readers_of(self, locale: Any, main: Any) -> "SitePageQuerySet":
        """Live pages in the reader's language, then those only in Finnish.

        There are no alias pages (decision 8): what has no translation is listed
        in Finnish and marked so. Two `Locale` rows go in.
        """
        pages = self.live().public().filter(locale__in=(locale, main))
        if locale == main:
            return pages
        translated = self.model.objects.live().filter(
            translation_key=models.OuterRef("translation_key"), locale=locale
        )
        return pages.exclude(models.Q(locale=main) & models.Exists(translated))

    def findable(self) -> "SitePageQuerySet":
        """What the search may find."""
        return self.live().public()

    def with_goal(self, goal: Any) -> "SitePageQuerySet":
        return self.filter(goals=goal)

    def having(self, topic: str, terms: Iterable[Any], name: str) -> "SitePageQuerySet":
        """With how many of the terms each page has, under the name; `topic` is a
        relation of `TopicMixin`. Counted apart: joins would multiply each other."""
        relation = self.model._meta.get_field(topic)
        page, term = relation.m2m_field_name(), relation.m2m_reverse_field_name()
        links = relation.remote_field.through._default_manager.filter(
            **{page: models.OuterRef("pk"), f"{term}__in": [each.pk for each in terms]}
        )
        number = links.order_by().values(page).annotate(number=models.Count("pk"))
        return self.annotate(
            **{name: Coalesce(models.Subquery(number.values("number")), 0)}
        )


SitePageManager = PageManager.from_queryset(SitePageQuerySet)


class PublishingRules(models.Model):
    """What a page needs before residents see it. A draft may lack any of it."""

    is_in_form = False
    """True while a form checks the page: the form then asks for the rules itself."""

    class Meta:
        abstract = True

    def publishing_errors(self) -> dict[str, Any]:
        """What is missing, a sentence for each field."""
        return {}

    def clean(self) -> None:
        super().clean()
        live = getattr(self, "live", False)  # A page has it.
        if live and not self.is_in_form and (errors := self.publishing_errors()):
            raise ValidationError(errors)


class BasePage(ShownInEditor, PublishingRules, Page):
    """What every page of the site has. Each type states its place in the tree."""

    objects: ClassVar[Any] = SitePageManager()
    base_form_class = SitePageForm
    copy_form_class = CopyWithoutAliasForm
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    """A type with a form adds POST; it is answered statelessly (`home.stateless`)."""
    content_panels = [EasySourcePanel(), *Page.content_panels]
    is_translated_as_page = True
    """False: it has no page in other languages that an editor would make."""

    is_sensitive = False
    """True: the page shows a button that leaves it quickly."""

    asks_if_useful = False
    """True: at its end readers are asked whether it was useful."""

    beside_template = ""
    """Shows who reviews it what the page says but no field of it holds; takes page."""

    readable_fields: tuple[str, ...] = ()
    """Texts whose readability is measured, in the order in which they are read."""

    class Meta:
        abstract = True

    @property
    def is_restricted(self) -> bool:
        """It is not for everybody: it asks for a password or an account."""
        return any(self.path.startswith(path) for path in restricted_paths())

    @property
    def part_of(self) -> Any:
        """The reviewed page that this one is reviewed with; None: it stands alone."""
        return None

    @classmethod
    def read_beside(cls, content: dict[str, Any]) -> Any:
        """What a version says besides its fields, to tell whether it has changed."""
        return None

    @cached_property
    def language(self) -> str:
        """The language of the content, for the `lang` attribute."""
        return code_of(self.locale_id)

    def create_alias(self, *args: Any, **kwargs: Any) -> Page:
        raise PermissionDenied(
            _("There are no alias pages: a list shows what is not translated anyway.")
        )


class TopicMixin(PublishingRules):
    """Goals, themes and target groups: how a page is found and where it is listed."""

    goals = ParentalManyToManyField(
        "home.Goal",
        verbose_name=_("goals"),
        help_text=_("The page is listed under these goals. Choose at least one."),
    )
    themes = ParentalManyToManyField(
        "home.Theme",
        blank=True,
        verbose_name=_("themes"),
        help_text=_("Groups with the same theme are shown on the page."),
    )
    target_groups = ParentalManyToManyField(
        "home.TargetGroup", blank=True, verbose_name=_("target groups")
    )
    keywords = ParentalManyToManyField(
        "home.Keyword",
        blank=True,
        verbose_name=_("keywords"),
        help_text=_("The page is found by these, in every language."),
    )

    search_fields = [
        index.RelatedFields(name, [index.SearchField("name", boost=0.75)])
        for name in ("themes", "target_groups")
    ] + [index.RelatedFields("keywords", Keyword.search_fields)]

    SEARCHED_TOPICS = ("themes", "target_groups", "keywords")

    @cached_property
    def goal_list(self) -> list[Any]:
        """The goals in the report's order; one query for all that shows them."""
        return list(self.goals.all())

    @cached_property
    def target_group_list(self) -> list[Any]:
        """As above."""
        return list(self.target_groups.all())

    topic_panels = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "goals",
                    widget=forms.CheckboxSelectMultiple,
                    required_on_save=False,
                ),
                FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
                FieldPanel("target_groups", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("Where the page is listed"),
        ),
        MultiFieldPanel(
            [FieldPanel("keywords", widget=forms.CheckboxSelectMultiple)],
            heading=_("Keywords"),
            classname="collapsed",
        ),
    ]

    override_translatable_fields = [
        SynchronizedField("goals", overridable=False),
        SynchronizedField("themes", overridable=False),
        SynchronizedField("target_groups", overridable=False),
        SynchronizedField("keywords", overridable=False),
    ]

    class Meta:
        abstract = True

    def publishing_errors(self) -> dict[str, Any]:
        errors = super().publishing_errors()
        if not self.goals.all():
            errors["goals"] = _("Choose at least one goal.")
        return errors


LONGEST_BETWEEN_REVIEWS = timedelta(days=731)


def wait_for_answer(page: int) -> None:
    """Until the answer of a reviewer that is being stored about it has been stored."""
    pages = Page.objects.select_for_update(no_key=True)
    pages.filter(pk=page).values_list("pk").first()


class OwnField(BaseTranslatableField):
    """Each language has a value of its own: neither translated nor synchronised."""


class ReviewedMixin(PublishingRules):
    """Who answers for the content and how fresh it is, shown at the page's end."""

    content_owner = models.CharField(
        _("owner"),
        max_length=120,
        help_text=_("The team that keeps the page. Shown to readers."),
    )
    reviewer = models.CharField(
        _("reviewer"),
        max_length=LONGEST_SHOWN_NAME,
        blank=True,
        help_text=_("Name or title of the professional who checked the content."),
    )
    kept_by = models.ForeignKey(
        "home.ReviewPerson",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("mail of the owner"),
        help_text=_("Who is told when a review is due or has been given. Not public."),
    )
    reviewed_by = models.ForeignKey(
        "home.ReviewPerson",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("mail of the reviewer"),
        help_text=_("Who is asked to review the page, by a link. Not public."),
    )
    last_reviewed = models.DateField(
        _("last reviewed"),
        null=True,
        blank=True,
        validators=[NoFutureDateValidator()],
        help_text=_(
            "The page cannot be published without this date. A reviewer's answer by"
            " link sets it."
        ),
    )
    next_review = models.DateField(
        _("next review"),
        null=True,
        blank=True,
        help_text=_("At most two years later. Shown to readers."),
    )
    changed_since_review = models.BooleanField(
        default=False,
        editable=False,
        help_text="Readers see another text than the one that was reviewed by link.",
    )
    sources = StreamField(
        [("source", SourceBlock())],
        blank=True,
        verbose_name=_("sources"),
        help_text=_("Listed at the end of the page."),
    )

    review_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("content_owner"), FieldPanel("reviewer")]),
                FieldRowPanel([FieldPanel("kept_by"), FieldPanel("reviewed_by")]),
                FieldRowPanel([FieldPanel("last_reviewed"), FieldPanel("next_review")]),
                FieldPanel("sources"),
            ],
            heading=_("Review and sources"),
        )
    ]

    REVIEW_OF_ONE_LANGUAGE = (
        "reviewer",
        "reviewed_by",
        "last_reviewed",
        "next_review",
    )
    override_translatable_fields = [
        OwnField(name) for name in ("kept_by", *REVIEW_OF_ONE_LANGUAGE)
    ]

    class Meta:
        abstract = True

    def copy_for_translation(self, *args: Any, **kwargs: Any) -> Page:
        """Who has read the text in one language has not read it in another. Who keeps
        the page is a first guess."""
        excluded = [*(kwargs.pop("exclude_fields", None) or ())]
        return super().copy_for_translation(  # type: ignore[misc]  # A page's.
            *args, exclude_fields=[*excluded, *self.REVIEW_OF_ONE_LANGUAGE], **kwargs
        )

    def publishing_errors(self) -> dict[str, Any]:
        """A translation begins without them."""
        errors = super().publishing_errors()
        if not self.reviewer:
            errors["reviewer"] = _("Write who has checked the content.")
        if self.last_reviewed is None:
            errors["last_reviewed"] = _("Write when the content was last checked.")
        if self.next_review is None:
            errors["next_review"] = _("Write when the content is checked again.")
        return errors

    def reviewed_parts(self) -> list[Any]:
        """Pages whose text belongs to this one's review, in their order."""
        return []

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whatever saves the page: a copy in memory may be older than a review."""
        if not self.pk or kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            # An answer that is being stored is then not undone.
            wait_for_answer(self.pk)
            self.keep_review()
            super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A version as the editor opens and publishes it, with dates not undone."""
        version = super().with_content_json(content)  # type: ignore[misc]  # A page's.
        version.keep_review()
        return version

    def keep_review(self) -> None:
        """The dates of the review in force stand, until an editor types later ones,
        and with them who answered: readers see both in the page's own row.

        A version that was saved before the review knew nothing of it, whatever it says.
        """
        page: Any = self
        in_force = PageReview.objects.in_force().filter(page=page.pk)
        review = in_force.without_text().first()
        if review is None:
            if page.last_reviewed is None:
                self.take_over_approval()
            return
        saved_at = page.latest_revision_created_at
        if (
            page.last_reviewed is None
            or page.last_reviewed < review.reviewed_on
            or saved_at is None
            or saved_at < review.decided_at
        ):
            page.last_reviewed = review.reviewed_on
            page.next_review = review.next_review
        if page.last_reviewed == review.reviewed_on:
            page.reviewer = review.shown_name or page.reviewer

    def take_over_approval(self) -> None:
        """A page that was never reviewed before can be published with the answer."""
        page: Any = self
        approvals = PageReview.objects.standing().filter(page=page.pk)
        approval = approvals.without_text().first()
        if approval is None:
            return
        parts = [newest_text(part).content for part in self.reviewed_parts()]
        text = fingerprint_of(type(page), page.serializable_data(), parts)
        if approval.fingerprint == text:
            page.last_reviewed = approval.reviewed_on
            page.next_review = approval.next_review
            page.reviewer = approval.shown_name or page.reviewer

    def clean(self) -> None:
        super().clean()
        if (
            self.last_reviewed
            and self.next_review
            and self.next_review <= self.last_reviewed
        ):
            message = _("The next review has to be after the last one.")
            raise ValidationError({"next_review": message})
        if (
            self.last_reviewed
            and self.next_review
            and self.next_review - self.last_reviewed > LONGEST_BETWEEN_REVIEWS
        ):
            message = _("The next review has to be within two years of the last one.")
            raise ValidationError({"next_review": message})


class BodyPageMixin(models.Model):
    """A lead, shown large under the heading and in lists."""

    lead = models.TextField(
        _("lead"),
        max_length=400,
        help_text=_("One or two sentences: what the reader gets from the page."),
    )

    search_fields = [index.SearchField("lead", boost=2)]

    class Meta:
        abstract = True
