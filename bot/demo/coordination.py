"""A coordinator's work in the demo: a meeting that was held, questions, and what stands in the way.

Nothing in it is about anybody who exists. It is kept by the same verbs and stores as what is typed.
"""

from __future__ import annotations

from datetime import timedelta

from bot.demo.cases import DAY, Moment
from bot.stores import Stores
from conversations.content.region import Region
from storage.case.case import Case
from storage.case.case_parts import new_id
from storage.coordination import meetings
from storage.coordination.bottlenecks import Bottleneck
from storage.coordination.inquiries import Inquiry
from storage.coordination.meetings import Meeting
from storage.engines.connection import AsyncConnection
from storage.people.staff import Member
from storage.scope import PROVINCE

# Days since the last intake meeting.
MET = 13
# What it decided, in how many days from then it is due, and whether it was done: the worker's, unless "me".
_DECIDED = (
    ("Bel de woningcorporatie over een betaalafspraak", "worker", 7, False),
    ("Ga op huisbezoek: twee brieven zonder antwoord", "worker", 14, False),
    ("Vraag de gemeente om bijzondere bijstand voor de huur", "me", 21, False),
    ("Stem af met reclassering wie de ID-kaart aanvraagt", "worker", 7, True),
)
# What was decided since, for the record of the next one.
_SINCE = ("Vraag de apotheek om een medicatieoverzicht", "worker", 14)
# What was tried at the edge of the possible, where it stopped, and how many days ago.
_TRIED = (
    ("Drie gesprekken met de verhuurder, ook met de wethouder erbij", "Het vonnis tot ontruiming lag er al", 9),
    ("Uitstel gevraagd voor een operatie, met brief van de huisarts", "Het besluit kwam pas na de dag", 24),
)
# Questions of colleagues: how many days ago, the answer if there is one, and how many it helped.
_ASKED = (
    (
        30,
        "Wie betaalt de pasfoto voor de ID-kaart?",
        "De gemeente, uit de bijzondere bijstand. Vraag het vooraf aan.",
        4,
    ),
    (
        23,
        "Loopt de huurtoeslag door tijdens de straf?",
        "Ja, bij een straf korter dan een jaar, als iemand ingeschreven blijft op het adres.",
        3,
    ),
    (16, "Kan iemand een briefadres houden als hij vastzit?", "Ja. Meld het bij burgerzaken vóór de dag.", 1),
    (
        9,
        "Wie haalt een hond op als er niemand is?",
        "De dierenambulance brengt hem naar het asiel. Spreek het vooraf af.",
        2,
    ),
    (2, "Neemt de gevangenis een rollator aan, of moet die vooraf gemeld?", None, 0),
    (1, "Mag ik het plan ook aan de bewindvoerder sturen?", None, 0),
)
# What stands in the way, or would help: its theme, how many days ago, and how it stands.
_TOLD = (
    ("bottleneck", "identity", 33, "open", "De aanvraag van een ID-kaart duurt langer dan de tijd tot de dag."),
    ("bottleneck", "identity", 19, "taken", "Aan de balie is de wachttijd voor een ID-kaart drie weken."),
    ("bottleneck", "identity", 5, "open", "Spoed voor een ID-kaart kost meer dan iemand heeft."),
    ("bottleneck", "housing", 26, "taken", "Bijzondere bijstand voor de huur wordt afgewezen zonder gesprek."),
    ("bottleneck", "housing", 12, "open", "Er is geen plek in de opvang voor wie vrijkomt op vrijdag."),
    ("bottleneck", "lists", 8, "open", "De brief komt terug: het adres op de lijst klopt niet meer."),
    ("bottleneck", "lists", 40, "solved", "De lijst kwam pas op vrijdagmiddag."),
    ("improvement", "housing", 15, "open", "Een vast telefoonnummer bij de woningcorporatie voor deze zaken."),
)


def _near(case: Case, at: Moment) -> bool:
    day = case.reporting_date
    return case.phase == "coming" and day is not None and at.today <= day <= at.today + 14 * DAY


def a_meeting(cases: list[Case], coordinator: Member, at: Moment) -> Meeting:
    """Let the last intake meeting decide on cases that are still open, and others go to the limit; returns it."""
    held = at.now - MET * DAY
    known = [case for case in cases if case.is_at_home and case.worker and case.added_at < held]
    talked_about = sorted(known, key=lambda case: (not _near(case, at), case.ref[3:]))
    for case, (text, who, days, done) in zip(talked_about, _DECIDED, strict=False):
        owner = case.worker if who == "worker" else coordinator.id
        row = case.helpers.resolve(text, owner, (held + days * DAY).astimezone(at.zone).date(), coordinator.id, held)
        if done:
            case.helpers.carry_out(row, at.now - 4 * DAY)
    rest = talked_about[len(_DECIDED) :]
    for case in rest[:1]:
        text, _, days = _SINCE
        case.helpers.resolve(text, case.worker, at.today + days * DAY, coordinator.id, at.now - timedelta(hours=1))
    for case, (tried, stopped, ago) in zip(rest[1:], _TRIED, strict=False):
        case.helpers.go_to_the_limit(tried, stopped, case.worker or coordinator.id, at.now - ago * DAY)
    return Meeting(new_id(), coordinator.id, coordinator.area, held)


async def coordinators_work(
    connection: AsyncConnection,
    stores: Stores,
    at: Moment,
    region: Region,
    held: Meeting,
    coordinator: Member,
    workers: list[Member],
) -> None:
    """Keep the meeting, the questions of colleagues with their answers, and what stands in the way."""
    await meetings.keep(connection, held)
    asked = []
    for n, (ago, text, answer, helped) in enumerate(_ASKED):
        by = workers[n % len(workers)]
        one = Inquiry(new_id(), by.area, by.id, at.now - ago * DAY, text)
        if answer is not None:
            one.status, one.answer = "answered", answer
            one.answered_by, one.found_in = coordinator.id, coordinator.area
            one.helped = [member.id for member in workers if member is not by][:helped]
        asked.append(one)
    await stores.inquiries.save(connection, asked)
    told = []
    for n, (kind, theme, ago, status, text) in enumerate(_TOLD):
        by = workers[n % len(workers)]
        owner = None if status == "open" else coordinator.id
        moment = at.now - ago * DAY
        told.append(
            Bottleneck(new_id(), kind, None, _place(by.area, region), by.id, moment, text, status, owner, theme)
        )
    await stores.bottlenecks.save(connection, told)


def _place(area: str, region: Region) -> str:
    """Return a municipality of an area."""
    if not area.startswith(PROVINCE):
        return area
    province = next(one for one in region.provinces if PROVINCE + one.name == area)
    return province.municipalities[0].name
