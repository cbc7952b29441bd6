from home.collation import sort_key


def test_letters_of_the_end_of_the_alphabet_come_last_and_in_order():
    words = ["Öljy", "Äiti", "Åbo", "zoom", "Éva", "eväs", "Aamu"]

    assert sorted(words, key=sort_key) == [
        "Aamu",
        "Éva",
        "eväs",
        "zoom",
        "Åbo",
        "Äiti",
        "Öljy",
    ]
