"""Texts of groups: words as often as in the demo's Finnish, and some that are counted.

How often a word comes follows its rank (Zipf's law), over the demo's own word forms
and compounds made from common parts. The counted words are in no other text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from random import Random
from typing import Any

from demo.content import CONTENT, read, read_folder

RARE = ("kalligrafia", "origami", "batiikki", "nypläys", "makramee")
HUNDREDTH = ("kantele", "huovutus", "petankki")
TENTH = ("neulonta", "venyttely", "virkkaus")
NEARLY_ALL = "tervetuloa"
COUNTED = (*RARE, *HUNDREDTH, *TENTH, NEARLY_ALL)
RARE_GROUPS = 10
WITHOUT_NEARLY_ALL = 7
"""Groups that lack the word that nearly all have."""
LONGEST_TITLE = 120
STEM = 6
"""Letters by which other words of the kind are kept out."""

FIRST_PARTS = (
    *("metsä", "ranta", "kylä", "perhe", "nuoriso", "taide", "musiikki", "tanssi"),
    *("lukemis", "keskustelu", "liikunta", "tasapaino", "muisti", "ruoka", "leivonta"),
    *("käsityö", "puutarha", "valokuvaus", "historia", "kirjallisuus", "rentoutus"),
    *("hengitys", "jooga", "uinti", "pyöräily", "kalastus", "peli", "shakki", "laulu"),
    *(
        "kuoro",
        "teatteri",
        "elokuva",
        "vauva",
        "isä",
        "äiti",
        "eläkeläis",
        "opiskelija",
    ),
    *("kieli", "digi", "talous", "uni", "toipumis", "suru", "ero", "omais", "vertais"),
)
LAST_PARTS = (
    *("ryhmä", "kahvila", "kerho", "piiri", "ilta", "aamu", "paja", "kurssi", "retki"),
    *(
        "tunti",
        "tupa",
        "treffit",
        "startti",
        "polku",
        "hetki",
        "olohuone",
        "tapaaminen",
    ),
)


class Vocabulary:
    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.weights = list(accumulate(1 / rank for rank in range(3, len(words) + 3)))

    def some(self, random: Random, number: int) -> str:
        return " ".join(random.choices(self.words, cum_weights=self.weights, k=number))


class Texts:
    def __init__(self) -> None:
        names = [first + last for first in FIRST_PARTS for last in LAST_PARTS]
        Random(3).shuffle(names)
        self.names = Vocabulary(names)
        # The rarer half of running text: compounds between the demo's rarer words.
        finnish = by_frequency("fi")
        self.words = {
            "fi": Vocabulary(finnish[:500] + mixed(finnish[500:], names)),
            "sv": Vocabulary(by_frequency("sv")),
        }

    def title(self, random: Random, language: str) -> str:
        if language == "sv":
            return f"Grupp: {self.words['sv'].some(random, 2)}"[:LONGEST_TITLE]
        name = self.names.some(random, 1).capitalize()
        more = self.words["fi"].some(random, random.randint(0, 2))
        return f"{name} {more}".strip()[:LONGEST_TITLE]

    def body(self, random: Random, language: str, words: int) -> str:
        half = words // 2
        vocabulary = self.words[language]
        first, second = vocabulary.some(random, half), vocabulary.some(random, half)
        return f"<p>{first.capitalize()}.</p><p>{second.capitalize()}.</p>"


def counted_words(number: int, groups: int) -> list[str]:
    """Those that the group of this number holds."""
    every = max(groups // RARE_GROUPS, len(RARE))
    words = [word for place, word in enumerate(RARE) if number % every == place]
    words += [
        word for place, word in enumerate(HUNDREDTH) if number % 100 == 10 * place + 7
    ]
    words += [word for place, word in enumerate(TENTH) if number % 10 == 3 * place]
    return [*words, NEARLY_ALL] if number >= WITHOUT_NEARLY_ALL else words


def mixed(first: list[str], second: list[str]) -> list[str]:
    words = first + second
    Random(5).shuffle(words)
    return words


def by_frequency(language: str) -> list[str]:
    """The demo's word forms in the language, the most common first."""
    stems = tuple(word[:STEM] for word in COUNTED)
    forms = Counter(
        word
        for text in texts_in(language)
        for word in re.findall(r"[a-zåäö]{2,}", re.sub(r"<[^>]+>", " ", text).lower())
        if not word.startswith(stems)
    )
    return [word for word, _times in forms.most_common()]


def texts_in(language: str) -> Iterator[str]:
    for group in read("groups.toml")["group"]:
        yield from (
            f"{text['title']} {text['lead']} {text['body']}"
            for text in group["text"]
            if text["language"] == language
        )
    for folder in sorted(CONTENT.glob(f"*/{language}")):
        for _name, content in read_folder(str(folder.relative_to(CONTENT))):
            yield from strings(content)


def strings(value: Any) -> Iterator[str]:
    """Sentences: what has a space in it."""
    if isinstance(value, str) and " " in value:
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
