"""Secrets that open a link. They are given once; of each only its digest is kept."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest_of(token: str) -> str:
    """Plain: a token of 256 bits cannot be guessed from it."""
    return hashlib.sha256(token.encode()).hexdigest()
