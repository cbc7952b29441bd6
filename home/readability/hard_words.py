"""Hard words and plainer ones, from the lists beside this file."""

import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "word_lists"
LONGEST_ENDING = {"fi": 8, "sv": 5, "en": 3}
"""Letters after a stem that may be an ending. What is longer is another word."""
INDEXED_BY = 3
"""Letters; no stem is shorter."""

WHOLE = "$"
"""After a stem: the word as it is, without endings."""

Stems = dict[str, list[tuple[str, str]]]
"""By their first letters: each stem and what would be plainer, the longest first."""


def plainer_for(word: str, language: str) -> str:
    """`word` in small letters; "" when it is plain enough for us."""
    main = language.removesuffix("-simple")
    for stem, plainer in stems_of(main).get(word[:INDEXED_BY], ()):
        if stem.endswith(WHOLE):
            if word == stem.removesuffix(WHOLE):
                return plainer
        elif word.startswith(stem) and len(word) - len(stem) <= LONGEST_ENDING[main]:
            return plainer
    return ""


@cache
def stems_of(language: str) -> Stems:
    lists = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    found: Stems = {}
    for stems, plainer in lists["words"].items():
        for stem in stems.split():
            found.setdefault(stem[:INDEXED_BY], []).append((stem, plainer))
    for pairs in found.values():
        pairs.sort(key=lambda pair: len(pair[0]), reverse=True)
    return found
