"""People's names that no dictionary is needed for, and words that only look like one.

None of the names is an ordinary word in a language of the site: those ("Toivo",
"Laine") are left to Voikko.
"""

from .known_words import CASE_ENDINGS, words

FIRST_NAMES = words(
    "aleksi alexander anders andreas anita anja anneli annika annikki antero anton"
    " antti ari arja arto astrid auli birgitta bjarne börje carina carl carola"
    " caroline christer christina daniel david eeva eija eila elias elina elisabet"
    " elisabeth ella emilia emma erik erkki esa eva eveliina fredrik gunilla gunnar"
    " gustav göran hanna hannele hannu harri heidi heikki helena henri henrik"
    " hilkka håkan ida iida ilkka inger ingrid irene irja irma jaakko jaana janne"
    " jari jarmo joakim johan johanna johannes jonas jonna jorma jouko jouni juha"
    " juhani juho jukka julia jussi jyrki kaarina kaija kalevi karin karita karl katja"
    " katri katriina kauko kerstin kirsi kirsti kjell kristian kristiina kristina lars"
    " lasse laura lauri leena leif lena liisa linnea magnus maija maja malin"
    " maria marie marika marita maritta marjatta marjo marjut marko markku"
    " markus martin martti matias matilda matti merja mia michael mikael mika mikko"
    " minna mirja miia nina olavi oskari outi pasi patrik paula pauli pekka pentti"
    " petra petri petteri pirjo pirkko päivi raija raili raimo reijo riikka risto"
    " ritva robert roger saara sakari samuel sanna seija seppo siiri sinikka"
    " sirkka sirpa sofia stefan susanna susanne sven tapani tapio tarja tellervo teppo"
    " terhi tero tiina timo tommi tomi tuija tuomas tuomo tuula ulf ulla urpo veijo"
    " veikko viktor ville yrjö åke"
)

FAMILY_NAMES = words(
    "aaltonen ahonen andersson eriksson forsman fredriksson gustafsson hakala"
    " hakkarainen hansson hartikainen heikkilä heikkinen heinonen henriksson hiltunen"
    " hirvonen holmberg holmström honkanen huttunen huovinen hyvönen"
    " ikonen immonen jansson johansson jokinen jämsen järvinen kangasniemi karhunen"
    " karlsson karppinen karvonen kauppinen keränen kettunen kinnunen"
    " koistinen kokkonen kolehmainen korhonen koskinen kukkonen laaksonen lahtinen"
    " laitinen lehtinen lehtonen leinonen leppänen liimatainen lindberg"
    " lindholm lindqvist lindroos lindström lundström manninen martikainen mattila"
    " mattsson miettinen moilanen mustonen mäkelä mäkinen nevalainen nieminen niskanen"
    " nurminen nyberg nykänen nylund nyman oksanen ollila paananen pakkanen parviainen"
    " partanen pekkarinen pelkonen peltonen pesonen pietilä pitkänen puustinen"
    " rantanen rautiainen rissanen räsänen rönkkö saarinen salminen"
    " salonen seppälä seppänen sjöberg sjöblom sundqvist sundström"
    " suominen svensson söderström tamminen tanskanen tiainen timonen tolonen toivonen"
    " tuominen turunen vartiainen virtanen vuorinen väisänen"
    " väänänen österberg österman"
)

FAMILY_ENDINGS = ("sson", "qvist")

NOT_NAMES = words(
    "alzheimer art asperger crohn else grön hall inga job kraft lång mannerheim mark"
    " more parkinson riku sjögren skog stig titta tourette vuotiaat vuotiaille"
    " vuotias"
)
"""What Voikko has as a name only, or not at all: illnesses, helpers, ages, Swedish and
English words."""


def base_names(word: str) -> set[str]:
    """What a lower-case form may be of: "virtaselle" of "virtanen"."""
    found = {word}
    for length in range(max(3, len(word) - 5), len(word)):
        stem, ending = word[:length], word[length:]
        if ending in CASE_ENDINGS:
            found.add(stem)
            if stem.endswith("se"):
                found.add(f"{stem[:-2]}nen")
    return found


def is_first_name(word: str) -> bool:
    return not base_names(word).isdisjoint(FIRST_NAMES)


def is_family_name(word: str) -> bool:
    bases = base_names(word)
    return not bases.isdisjoint(FAMILY_NAMES) or any(
        base.endswith(FAMILY_ENDINGS) for base in bases
    )
