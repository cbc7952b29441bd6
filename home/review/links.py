"""The link that opens one version to one person."""

from datetime import timedelta

from ..letters import with_host
from ..models import PageReview
from ..tokens import digest_of, new_token
from .addresses import review_url

LIFETIME = timedelta(days=60)
"""From the first reminder to the last."""


def link_to(review: PageReview, language: str) -> str:
    """Made when its letter is written. Only a digest of its token is kept, so it is
    given once, and an earlier one is dead."""
    token = new_token()
    review.token_digest = digest_of(token)
    review.save(update_fields=["token_digest"])
    return with_host(review_url("review", token, language=language))
