import pytest

from home.search_words import LONGEST, clean_words


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  uni  ", "uni"),
        ('"', ""),
        ("'", ""),
        ("\x00", ""),
        ("   \u00a0\u2003", ""),
        ('"perhe kahvila"', "perhe kahvila"),
        ("mieli* OR (ryhmä)", "mieli OR ryhmä"),
        ("päihde- ja mielenterveystyö", "päihde- ja mielenterveystyö"),
        ("a\u0308iti", "äiti"),
        ("😀", ""),
        ("-- ; DROP TABLE", "DROP TABLE"),
    ],
)
def test_only_words_are_left(typed, cleaned):
    assert clean_words(typed) == cleaned


def test_long_text_is_cut():
    assert len(clean_words("uni " * 10_000)) <= LONGEST
