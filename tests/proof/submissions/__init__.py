"""What is acknowledged at the NGO door is stored once, also when processes are killed.

`python3 manage.py proof submissions`: 1,000 groups are sent over HTTP to a gunicorn
whose workers are killed again and again in the middle of their work. On PostgreSQL with
`DATABASE_URL=postgres://...` of a role that may create databases. For a quick look:
`PROOF_SUBMISSIONS=50`.
"""

from .proof import run

__all__ = ["run"]
