"""What tells who somebody is does not get through; what people write about does."""

from time import perf_counter

import pytest

from home.personal_data import Kind, kinds_in

PHONES = [
    "soittakaa 040 123 4567",
    "soittakaa 040 - 1234567",
    "soittakaa puh.0401234567",
    "numero 0401234567: ei vastaa",
    "040  -  123 - 4567",
    "050 – 123 – 4567",
    "050 − 123 − 4567",
    "soittakaa 040\n1234567",
    "soittakaa 040\t123\t4567",
    "puh0401234567",
    "0401234567soita",
    "358401234567",
    "358 40 123 4567",
    "+358 40 123 4567",
    "+358 (0)40 123 4567",
    "0035840 1234567",
    "040_123_4567",
    "040,123,4567",
    "040.123.4567",
    "040.1234567",
    "040:1234567",
    "040, 123 4567",
    "(040) 123.4567",
    "040·123·4567",
    "09/1234 567",
    "09-123 4567",
    "09-12 34 567",
    "040 123 4567 050 765 4321",
    "0401234567/0507654321",
    "٠٤٠١٢٣٤٥٦٧",
    "０４０１２３４５６７",
    "۰۴۰ ۱۲۳ ۴۵۶۷",
    "0\u200b4\u200b0\u200b1\u200b2\u200b3\u200b4567",
    "040\u00ad123\u00ad4567",
]

IDENTITY_CODES = [
    "131052-308T",
    "131052-308t.",
    "131052A308T",
    "131052–308T",
    "131052 - 308T",
    "131052308T",
    "131052 308T",
    "13101952-308T",
    "13.10.1952-308T",
    "13.10.52-308T",
    "13/10/1952-308T",
    "131052-308Tx",
    "131052-308Tjoo",
    "hetu131052-308T",
    "131052-308x",
    "131052-3081",
    "٠١٠١٠١-١٢٣A",
]

ADDRESSES = [
    "Asun Kotkankatu 5 b",
    "asun Koivurinne 4 B",
    "asun koivurinteellä 4",
    "Koivurinteellä 4 B",
    "Myllyraitti 8",
    "Satamakaari 3",
    "Kauppatori 3",
    "Laivurinranta 5 b 12",
    "Kirkkopuisto 2",
    "Kauppak. 5",
    "Keskuskatu12",
    "Keskuskatu, 12",
    "Kasarminkadulle 7",
    "Kasarminkatua 7",
    "Kasarminkatuun 7",
    "Kasarminkadulta 7.",
    "Puistokadulla numero 5",
    "Puistokatu nro 5",
    "Kotkankatu 10-14",
    "Kotkankatu 5 m 12",
    "Kotkankatu 5, 48100 Kotka",
    "Paul-Harrisin-tie 5",
    "Vaalimaantie 1234",
    "Rautatienkatu 5",
    "Valtatienkuja 2",
    "Storgatan 12 b",
    "Strandvägen 3",
    "Smedjegränd 4",
    "Kyrkogränden 4",
    "Skogsstigen 7",
    "12 Church Road",
]

MAILS = [
    "matti@example.org",
    "matti.meikalainen＠example.fi",
    "matti.meikalainen gmail.com",
    "matti.meikalainen gmail com",
    "matti AT gmail com",
    "matti at gmail.com",
    "matti (at) gmail.com",
    "matti(ät)example.fi",
    "matti (a) gmail.com",
    "matti -at- example.fi",
    "matti <at> example.fi",
    "matti miukumauku example piste fi",
    "matti kissanhäntä luukku piste com",
]

ORDINARY = [
    "",
    "Hyvä sivu, kiitos!",
    # Numbers that are everybody's.
    "Soitin numeroon 116 117 ja 112.",
    "Apua saa numerosta 112 tai 116 117.",
    # Days, months and hours.
    "Päivitetty 05/2026.",
    "Päivitetty 05.2026.",
    "Kurssi on 01.02.2026 klo 08.00–16.00.",
    "Kurssi on 01-02-2026.",
    "Kurssi on 2026-01-15 10:00.",
    "Kurssi on 01.02.-05.02.2026.",
    "Kurssi on 01.–05.03.2026.",
    "Kurssi on 01-05.03.2026.",
    "Auki klo 08-16 10-14.",
    "Auki 08 - 16, la 10 - 14.",
    "Auki 08–16\n10–14",
    "Auki 08-16 20.11. asti.",
    "Auki 09:00–17:00 ma 05.01.",
    # Other figures.
    "Postinumero 00100 Helsinki.",
    "Pisteitä 0–7, 8–14, 15–21 tai 22–28.",
    "Annos on 0,125 tai 0,25.",
    "Vuosina 2005 - 2010 kävijöitä oli 12 000.",
    "Tilasto 123456-789 on väärin.",
    "Kävijöitä oli 10 000 - 12 000.",
    "Se maksoi 1 000 000 euroa.",
    "Viite 1310523081234567.",
    "Luku 310299308T ei ole päivä.",
    "Sana 991399-308T.",
    "Kurssi 13.10.2026 – 2000 kävijää.",
    "Kurssi 13.10.2026-14.10.2026.",
    # Roads and paths that nobody lives on, and figures after a street.
    "tie 15",
    "tie 6 on huono",
    "valtatie 6 on huono",
    "maantiellä 7",
    "polku 5 km",
    "Kuntopolku 5 km on hyvä",
    "Koulupolku 5 kilometriä",
    "hoitopolku 3 puuttuu",
    "katu 3 kertaa",
    "Kävelen Puistokatua 3 kertaa viikossa",
    "Kävelen Puistokatua 20 minuuttia",
    "Kävelen Puistokatua 10–15 min",
    "Puistokatu 2,5 km",
    "Puistokatua 2 vuotta",
    "Puistokadulla 5 euroa",
    "Puistokadulla 5 €",
    "Puistokadulla 15-vuotiaille",
    "Kauppatorilla 5.12. on markkinat",
    "Kauppatorilla 10.30",
    "Leikkipuisto 2 on hyvä",
    "Rantapuistossa 3 penkkiä",
    "Takapihalla 3 kissaa",
    "moottori 5",
    "koordinaattori 2",
    "raportti 5",
    "veranta 2",
    "projektien 2 loppuraportti",
    "reittien 5 kartat",
    "riksvägen 6",
    "gå iväg 5 minuter",
    "Menin Puistokadulle. Siellä oli 5 ihmistä.",
    "the road 5",
    # Mail as a subject.
    "Gmail ei avaa linkkiä.",
    "gmail.com ei avaa linkkiä",
    "Kohta (a) on epäselvä.",
    "Lukekaa mielenterveystalo.fi ja thl.fi.",
]


@pytest.mark.parametrize("text", PHONES)
def test_a_phone_number_is_known_however_it_is_written(text):
    assert Kind.PHONE in kinds_in(text)


@pytest.mark.parametrize("text", IDENTITY_CODES)
def test_an_identity_code_is_known_also_when_it_is_typed_wrong(text):
    assert Kind.IDENTITY_CODE in kinds_in(text)


@pytest.mark.parametrize("text", ADDRESSES)
def test_a_street_with_a_house_is_known(text):
    assert kinds_in(text) == [Kind.ADDRESS]


@pytest.mark.parametrize("text", MAILS)
def test_a_mail_address_is_known_also_when_it_is_spelt(text):
    assert kinds_in(text) == [Kind.MAIL]


@pytest.mark.parametrize("text", ORDINARY)
def test_what_people_write_about_is_let_through(text):
    assert kinds_in(text) == []


@pytest.mark.parametrize("century", "+-UVWXYABCDEF")
def test_every_sign_of_a_century_is_known(century):
    assert Kind.IDENTITY_CODE in kinds_in(f"Tunnus 131052{century}308T")


@pytest.mark.parametrize(
    "piece",
    [
        "0",
        "0 ",
        "0 - ",
        "0.",
        "01.01.",
        "08-16 ",
        "13.10.",
        "131052-",
        "katu",
        "katu ",
        "katu, ",
        "katu 5 km ",
        "a-",
        "at ",
        "at a. ",
        "gmail ",
        " ",
        "\n",
        "x street ",
        "5 x ",
        "\u0301",
    ],
)
def test_a_hostile_text_is_read_in_no_time(piece):
    text = (piece * 5000)[:5000]
    for hostile in (text, f"{text}!", f"0{text}", f"asun {text}5"):
        begun = perf_counter()
        kinds_in(hostile)

        assert perf_counter() - begun < 0.5
