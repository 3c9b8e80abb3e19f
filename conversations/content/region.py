"""The region that an installation serves: its places, prisons, contacts and hours, as data from one file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from conversations.content.files.content_file import ContentFile, Data, refuse
from conversations.words.places import LONGEST_NAME, Found, Match, Names, Near, PlaceKind, fold, key, leads_to

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_EXAMPLES = {
    "name": 'name = "Drenthe"',
    "sentence_days_at_most": "sentence_days_at_most = 365",
    "provinces": "at least one [[provinces]] table",
    "prefix": 'prefix = "DR" (two capitals, another for each province)',
    "municipalities": 'municipalities = [{ name = "Assen" }]',
    "also": 'also = ["another spelling"]',
    "former": 'former = ["a name of before a merger"]',
    "places": 'places = ["a town in it"]',
    "prisons": "at least one [[prisons]] table",
    "place": 'place = "Veenhuizen"',
    "women": "women = true",
    "contact": "a [contact] table with team, telephone and days",
    "team": 'team = "Team Voorzorg"',
    "telephone": 'telephone = "050 000 00 00"',
    "free": 'free = "0800-0113"',
    "days": 'days = "op werkdagen van 9 tot 17 uur"',
    "hours": 'hours = "dag en nacht"',
    "verify": "verify = true",
    "numbers": "a [numbers] table with emergency, suicide_prevention, domestic_violence, legal_help, prison_service",
    "office": "an [office] table with opens, closes and working_days",
    "opens": "opens = 09:00:00",
    "closes": "closes = 17:00:00 (after opens)",
    "working_days": 'working_days = ["monday", "tuesday"]',
    "closed": "closed = [2027-04-27]",
    "message_norm_hours": "message_norm_hours = 8",
    "address": 'address = "Hoofdweg 1"',
    "silence_call_days": "silence_call_days = 3",
    "silence_letter_days": "silence_letter_days = 10",
    "silence_visit_days": "silence_visit_days = 21",
}


_Text = Annotated[str, Field(min_length=1, max_length=200)]


class Municipality(Data):
    """A municipality; `former` names were merged into it, `places` are towns in it that lists write for it."""

    name: _Text
    also: tuple[_Text, ...] = ()
    former: tuple[_Text, ...] = ()
    places: tuple[_Text, ...] = ()


class Province(Data):
    """A province; `prefix` begins the references of its cases."""

    name: _Text
    prefix: str = Field(pattern=r"^[A-Z]{2}$")
    also: tuple[_Text, ...] = ()
    municipalities: tuple[Municipality, ...] = Field(min_length=1)


class Prison(Data):
    """A prison that somebody can be called up for; `women`: it takes women; `verify`: not checked yet."""

    name: _Text
    place: _Text
    also: tuple[_Text, ...] = ()
    women: bool = False
    address: _Text | None = None
    verify: bool = False
    telephone: str | None = Field(default=None, pattern=r"^[0-9][0-9 -]{2,19}$")


class Contact(Data):
    """A team and its telephone; `verify`: made up or not checked yet."""

    team: _Text
    telephone: str = Field(pattern=r"^[0-9][0-9 -]{2,19}$")
    days: _Text
    verify: bool = False


class Contacts(Contact):
    """The region's own contact, and those of municipalities with a team of their own."""

    municipalities: dict[str, Contact] = Field(default_factory=dict)


class Number(Data):
    """A telephone number for the whole country; `free`: the same line at no cost."""

    name: _Text
    telephone: str = Field(pattern=r"^[0-9][0-9 -]{2,19}$")
    free: str | None = None
    hours: _Text
    verify: bool = False


class Numbers(Data):
    """The national numbers that messages name."""

    emergency: Number
    suicide_prevention: Number
    domestic_violence: Number
    legal_help: Number
    prison_service: Number


class OfficeHours(Data):
    """When the teams work, in local time."""

    opens: time
    closes: time
    working_days: tuple[Weekday, ...] = Field(min_length=1)
    closed: frozenset[date] = frozenset()
    # Office hours within which a message to the team is read.
    message_norm_hours: float = Field(default=8, gt=0, le=80)
    # Days without a word after a reminder: then somebody calls, writes a letter, goes and looks.
    silence_call_days: int = Field(default=3, ge=1, le=60)
    silence_letter_days: int = Field(default=10, ge=1, le=120)
    silence_visit_days: int = Field(default=21, ge=1, le=180)

    def is_working_day(self, day: date) -> bool:
        """Return whether the teams work on `day`."""
        return WEEKDAYS[day.weekday()] in self.working_days and day not in self.closed


class Region(ContentFile):
    """A region, whole. `provinces` and `prisons` stand in the order of the file: the region's own prisons first."""

    packaged = "region.toml"
    examples = _EXAMPLES

    name: _Text
    sentence_days_at_most: int = Field(ge=1, le=3650)
    provinces: tuple[Province, ...] = Field(min_length=1)
    prisons: tuple[Prison, ...] = Field(min_length=1)
    contacts: Contacts = Field(alias="contact")
    numbers: Numbers
    office: OfficeHours

    @model_validator(mode="after")
    def _agrees(self) -> Region:
        """Refuse what would make two places one, before a case lands in the wrong one."""
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[str]:
        if self.office.opens >= self.office.closes:
            yield "office.closes: write a time after opens"
        prefixes = [province.prefix for province in self.provinces]
        if len(set(prefixes)) < len(prefixes):
            yield "provinces.prefix: write another prefix for each province"
        known = self._names["municipality"].spellings
        for name in self.contacts.municipalities:
            if key(name) not in known:
                yield f"contact.municipalities.{name}: write the name of a municipality of this region"

    @cached_property
    def _names(self) -> dict[PlaceKind, Names]:
        municipalities, provinces, prisons = Names("municipality"), Names("province"), Names("prison")
        for province in self.provinces:
            provinces.add(province.name, province.also)
            for municipality in province.municipalities:
                hints = (*municipality.former, *municipality.places)
                municipalities.add(municipality.name, municipality.also, hints)
        for prison in self.prisons:
            prisons.add(prison.name, prison.also, [prison.place])
        return {names.kind: names for names in (municipalities, provinces, prisons)}

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The names of all municipalities, in the order of the file."""
        return tuple(m.name for province in self.provinces for m in province.municipalities)

    def municipality(self, text: str) -> Match:
        """Return the municipality that `text` names, else the one probably meant, else None."""
        return self._match(text, "municipality")

    def prison(self, text: str) -> Match:
        """Return the prison that `text` names, else the one probably meant (also by its place), else None."""
        return self._match(text, "prison")

    def area(self, text: str) -> Match:
        """Return the municipality, province, prison or "all" that `text` names, else the one probably meant, else None.

        A name that is both a municipality and a province is the municipality; "provincie Groningen" is the province.
        A name that is both a municipality and a prison is the municipality; "PI Leeuwarden" is the prison.
        """
        if fold(text[:LONGEST_NAME]) in {"all", "alle", "alles"}:
            return Found("all", "all", "all")
        kinds: list[PlaceKind] = ["municipality", "province", "prison"]
        kinds.sort(key=lambda kind: not leads_to(text, kind))
        matches = [self._match(text, kind) for kind in kinds]
        return next((m for m in matches if isinstance(m, Found)), next((m for m in matches if m), None))

    def area_name(self, area: str) -> str:
        """Return an area as people write it: the name of the region for all of it."""
        return self.name if area == "all" else area

    def _match(self, text: str, kind: PlaceKind) -> Match:
        if (read := self._names[kind].read(text)) is None:
            return None
        name, certain = read
        shared = kind == "province" and key(name) in self._names["municipality"].spellings
        return (Found if certain else Near)(name, kind, f"provincie {name}" if shared else name)

    def province_of(self, municipality: str) -> str:
        """Return the province of a municipality, spelled as the region does; raises KeyError for another name."""
        for province in self.provinces:
            if any(m.name == municipality for m in province.municipalities):
                return province.name
        raise KeyError(municipality)

    def prefix(self, province: str) -> str:
        """Return the two capitals that begin a reference of this province; raises KeyError for another name."""
        return {p.name: p.prefix for p in self.provinces}[province]

    def unverified(self) -> list[str]:
        """Return the keys of the file that are made up or unchecked: `voorzorg check` asks to replace them."""
        marked = {"contact": self.contacts} | {
            f"contact.municipalities.{name}": contact for name, contact in self.contacts.municipalities.items()
        }
        numbers = {f"numbers.{name}": number for name, number in self.numbers}
        prisons = {f"prisons.{prison.name}": prison for prison in self.prisons}
        return [key for key, value in (marked | numbers | prisons).items() if value.verify]

    def prison_called(self, name: str | None) -> Prison | None:
        """Return the prison of exactly this name, as it stands on a case; None when the file has none."""
        return next((prison for prison in self.prisons if prison.name == name), None)

    def contact(self, municipality: str | None = None) -> Contact:
        """Return whom people of this municipality reach: its own team, else the region's."""
        own = {key(name): contact for name, contact in self.contacts.municipalities.items()}
        return own.get(key(municipality or ""), self.contacts)
