"""The region file: every spelling leads to one place, a near one is only proposed, a wrong key says what to write."""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from conversations.content.files.content_file import ContentError
from conversations.content.region import Region
from conversations.words.places import Found, Near

PACKAGED = (resources.files("conversations.content") / "packaged" / "region.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def region() -> Region:
    return Region.load()


def load(tmp_path: Path, text: str) -> Region:
    path = tmp_path / "region.toml"
    path.write_text(text, encoding="utf-8")
    return Region.load(path)


def changed(old: str, new: str) -> str:
    assert old in PACKAGED
    return PACKAGED.replace(old, new, 1)


def test_the_north_has_forty_municipalities_in_three_provinces(region: Region) -> None:
    assert {p.name: (p.prefix, len(p.municipalities)) for p in region.provinces} == {
        "Groningen": ("GR", 10),
        "Fryslân": ("FR", 18),
        "Drenthe": ("DR", 12),
    }
    assert len(set(region.municipalities)) == 40


def test_the_prisons_of_the_north_come_first_and_women_have_theirs(region: Region) -> None:
    assert [prison.name for prison in region.prisons[:2]] == ["PI Veenhuizen", "PI Leeuwarden"]
    assert {p.name for p in region.prisons if p.women} == {"PI Ter Peel", "PI Nieuwersluis", "PI Zwolle"}
    assert all(prison.place for prison in region.prisons)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        *[("groningen", "Groningen"), ("GRONINGEN ", "Groningen"), ("Gemeente Groningen", "Groningen")],
        *[("sudwest fryslan", "Súdwest-Fryslân"), ("Zuidwest-Friesland", "Súdwest-Fryslân")],
        *[("gem. De Wolden", "De Wolden"), ("Tietjerksteradeel", "Tytsjerksteradiel"), ("'t Hogeland", "Het Hogeland")],
        *[("Leeuwarden (FR)", "Leeuwarden"), ("Su\u0301dwest-Frysla\u0302n", "Súdwest-Fryslân")],
        *[
            ("De Friese Meren", "De Fryske Marren"),
            ("Noardeast Fryslân", "Noardeast-Fryslân"),
            ("Ljouwert", "Leeuwarden"),
            ("SWF", "Súdwest-Fryslân"),
            ("M-Groningen", "Midden-Groningen"),
            ("Aa & Hunze", "Aa en Hunze"),
        ],
    ],
)
def test_a_municipality_is_known_in_every_spelling(region: Region, written: str, name: str) -> None:
    assert region.municipality(written) == Found(name, "municipality", name)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Leeuwaarden", "Leeuwarden"),
        ("Gronigen", "Groningen"),
        ("Meppal", "Meppel"),
        ("Delfzijl", "Eemsdelta"),
        ("Haren", "Groningen"),
        ("Loppersum", "Eemsdelta"),
        ("Winsum", "Het Hogeland"),
        ("Hoogezand", "Midden-Groningen"),
        ("Drachten", "Smallingerland"),
        ("Groningen, Beijum", "Groningen"),
        ("Noardeast", "Noardeast-Fryslân"),
    ],
)
def test_a_near_municipality_is_proposed_and_not_taken(region: Region, written: str, name: str) -> None:
    assert region.municipality(written) == Near(name, "municipality", name)


@pytest.mark.parametrize("written", ["Stellingwerf", "Midden"])
def test_of_two_places_that_are_equally_near_neither_is_proposed(region: Region, written: str) -> None:
    assert region.municipality(written) is None


@pytest.mark.parametrize(
    "written", ["Amsterdam", "Asten", "Veenendaal", "Westervoort", "Zwolle", "Emmeloord", "", "x", "Groningen" * 20_000]
)
def test_a_municipality_elsewhere_is_not_mistaken_for_one_here(region: Region, written: str) -> None:
    assert region.municipality(written) is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        *[("Veenhuizen", "PI Veenhuizen"), ("pi leeuwarden", "PI Leeuwarden"), ("P.I. Veenhuizen", "PI Veenhuizen")],
        *[("Norgerhaven", "PI Veenhuizen"), ("Penitentiaire Inrichting Zwolle", "PI Zwolle")],
        *[("Justitieel Complex Zaanstad", "JC Zaanstad"), ("ter peel", "PI Ter Peel")],
    ],
)
def test_a_prison_is_known_in_every_spelling(region: Region, written: str, name: str) -> None:
    assert region.prison(written) == Found(name, "prison", name)


def test_a_place_that_is_no_prisons_name_is_only_proposed(region: Region) -> None:
    assert region.prison("Zutphen") == Near("PI Achterhoek", "prison", "PI Achterhoek")
    assert region.prison("PI Veenh.") == Near("PI Veenhuizen", "prison", "PI Veenhuizen")
    assert region.prison("Alcatraz") is None


@pytest.mark.parametrize(
    ("written", "kind", "name"),
    [
        *[("all", "all", "all"), ("Assen", "municipality", "Assen"), ("friesland", "province", "Fryslân")],
        *[("Groningen", "municipality", "Groningen"), ("provincie groningen", "province", "Groningen")],
        *[("Leeuwarden", "municipality", "Leeuwarden"), ("PI Leeuwarden", "prison", "PI Leeuwarden")],
        *[("Veenhuizen", "prison", "PI Veenhuizen"), ("gemeente Groningen", "municipality", "Groningen")],
    ],
)
def test_an_area_is_one_thing(region: Region, written: str, kind: str, name: str) -> None:
    area = region.area(written)
    assert isinstance(area, Found)
    assert (area.kind, area.name) == (kind, name)


def test_every_area_is_read_back_from_how_it_is_written_down(region: Region) -> None:
    names = [
        *region.municipalities,
        *(p.name for p in region.prisons),
        *(f"provincie {p.name}" for p in region.provinces),
    ]
    for name in names:
        area = region.area(name)
        assert isinstance(area, Found)
        assert region.area(area.area) == area
    areas = {(area.kind, area.area) for area in map(region.area, names) if area}
    assert len(areas) == len(names)
    assert region.area("Drente") == Near("Drenthe", "province", "Drenthe")
    assert region.area("Atlantis") is None


def test_a_municipality_has_a_province_and_the_province_a_prefix(region: Region) -> None:
    assert [region.prefix(region.province_of(name)) for name in ("Pekela", "Vlieland", "Emmen")] == ["GR", "FR", "DR"]
    with pytest.raises(KeyError):
        region.province_of("Amsterdam")


def test_a_municipality_without_a_team_of_its_own_has_the_regions(tmp_path: Path, region: Region) -> None:
    own = '[contact.municipalities."leeuwarden"]\nteam = "Wijkteam"\ntelephone = "058 000 00 00"\ndays = "op maandag"\n'
    other = load(tmp_path, changed("# Numbers for the whole country", own + "# Numbers for the whole country"))
    assert other.contact("Leeuwarden").team == "Wijkteam"
    assert other.contact("Assen").team == region.contact().team == "Team Voorzorg 3Noord"


def test_made_up_and_unchecked_numbers_are_marked(region: Region) -> None:
    assert {"contact", "numbers.prison_service"} <= set(region.unverified())
    assert "numbers.emergency" not in region.unverified()
    assert (region.numbers.emergency.telephone, region.numbers.suicide_prevention.free) == ("112", "0800-0113")
    assert (region.numbers.domestic_violence.telephone, region.numbers.legal_help.telephone) == (
        "0800-2000",
        "0800-8020",
    )


@pytest.mark.parametrize(
    ("day", "works"),
    [
        pytest.param(date(2026, 11, 23), True, id="a monday"),
        pytest.param(date(2026, 11, 22), False, id="a sunday"),
        pytest.param(date(2026, 12, 25), False, id="christmas"),
        pytest.param(date(2027, 3, 29), False, id="easter monday"),
        pytest.param(date(2027, 5, 6), False, id="ascension day"),
        pytest.param(date(2028, 6, 5), False, id="whit monday"),
    ],
)
def test_teams_work_on_working_days(region: Region, day: date, works: bool) -> None:
    assert region.office.is_working_day(day) is works


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param(
            'prefix = "GR"', 'prefix = "G"', 'provinces.Groningen.prefix: .*write prefix = "DR"', id="a short prefix"
        ),
        pytest.param('prefix = "GR"', 'prefix = "FR"', "another prefix for each province", id="one prefix twice"),
        pytest.param('team = "Team Voorzorg 3Noord"', "", "contact.team: is not there; write team", id="no team"),
        pytest.param("opens = 09", "opens = 19", "office.closes: write a time after opens", id="closing first"),
        pytest.param(
            "women = true", "woman = true", "prisons.PI Ter Peel.woman: this key is not known", id="a misspelt key"
        ),
        pytest.param('name = "Assen"', 'name = "Emmen"', 'municipality: "Emmen" stands twice', id="a place twice"),
        pytest.param('"Harns"', '"Assen"', '"Assen" stands twice', id="a spelling of another place"),
        pytest.param('"Harns"', '"Drinte", "Ljouwert"', '"Ljouwert" names both', id="a spelling of two places"),
        pytest.param('"monday"', '"maandag"', "office.working_days.0: .*write working_days", id="a dutch day"),
        pytest.param(
            "[numbers.emergency]",
            "[numbers.alarm]",
            "numbers.emergency: is not there; write a .numbers. table",
            id="no emergency",
        ),
        pytest.param("[office]", "[office", "cannot be read", id="no toml"),
        pytest.param(
            "# Numbers for",
            '[contact.municipalities."Atlantis"]\nteam = "T"\ntelephone = "0500"\ndays = "d"\n# Numbers for',
            "contact.municipalities.Atlantis: write the name of a municipality",
            id="a team of nowhere",
        ),
    ],
)
def test_a_wrong_key_says_where_it_stands_and_what_to_write(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(ContentError, match=says):
        load(tmp_path, changed(old, new))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"nowhere\.toml cannot be read"):
        Region.load(tmp_path / "nowhere.toml")


def test_another_region_needs_no_code(tmp_path: Path) -> None:
    start = PACKAGED.index("[[provinces]]")
    end = PACKAGED.index("[[prisons]]")
    zeeland = (
        '[[provinces]]\nname = "Zeeland"\nprefix = "ZE"\nmunicipalities = [{ name = "Goes" }, { name = "Hulst" }]\n'
    )
    region = load(tmp_path, PACKAGED[:start] + zeeland + PACKAGED[end:])
    assert region.province_of("Goes") == "Zeeland"
    assert region.municipality("Groningen") is None
