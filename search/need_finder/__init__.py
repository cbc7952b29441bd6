"""A few questions in plain words, and what of the site fits the answers (N6).

Nothing of an answer outlives the request: it comes as a POST, is matched in memory and
by queries that read, and goes back in the page. It stands in no address, so no link of
the result carries it either.
"""
