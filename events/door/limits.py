"""How often the door lets somebody do something (`home.limits` counts)."""

from datetime import timedelta

from home.limits import Limit, allows, forget_old_counts, reader_of

__all__ = ["allows", "forget_old_counts", "reader_of"]

MAILS_TO_ADDRESS = Limit("mail", 3, timedelta(days=1))
"""Mails that anybody can cause by writing somebody's address."""
MAILS_BY_OTHERS = Limit("mail-others", 2, timedelta(days=1))
"""Of these, those to an address that somebody who has come in wrote as a colleague's or
as a new one of theirs: one is left to its owner, to come in with."""
MAILS_FROM_READER = Limit("mail-reader", 20, timedelta(hours=1))
"""One reader's network address; a whole association may share it."""
CODES_FROM_READER = Limit("code-reader", 30, timedelta(hours=1))
REPORTS_FROM_READER = Limit("report-reader", 10, timedelta(hours=1))
REPORTS_OF_GROUP = Limit("report-group", 20, timedelta(days=1))
REPORT_MAILS_TO_CONTACT = Limit("report-mail", 3, timedelta(days=1))
"""Counted apart from the links: a reader cannot shut a contact out. Staff see all."""
REPORT_MAILS_TO_STAFF = Limit("report-staff", 50, timedelta(days=1))
WAITING_MAILS_TO_STAFF = Limit("waiting-staff", 1, timedelta(hours=1))
"""The letter tells of all that wait: the next ones need no letter of their own."""
IMAGES_OF_CONTACT = Limit("image", 40, timedelta(days=1))
DRAFTS_OF_CONTACT = Limit("draft", 100, timedelta(days=1))
SENDINGS_OF_CONTACT = Limit("sending", 200, timedelta(days=1))


def allows_mail_by_others(email: str) -> bool:
    return allows(MAILS_BY_OTHERS, email) and allows(MAILS_TO_ADDRESS, email)
