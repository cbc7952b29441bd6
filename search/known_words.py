"""Words that no dictionary or stemmer may change: places, abbreviations, stop words."""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PLACES = {
    "kymenlaakso": ("kymenlaakso", "kymmenedalen"),
    "kouvola": ("kouvola",),
    "kotka": ("kotka",),
    "hamina": ("hamina", "fredrikshamn"),
    "pyhtää": ("pyhtää", "pyttis"),
    "virolahti": ("virolahti", "virolahde", "virolahte", "vederlax"),
    "miehikkälä": ("miehikkälä",),
    "iitti": ("iitti", "iiti"),
    "anjala": ("anjala",),
    "anjalankoski": ("anjalankoski", "anjalankoske"),
    "elimäki": ("elimäki", "elimäe", "elimäke"),
    "inkeroinen": ("inkeroinen", "inkeroise", "inkerois"),
    "jaala": ("jaala",),
    "karhula": ("karhula",),
    "keltakangas": ("keltakangas", "keltakankaa", "keltakangasta"),
    "koria": ("koria",),
    "kuusankoski": ("kuusankoski", "kuusankoske", "kuusaa"),
    "myllykoski": ("myllykoski", "myllykoske"),
    "siltakylä": ("siltakylä",),
    "valkeala": ("valkeala",),
    "vehkalahti": ("vehkalahti", "vehkalahde", "vehkalahte"),
    "voikkaa": ("voikkaa",),
}
"""The municipalities, the former ones and their larger centres, each with its Swedish
name and with what stands before a case ending."""

ABBREVIATIONS = words(
    "aa acoa adhd al-anon alanon asd copd hyte kela lgbt mtky na nepsy ocd ptsd sote"
    " spr tyky"
)

BEGINNINGS = ("adhd", "hyte", "mtky", "nepsy", "sote")
"""Of compounds that no dictionary has."""

CASE_ENDINGS = words(
    "n a ä ta tä tta ttä ssa ssä sta stä lla llä lta ltä lle na nä ksi tta"
    " an än on ön in en hin han hän hon seen"
    " t jen ien ja jä ia iä issa issä ista istä illa illä ilta iltä ille iin ihin"
    " s"
)
"""Finnish ones, and the genitive of Swedish and English."""

PLACE_CASE_ENDINGS = CASE_ENDINGS - {"t", "jen", "ien", "ja", "jä", "ia", "iä"}
"""A place is one: "kotkat" are eagles."""

WEAK_WORDS = {
    "fi": words(
        "aina alkaa antaa apu asia auttaa enää hakea haku haluta hyvä ihminen jokin"
        " joku joskus jälkeen kaikki kannattaa kenen koko koskaan kuka kukaan"
        " käyttää käyttö löytää mennä mikään milloin minä missään monta montako mua"
        " mulla mulle mun muu mä neuvo oma oon osata ottaa paikka paljon pitää"
        " pystyä päästä saada sinä sopia sulla sun sä tahtoa takaisin tarvita"
        " tehdä toimia tulla tuo täytyä vielä voida"
    ),
    "sv": words(
        "aldrig alla alltid behöva behöver bli blir blivit bra börja börjar få får"
        " ge gå går gör göra hela hitta hjälp hjälpa inga ingen inget kommer mer"
        " mycket människa någon något några person plats råd sedan söka söker tips"
        " varje vill"
    ),
    "en": words(
        "about advice all always am any anything cannot dont find get getting give"
        " go going good help im make many more much need never off one out people"
        " person place some someone something start still things tips too try trying"
        " up want way"
    ),
}
"""In their basic forms. They say that somebody looks for something, not for what."""

STOP_WORDS = {
    "fi": words(
        "ei eikä eivät eivätkä eli ellei emme en enemmän enkä eri esim et etkä ette"
        " ettei että he hän hänen ihan ilman itse ja jo joiden joita joka jonka jos"
        " jossa josta jota jotka kanssa kautta koska ks kuin kuinka kun me miksi"
        " mikä mikäli missä mistä miten mitä mukaan mutta myös ne niiden niin niitä"
        " noin nyt näin ole olemme olen olet oli olla on onko ovat pois se sekä sen"
        " siellä siis sillä sinun sinä siten sitä tai te tämä tämän tässä vai vaikka"
        " vain voi voit yli"
    ),
    "sv": words(
        "att av de dem den det din du eller en ett från för ha har hos hur i inte"
        " jag kan man med men mig min mot när och om oss på samt sig sin ska som så"
        " till under upp ut vad var vi vid vill är över"
    ),
    "en": words(
        "a an and are as at be by can do for from has have how i if in is it its me"
        " my not of on or our so than that the their them then there these they this"
        " to was we were what when where which who will with you your"
    ),
}


def _place_of(word: str) -> str:
    for place, stems in PLACES.items():
        for stem in stems:
            if word == stem or (
                word.startswith(stem) and word[len(stem) :] in PLACE_CASE_ENDINGS
            ):
                return place
    return ""


def known_word(word: str) -> str:
    """The place or abbreviation that a lower-case word is a form of; "" if none."""
    if word in ABBREVIATIONS:
        return word.replace("-", "")
    if place := _place_of(word):
        return place
    for length in range(len(word) - 1, 3, -1):
        stem = word[:length]
        if stem in ABBREVIATIONS and word[length:] in CASE_ENDINGS:
            return stem
    return ""


def known_beginning(word: str) -> str:
    """The abbreviation that a compound begins with: "nepsyvalmennus"."""
    for beginning in BEGINNINGS:
        if word.startswith(beginning) and len(word) > len(beginning) + 2:
            return beginning
    return ""
