"""The site as a server process of its own, over a proof's test database."""
