"""A new case: nobody has said anything yet, and what is unknown is unknown and not empty."""

from __future__ import annotations

from dataclasses import MISSING, fields

from storage.case.case import Case
from storage.case.case_fields import CaseFields
from storage.case.case_parts import Identity, Preferences
from tests.storage.records import NOW

# What a case begins with; everything else is unknown (None), or a list or table of its own with nothing in it.
BEGINS = {
    "version": 0,
    "track": "self_report",
    "phase": "waiting",
    "list_withdrew": False,
    "language": "nl",
    "channel": "chat",
    "pressing": 0,
    "flags_reviewed": False,
    "preferences": Preferences(),
}


def _new() -> Case:
    return Case("c1", "GR-4K7Q2", "Groningen", "Groningen", NOW, Identity("Samira", "Kloosterboer", 1999, None))


def test_a_new_case_knows_nothing_yet() -> None:
    case = _new()
    for one in fields(CaseFields):
        if one.default is MISSING and one.default_factory is MISSING:
            continue  # it is given
        found = getattr(case, one.name)
        # What is said to hold a list, a table or a set holds one from the start: verbs add to it without looking.
        holds, _, _ = str(one.type).partition("[")
        assert holds not in ("list", "dict", "set") or type(found).__name__ == holds, one.name
        if one.name in BEGINS:
            assert found == BEGINS[one.name], one.name
        elif one.default_factory is not MISSING:
            assert found is not None, one.name
            assert not found, one.name
            assert found is not getattr(_new(), one.name), one.name  # nobody shares it with another case
        else:
            assert found is None, one.name


def test_a_day_that_no_letter_confirmed_is_no_date_of_the_person() -> None:
    case = _new()
    assert (case.confirmed_date, case.days_left(NOW.date())) == (None, None)
    case.reporting_date = NOW.date()
    assert (case.confirmed_date, case.days_left(NOW.date())) == (None, 0)
    case.date_confirmed_by = "self"
    assert case.confirmed_date == NOW.date()


def test_what_is_touched_is_the_row_or_the_case_itself() -> None:
    case = _new()
    action = case.plan.propose("money", "self", "before", "Bel", None, None)
    case.touched.clear()
    case.touch("cases")
    case.touch("action", action)
    assert case.touched == {"cases": {"c1": case}, "action": {action.id: action}}
    assert (case.action(action.id), case.action("no such")) == (action, None)
