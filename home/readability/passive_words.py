"""Endings and words by which a passive is seen, and those that only look like one.

Without a dictionary: what is common in guidance is caught, what is doubtful is left
alone. How often it errs is in `site/docs/readability.md`.
"""

import re


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Finnish. An ending alone is not enough: “neuvontaan” and “itsestään” are no verbs.
FI_PRESENT = re.compile(
    r"""
      \w+(?<![eoöua])[aeiouyäö]t(?:aan|ään)      # puhutaan, tavataan
    | \w+(?:[aeouy]et|uot)aan                    # luetaan
    | \w+[aeiouyäö]d(?:aan|ään)                  # saadaan, arvioidaan
    | \w*(?:hd|htä)ään                           # tehdään
    | \w*(?:t|nn|sk)ell(?:aan|ään)               # keskustellaan
    | \w+(?:tt|t)(?:aisiin|äisiin)               # annettaisiin
    | \w+[aeiouyäö]ttiin                         # puhuttiin
    | \w+(?:elt|oit|öit|ilt)iin                  # keskusteltiin, arvioitiin
    """,
    re.VERBOSE,
)
FI_ENDINGS = ("aan", "ään", "iin")
"""Looked at before the pattern: it is slow, and few words have them."""
FI_PARTICIPLE_ENDINGS = ("tu", "ty")
FI_ALWAYS = words(
    """
    mennään pannaan purraan surraan tullaan ollaan kuullaan luullaan kävellään
    palvellaan epäillään pestään noustaan juostaan päästään tehtiin nähtiin oltiin
    tultiin mentiin pantiin kuultiin saatiin vietiin tuotiin käytiin syötiin juotiin
    myytiin voitiin jäätiin pestiin noustiin juostiin päästiin koetaan tuetaan jaetaan
    haetaan luetaan peritään maksetaan hoidetaan otetaan annetaan
    """
)
FI_NEVER = words(
    """
    mitään ketään pöytään hätään sotaan lautaan paitaan laitaan taitaan työtään päätään
    syytään suutaan puutaan yötään äitiään maataan luutaan ylipäätään kotaan pataan
    mitaan keskellään mielellään itään vointiin hoitoon tuoliin
    """
)
FI_NOUN_ENDINGS = (
    "dataan",
    "pöytään",
    "hätään",
    "agendaan",
    "terapeuttiin",
    "nettiin",
    "pakettiin",
    "tablettiin",
    "dieettiin",
    "chattiin",
    "sertifikaattiin",
)
"""Also in compounds: “fysioterapeuttiin”."""
FI_POSSESSIVE = re.compile(r"\w+(?:[eoöuay]it|ist|llis)(?:aan|ään)")
"""“tunteitaan”, “itsestään”: not verbs."""
FI_TO_BE = words("on ovat oli olivat olisi olisivat ole olla olleet lienee")
FI_PARTICIPLE = re.compile(
    r"\w+(?:[aeiouyäö]ttu|[aeiouyäö]tty|[aeiouyäö]ltu|[aeiouyäö]lty|oitu|öity)"
)
FI_PARTICIPLES = words(
    """
    tehty nähty saatu tuotu viety juotu syöty myyty käyty pantu kuultu pesty koettu
    luotu lyöty
    """
)
FI_ADJECTIVES = words("tuttu juttu tarkoitettu totuttu")
FI_BETWEEN = 2
"""Words between “on” and “tehty”."""

# Swedish. What ends in -s is most often a genitive, or a verb that has no other form.
SV_MODAL = words(
    """
    kan kunde ska skall skulle måste får fick bör borde behöver brukar kommer att
    """
)
SV_ENDINGS = ("s", "ad", "ade")
SV_AFTER_MODAL = re.compile(r"\w{3,}(?:[abdefghijklmnopqrtuvwxyzåäö]s)")
SV_VERB = re.compile(r"\w{3,}(?:eras|lats|nats|dats|rats|lades|nades|rades|tades)")
SV_NOUN = re.compile(r"\w*(?:plats|(?:ar|er|or)nas)")
"""“webbplats”, “myndigheternas”."""
SV_VERBS = words(
    """
    används användes behandlas erbjuds erbjöds ges gavs görs gjordes hålls hölls
    hanteras betalas skickas sparas samlas visas lämnas ordnas arrangeras bokas
    kallas kallades tas togs läggs lades skrivs skrevs läses lästes säljs säljas köps
    krävs krävdes
    rekommenderas sköts stängs öppnas öppnades leds utförs utfördes förs fördes
    tillhandahålls hänvisas ombeds uppmanas avgörs beviljas beslutas bedöms bedömdes
    ersätts finansieras godkänns publiceras raderas överförs övervakas produceras
    planeras påverkas bestäms byggs mäts nämns räknas utarbetas uppdateras vårdas
    undersöks undersöktes utreds förmedlas förvaras förutsätts förbjuds
    """
)
SV_NEVER = words(
    """
    finnas hoppas minnas lyckas andas kännas fattas behövas trivas träffas umgås skämmas
    svettas kräkas synas trängas färdas skiljas vistas åldras brottas mötas ses hjälpas
    följas enas kramas låtsas vägras slåss tyckas dess hos oss alls tills annars vars
    kanske misslyckas samsas avundas längs sjuas hennes deras allas
    """
)
SV_BLI = words("bli blir blev blivit")
SV_PARTICIPLE = re.compile(r"\w{2,}(?:lad|rad|nad|dad|tad|sad|lade|rade|nade|tade)")
SV_ADJECTIVES = words(
    """
    glad irriterad stressad deprimerad intresserad motiverad chockad generad oroad
    engagerad utmattad berusad isolerad inspirerad pensionerad förvånad skadad bra
    """
)

# English: a form of “be” and a participle, unless it is how somebody feels.
EN_TO_BE = words("is are was were be been being isn't aren't wasn't")
EN_BETWEEN = re.compile(r"(?:not|also|often|usually|only|always|never|still|\w+ly)")
EN_PARTICIPLE = re.compile(r"[a-z]{2,}ed")
EN_PARTICIPLES = words(
    """
    given taken made done seen held kept known shown found paid sent told written
    brought bought built caught chosen drawn driven eaten fed forgotten hidden led met
    sold spent spoken stolen taught thrown understood
    """
)
EN_ADJECTIVES = words(
    """
    tired worried interested used married retired scared stressed bored excited
    supposed concerned depressed ashamed experienced addicted relaxed red bed need feed
    indeed frightened qualified skilled advanced isolated disabled unemployed
    embarrassed exhausted confused annoyed surprised pleased satisfied disappointed
    prepared complicated located overwhelmed frustrated divorced bereaved crowded
    agreed injured drained mixed limited related varied rushed closed finished linked
    signed wound sacred speed seed
    """
)
