"""How often somebody may do something. Counted in the database, for every process.

Of whom is counted only a keyed digest stays, and that for two days.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Network, ip_address

from allauth.account.adapter import get_adapter
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import LimitCount

KEPT = timedelta(days=2)
IPV6_NETWORK = 64


@dataclass(frozen=True)
class Limit:
    kind: str
    most: int
    per: timedelta


def reader_of(request: HttpRequest) -> str:
    """Their network address, behind as many proxies as the settings trust.

    Of IPv6 the network: each home has one, with more addresses than can be counted.
    """
    return network_of(get_adapter().get_client_ip(request))


def network_of(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv4Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(IPv6Network((int(known), IPV6_NETWORK), strict=False))


@transaction.atomic
def allows(limit: Limit, who: str, now: datetime | None = None) -> bool:
    """Counts this time too. False, and uncounted, when there were enough."""
    now = now or timezone.now()
    seconds = int(limit.per.total_seconds())
    begins_at = datetime.fromtimestamp(
        int(now.timestamp()) // seconds * seconds, tz=now.tzinfo
    )
    LimitCount.objects.bulk_create(
        [LimitCount(kind=limit.kind, who=digest_of(who), begins_at=begins_at)],
        ignore_conflicts=True,
    )
    counts = LimitCount.objects.filter(
        kind=limit.kind,
        who=digest_of(who),
        begins_at=begins_at,
        number__lt=limit.most,
    )
    return bool(counts.update(number=F("number") + 1))


def digest_of(who: str) -> str:
    return salted_hmac("home.limits", who, algorithm="sha256").hexdigest()


def forget_old_counts(now: datetime | None = None) -> None:
    before = (now or timezone.now()) - KEPT
    LimitCount.objects.filter(begins_at__lt=before).delete()
