"""What the pages about groups cost with 1,000, 5,000 and 200,000 of them.

`python3 manage.py proof groups`; on PostgreSQL with `DATABASE_URL=postgres://...` of a
role that may create databases, its cluster on this machine. For a quick look:
`PROOF_GROUPS=500 PROOF_ROUNDS=1 PROOF_REQUESTS=5 PROOF_NO_BARS=1`. To measure the same
200,000 groups again without filling: `PROOF_KEEP=/some/folder`, both times.
"""

from .proof import run

__all__ = ["run"]
