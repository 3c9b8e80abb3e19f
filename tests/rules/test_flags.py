"""Signals: kept equal to a plain definition over any answers, dates and days; they come and go with time alone too."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.content.checklist.model import Checklist
from conversations.content.files.content_file import ContentError
from conversations.rules import checklist_rules
from conversations.rules.flags import pressing, review
from conversations.words.wording import Words
from storage.case.case import Case
from storage.case.case_parts import Identity
from storage.clock import wall

CHECKLIST = Checklist.load()
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
ZONE = ZoneInfo("Europe/Amsterdam")
DAY = timedelta(days=1)
DUTCH = Words("nl", ZONE)


def a_case(**facts: object) -> Case:
    case = Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("Sam", "Postma", 2002, "Z1"))
    for name, value in facts.items():
        setattr(case, name, value)
    return case


def raised(case: Case) -> set[str]:
    """Return the flags that the rules say stand, overruled or not."""
    return {flag.flag for flag in case.flags if flag.lowered_at is None}


@dataclass
class World:
    """A case at a moment, seen by the plain definition."""

    case: Case
    now: datetime

    def said(self, question: str, *options: str) -> bool:
        counts = checklist_rules.counting(
            CHECKLIST, self.case.answers
        )  # one whose question no longer applies weighs nothing
        return question in counts and counts[question].value in options

    def within(self, days: int) -> bool:
        day = self.case.reporting_date
        left = None if day is None else (day - wall(self.now, ZONE).date()).days
        return self.case.phase == "coming" and left is not None and 0 <= left < days

    @property
    def silent(self) -> bool:
        case = self.case
        letters = [c.on for c in case.contacts if (c.kind, c.direction) == ("letter", "out")]
        if case.joined_at is not None or not letters or not case.is_at_home:
            return False
        reacted = any(c.direction == "in" and c.on >= min(letters) for c in case.contacts)
        return not reacted and min(letters) + 14 * DAY <= self.now

    @property
    def high(self) -> bool:
        stands = {name for name, holds in TABLE.items() if LEVEL[name] in ("high", "urgent") and holds(self)}
        overruled = {f.flag for f in self.case.flags if f.lowered_at is None and f.overruled_at is not None}
        done = {a.domain for a in self.case.actions if a.status == "done"}
        domains = checklist_rules.standing(CHECKLIST, self.case.answers, checklist_rules.Situation(by_worker=True))
        return bool(stands - overruled) or any(
            s.level in ("high", "urgent") and name not in done for name, s in domains.items()
        )


LEVEL = {rule.id: rule.level for rule in CHECKLIST.flags}
# domain.md, section 3, row by row.
TABLE: dict[str, Callable[[World], bool]] = {
    "suicide": lambda w: w.said("suicide", "sometimes", "today"),
    "psychosis": lambda w: w.said("voices", "often"),
    "strain": lambda w: w.said("tense", "often") or w.said("voices", "sometimes"),
    "unsafe_home": lambda w: w.said("safe", "no", "talk"),
    "child_alone": lambda w: w.said("children_care", "nobody"),
    "dependent_alone": lambda w: w.said("carer", "open"),
    "eviction": lambda w: w.said("eviction", "yes"),
    "medication": lambda w: w.within(14) and (w.said("medicine", "needed") or w.said("substances", "helped", "wants")),
    "homeless_after": lambda w: w.said("return", "no") or w.said("home", "nowhere", "shelter"),
    "no_id": lambda w: w.within(21) and w.said("id", "expired", "lost"),
    "cannot_report": lambda w: w.said("going", "badly"),
    "no_contact": lambda w: w.silent,
    "pregnant": lambda w: w.said("pregnant", "yes"),
    # Of who is free: tests/rules/test_phases.py.
    **dict.fromkeys(("homeless_now", "no_money_now", "no_insurance_now", "no_id_now", "debts_after"), lambda _w: False),
}
BY_TIME = {"open_high": lambda w: w.within(7) and w.high}


def test_the_rules_are_those_of_the_table_and_each_says_what_to_do_in_two_lines() -> None:
    assert set(LEVEL) == {*TABLE, *BY_TIME, "crisis_words"}
    for rule in CHECKLIST.flags:
        assert (rule.norm_hours is not None) + (rule.norm_days is not None) == (rule.kind != "silence"), rule.id
        lines = [DUTCH.content(rule.id, line) for line in rule.todo]
        assert len(lines) == 2
        assert not set(lines) & set(rule.todo), rule.id  # in Dutch


def test_only_what_cannot_wait_for_the_list_gives_a_notice() -> None:
    urgent = {rule.id for rule in CHECKLIST.flags if rule.level == "urgent"}
    alone = {"child_alone", "dependent_alone"}
    assert urgent == alone | {"suicide", "psychosis", "crisis_words", "unsafe_home", "eviction", "pregnant"}


_QUESTIONS = {
    question.id: [option.id for option in question.options] + ["unknown", "unsaid"]
    for question in CHECKLIST.questions
    if question.kind == "choice"
}
_step = st.one_of(
    st.tuples(
        st.just("answer"),
        st.sampled_from(sorted(_QUESTIONS)).flatmap(lambda q: st.tuples(st.just(q), st.sampled_from(_QUESTIONS[q]))),
    ),
    st.tuples(st.just("date"), st.none() | st.integers(-3, 40)),
    st.tuples(st.just("overrule"), st.integers(0, 5)),
    st.tuples(st.just("done"), st.sampled_from([domain.id for domain in CHECKLIST.domains])),
    st.tuples(st.just("letter"), st.none()),
    st.tuples(st.just("shown"), st.none()),
    st.tuples(st.just("reacts"), st.none()),
    st.tuples(st.just("joins"), st.none()),
    st.tuples(st.just("phase"), st.sampled_from(["waiting", "coming", "held"])),
)


def _do(case: Case, step: tuple[str, object], now: datetime) -> None:
    match step:
        case ("answer", (str(question), str(option))):
            case.person.answer(question, option, now)
        case ("date", None):
            case.reporting_date, case.phase = None, "waiting"
        case ("date", int(days)):
            case.course.confirm_date(wall(now, ZONE).date() + days * DAY, "self")
        case ("overrule", int(at)):
            standing = [flag for flag in case.flags if flag.stands]
            if standing:
                case.signals.overrule(standing[at % len(standing)], "nee", now, "m1")
        case ("done", str(domain)):
            case.plan.propose(domain, "self", "before", "iets", None, None).status = "done"
        case ("letter", _):
            case.reach.contacted("letter", "out", now)
        case ("shown", _):
            case.reach.invited(now)  # a picture on the worker's screen is no letter
        case ("reacts", _):
            case.reach.contacted("letter", "in", now)
        case ("joins", _):
            case.reach.joined(now)
        case ("phase", str(phase)):
            case.phase = phase


@settings(max_examples=300)
@given(st.lists(st.tuples(_step, st.integers(0, 20 * 24 * 60)), max_size=8))
def test_signals_equal_a_plain_definition_after_anything_said_and_any_time(
    story: list[tuple[tuple[str, object], int]],
) -> None:
    case, now = a_case(), NOW
    for step, minutes in story:
        overruled = {flag.id for flag in case.flags if flag.overruled_at is not None}
        _do(case, step, now)
        review(CHECKLIST, case, now, ZONE)
        then = now + timedelta(minutes=minutes)
        # The tick looks when the case said so, and at no other moment.
        while case.flags_look_at is not None and case.flags_look_at <= then:
            look = case.flags_look_at
            review(CHECKLIST, case, look, ZONE)
            assert case.flags_look_at is None or case.flags_look_at > look
        now = then
        world = World(case, now)
        wanted = {name for name, holds in (TABLE | BY_TIME).items() if holds(world)}
        assert raised(case) == wanted
        assert all(flag.overruled_at is not None for flag in case.flags if flag.id in overruled)
        assert review(CHECKLIST, case, now, ZONE) == []


def test_a_signal_that_was_overruled_comes_back_only_when_it_is_worse() -> None:
    text = """
        version = "1"
        domain = [{ id = "health", symbol = "x", name = "H" }]
        [[question]]
        id = "well"
        number = 1
        domain = "health"
        text = "?"
        options = [{ id = "no", symbol = "x", label = "no" }]
        [[question]]
        id = "day"
        number = 2
        domain = "health"
        kind = "date"
        means = "reporting_date"
        text = "?"
        [[flag]]
        id = "unwell"
        domain = "health"
        level = "%s"
        reason = "is unwell"
        when = [{ question = "well", options = ["no"] }]
        todo = ["a", "b"]
    """
    high, urgent = (Checklist.model_validate(tomllib.loads(text % level)) for level in ("high", "urgent"))
    case = a_case()
    case.person.answer("well", "no", NOW)
    (flag,) = review(high, case, NOW, ZONE)
    case.signals.overrule(flag, "a slip", NOW, "m1")
    assert review(high, case, NOW + DAY, ZONE) == []
    assert not flag.stands
    assert review(urgent, case, NOW + DAY, ZONE) == [flag]
    assert flag.stands
    assert (flag.acknowledged_at, flag.overruled_by, flag.why) == (None, None, None)
    assert flag.since == NOW


def test_what_somebody_wrote_is_ended_by_a_human_only() -> None:
    case = a_case()
    flag = case.signals.raise_flag("crisis_words", "health", "urgent", "why", NOW)
    review(CHECKLIST, case, NOW, ZONE)
    case.person.answer("suicide", "no", NOW)
    review(CHECKLIST, case, NOW + DAY, ZONE)
    assert flag.stands
    case.signals.overrule(flag, "about a film", NOW, "m1")
    review(CHECKLIST, case, NOW + 2 * DAY, ZONE)
    assert not flag.stands
    assert flag.lowered_at is None


def test_a_closed_case_gives_no_signal() -> None:
    case = a_case(phase="closed")
    case.person.answer("eviction", "yes", NOW)
    assert review(CHECKLIST, case, NOW, ZONE) == []
    assert case.flags_look_at is None


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('kind = "silence"\n', ""), "say what raises it"),
        (("silent_days = 14\n", ""), "say what raises it"),
        (("norm_hours = 1\n", "norm_hours = 1\nnorm_days = 1\n"), "not both"),
        (('id = "no_contact"', 'id = "no_id"'), "twice"),
        (("days_left = 21", "days_left = 0"), "days_left"),
        (('options = ["expired", "lost"]', 'options = ["stolen"]'), "no option stolen"),
        (('question = "return", options', 'question = "back", options'), "no question back"),
    ],
)
def test_a_wrong_rule_says_what_is_wrong(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    text = (Path(checklist_rules.__file__).parents[1] / "content" / "packaged" / "checklist.toml").read_text()
    at = text.index("[[flag]]")
    assert change[0] in text[at:]
    wrong = tmp_path / "checklist.toml"
    wrong.write_text(text[:at] + text[at:].replace(change[0], change[1], 1))
    with pytest.raises(ContentError, match=complaint):
        Checklist.load(wrong)


@pytest.mark.parametrize(
    ("days", "acted", "level"),
    [
        (None, "proposed", 2),  # no date: the level as it is, no countdown
        (28, "proposed", 2),
        (27, "proposed", 3),  # a new address takes 28 days
        (27, "agreed", 3),
        (27, "done", 2),
        (27, "declined", 2),
        (-1, "proposed", 2),
    ],
)
def test_a_case_sorts_one_level_higher_when_time_is_too_short_for_what_would_help(
    days: int | None, acted: str, level: int
) -> None:
    case = a_case()
    case.person.answer("letter", "no_day", NOW)
    case.person.answer("address", "unknown", NOW)
    if days is not None:
        case.course.list_date(TODAY + days * DAY)
    for proposal in checklist_rules.proposals(CHECKLIST, case.answers, set(), case.reporting_date):
        case.plan.propose("report", "self", "before", proposal.text, None, proposal.id).status = acted
    assert pressing(CHECKLIST, case, TODAY) == level
    assert case.flags == []  # it raises no alarm


def test_a_case_in_which_nothing_worries_is_not_lifted() -> None:
    case = a_case()
    case.course.list_date(TODAY + DAY)
    assert pressing(CHECKLIST, case, TODAY) == 0
