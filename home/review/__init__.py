"""Reviews of guidance: asking, answering by a link, reminding, and the report."""
