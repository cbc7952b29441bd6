"""What is shown of a sensitive group where others may look over one's shoulder:
titles of browser tabs, shared links, calendar entries, feeds and file names.
"""

from home.models import Municipality

from .enums import Kind


def neutral_name(kind: str, municipality: Municipality | None) -> str:
    """“Group in Kotka”, in the reader's language."""
    label = str(Kind(kind).label)
    return f"{label} {municipality.in_name}".strip() if municipality else label
