"""The site as a server process of its own, over a proof's test database."""

SECRET_KEY = "only-for-proofs-on-this-machine"
"""Sessions that a proof prepares are signed with the server's key."""
