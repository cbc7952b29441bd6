"""How well and how fast the site search finds.

`python3 manage.py proof search`; on PostgreSQL with `DATABASE_URL=postgres://...`. Run
on both, it also says whether the first ten are the same. `PROOF_PAGES` and
`PROOF_INPUTS` are the sizes of its last parts.
"""

from .proof import run

__all__ = ["run"]
