"""What somebody shares is read by the prison to whom they said yes, while that yes stands, and by nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.case.case import Case
from storage.case.case_parts import Action, Identity
from storage.case.sharing import share_of, to_prison
from storage.figures.monitoring import measured
from storage.scope import Actor, Scope
from tests.storage.records import NOW, TODAY, ZONE, Records

HERE, THERE, ELSEWHERE = "PI Veenhuizen", "PI Leeuwarden", "Justitieel Complex: Zaanstad"
PRISONS = (HERE, THERE, ELSEWHERE)


def a_case() -> Case:
    return Case("c1", "GR-AAAAA", "Groningen", "Groningen", NOW, Identity("", "", None, None), prison=HERE)


def shared(case: Case, text: str = "ID-kaart", domain: str = "identity") -> Action:
    """Let the prison that the case has read an action."""
    action = case.plan.propose(domain, "casemanager", "inside", text, None, None)
    case.plan.agree(action)
    case.shares.let_prison_read(action, True, NOW, "1")
    return action


def readers(case: Case) -> list[str]:
    """Return the prisons whose casemanager may see something of a case."""
    return [area for area in PRISONS if Scope(Actor("casemanager", "m", area), NOW).may("items", case)]


def asked_anew(case: Case) -> list[str | None]:
    return [row.action_id for row in case.reminders if (row.kind, row.state) == ("share_again", "planned")]


def test_a_yes_names_the_prison_and_the_action_also_where_a_name_has_a_colon() -> None:
    for prison in PRISONS:
        found = share_of(to_prison(prison, "a" * 32))
        assert found is not None
        assert (found.kind, found.recipient, found.action_id) == ("prison", prison, "a" * 32)
    assert share_of("channel") is None


def test_a_prison_that_a_list_brings_reads_nothing_of_what_another_was_let_read() -> None:
    case = a_case()
    action = shared(case)
    case.shares.confirm(action, NOW)
    case.shares.change_prison(THERE, NOW, ZONE)
    assert readers(case) == []
    assert case.shares.state(action) == "not_shared"
    assert asked_anew(case) == [action.id]
    # Nor does the former one when the list was wrong: it is asked anew, and what it confirmed is over.
    case.shares.change_prison(HERE, NOW, ZONE)
    assert (readers(case), case.shares.state(action)) == ([], "not_shared")
    case.shares.let_prison_read(action, True, NOW, "1")
    assert (readers(case), case.shares.state(action)) == ([HERE], "asked")
    assert asked_anew(case) == []


def test_nobody_reads_anything_while_a_list_names_no_prison_and_the_yes_can_be_taken_back() -> None:
    case = a_case()
    action = shared(case)
    case.shares.change_prison(None, NOW, ZONE)
    assert (readers(case), case.shares.state(action), asked_anew(case)) == ([], "not_shared", [])
    assert not case.shares.can_be_asked(action)
    case.shares.let_prison_read(action, False, NOW, "1")
    case.shares.change_prison(HERE, NOW, ZONE)
    assert (readers(case), asked_anew(case)) == ([], [])


def test_a_prison_that_is_named_at_last_is_asked_about_and_one_that_was_refused_is_not() -> None:
    case = a_case()
    case.shares.change_prison(None, NOW, ZONE)
    waits = case.plan.propose("identity", "casemanager", "inside", "ID-kaart", None, None)
    case.plan.agree(waits)
    case.shares.let_prison_read(waits, True, NOW, "1")
    assert case.consents == []
    case.shares.change_prison(HERE, NOW, ZONE)
    assert asked_anew(case) == [waits.id]
    case.shares.let_prison_read(waits, False, NOW, "1")
    case.shares.change_prison(THERE, NOW, ZONE)
    assert asked_anew(case) == []


def test_nothing_about_health_is_read_or_asked_whatever_was_said() -> None:
    case = a_case()
    action = shared(case, domain="health")
    assert (readers(case), case.shares.state(action), case.shares.can_be_asked(action)) == ([], "not_shared", False)
    case.shares.change_prison(THERE, NOW, ZONE)
    assert asked_anew(case) == []


@pytest.mark.parametrize(
    "end",
    [
        lambda case, action: case.course.release(TODAY),
        lambda case, action: case.course.close("finished", TODAY),
        lambda case, action: case.course.record_outcome("cancelled"),
        lambda case, action: case.shares.let_prison_read(action, False, NOW, "1"),
        lambda case, action: case.plan.settle(action, "dropped", "taken away"),
        lambda case, action: case.plan.pass_on(action, "worker"),
        lambda case, action: case.shares.change_prison(THERE, NOW, ZONE),
    ],
    ids=["free", "closed", "called off", "taken back", "dropped", "taken over", "moved"],
)
def test_whatever_ends_it_the_prison_reads_nothing_more_and_is_told_once(end) -> None:  # type: ignore[no-untyped-def]
    case = a_case()
    action = shared(case)
    case.shares.confirm(action, NOW)
    end(case, action)
    assert readers(case) == []
    assert case.shares.tell_ends(NOW) == [HERE]
    assert case.shares.tell_ends(NOW) == []
    case.course.reopen()
    assert readers(case) == []


def test_who_declined_or_did_it_is_not_told_that_it_is_over() -> None:
    case = a_case()
    declined, done = shared(case, "opslag"), shared(case, "ID-kaart")
    case.shares.decline(declined, NOW)
    assert readers(case) == [HERE]
    case.plan.settle(done, "done", "done", TODAY)
    case.course.release(TODAY)
    assert case.shares.tell_ends(NOW) == []


def test_what_a_prison_declined_it_reads_no_more_and_the_yes_is_still_there() -> None:
    case = a_case()
    action = shared(case)
    assert case.shares.decline(action, NOW)
    assert not case.shares.decline(action, NOW)
    assert (readers(case), case.shares.state(action)) == ([], "declined")
    # It can be arranged after all, on the telephone.
    assert case.shares.confirm(action, NOW)
    assert (readers(case), case.shares.state(action)) == ([HERE], "confirmed")


def test_what_was_confirmed_does_not_stand_for_a_yes_that_is_given_again() -> None:
    case = a_case()
    action = shared(case)
    case.shares.confirm(action, NOW)
    case.shares.let_prison_read(action, False, NOW, "1")
    case.shares.let_prison_read(action, True, NOW, "1")
    assert case.shares.state(action) == "asked"
    case.shares.confirm(action, NOW)
    case.shares.let_prison_read(action, True, NOW, "1")
    assert case.shares.state(action) == "asked"
    assert case.shares.tell_ends(NOW) == [HERE]


def test_the_figures_keep_what_was_shared_until_the_release() -> None:
    case = a_case()
    action = shared(case)
    assert measured(case, TODAY, ZONE)["handed_over"] == 1
    case.course.release(TODAY)
    assert measured(case, TODAY, ZONE)["handed_over"] == 1
    other = a_case()
    other.shares.let_prison_read(shared(other), False, NOW, "1")
    assert measured(other, TODAY, ZONE)["handed_over"] == 0
    assert case.shares.state(action) == "not_shared"


# Over random histories.

_STEPS = st.one_of(
    st.tuples(st.just("share"), st.integers(0, 2)),
    st.tuples(st.just("say"), st.integers(0, 2), st.booleans()),
    st.tuples(st.sampled_from(["confirm", "decline", "drop", "done", "over"]), st.integers(0, 2)),
    st.tuples(st.just("move"), st.sampled_from([*PRISONS, None])),
    st.tuples(st.sampled_from(["reported", "cancelled", "free", "close", "reopen"])),
)


class Told:
    """What a person has said and met, kept without the code that is tested: which prison may read which action."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.at = NOW
        # A yes that stands: to which prison, by the place of the action.
        self.yes: dict[int, str] = {}
        self.declined: set[int] = set()
        self.gone: set[int] = set()

    def _over(self, at: int) -> None:
        self.yes.pop(at, None)
        self.declined.discard(at)

    def _all_over(self) -> None:
        for at in list(self.yes):
            self._over(at)

    def take(self, what: str, *of: object) -> None:
        """Let one thing happen."""
        case = self.case
        self.at += timedelta(seconds=1)
        action = case.actions[of[0]] if of and isinstance(of[0], int) and of[0] < len(case.actions) else None
        at = action.position if action else -1
        match what:
            case "share":
                domain = "health" if of[0] == 2 else "identity"
                new = case.plan.propose(domain, "casemanager", "inside", f"needle {len(case.actions)}", None, None)
                case.plan.agree(new)
            case "say" if action is not None and of[1]:
                case.shares.let_prison_read(action, True, self.at, "1")
                if case.prison:
                    self._over(at)
                    self.yes[at] = case.prison
            case "say" if action is not None:
                case.shares.let_prison_read(action, False, self.at, "1")
                self._over(at)
            case "confirm" if action is not None:
                if case.shares.confirm(action, self.at):
                    self.declined.discard(at)
            case "decline" if action is not None:
                if case.shares.decline(action, self.at):
                    self.declined.add(at)
            case "drop" if action is not None:
                case.plan.settle(action, "dropped", "taken away", TODAY)
                self._over(at)
                self.gone.add(at)
            case "done" if action is not None and at not in self.gone:
                case.plan.settle(action, "done", "done", TODAY)
            case "over" if action is not None:
                case.plan.pass_on(action, "worker")
                self._over(at)
                self.gone.add(at)
            case "move":
                named = of[0]
                case.shares.change_prison(named, self.at, ZONE)  # type: ignore[arg-type]
                for other in [a for a, prison in self.yes.items() if named not in (None, prison)]:
                    self._over(other)
            case "reported" | "cancelled":
                case.course.record_outcome(what)
                if what == "cancelled":
                    self._all_over()
            case "free":
                case.course.release(TODAY)
                self._all_over()
            case "close":
                case.course.close("finished", TODAY)
                self._all_over()
            case "reopen":
                case.course.reopen()

    def readable(self, prison: str) -> set[str]:
        """Return what a prison may read."""
        if self.case.prison != prison or self.case.phase in ("free", "closed"):
            return set()
        mine = {at for at, to in self.yes.items() if to == prison} - self.declined - self.gone
        return {self.case.actions[at].text for at in mine if self.case.actions[at].domain != "health"}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_STEPS, min_size=4, max_size=16))
async def test_over_any_history_a_prison_reads_what_its_yes_covers_in_lists_as_in_cases(
    records: Records, steps: list[tuple[object, ...]]
) -> None:
    case = await records.case(prison=HERE)
    told = Told(case)
    for step in [("share", 0), ("say", 0, True), *steps]:
        told.take(*step)  # type: ignore[arg-type]
    await records.save(case, now=told.at)
    again = await records.load(case.id)
    assert again is not None
    async with records.database.read() as connection:
        for prison in (*PRISONS, "Groningen", "all", ""):
            scope = Scope(Actor("casemanager", "m", prison), told.at)
            seen = {a.text for a in case.shares.with_the_prison()} if scope.may("items", case) else set()
            assert seen == told.readable(prison)
            assert [a.text for a in again.shares.with_the_prison()] == [a.text for a in case.shares.with_the_prison()]
            for verb in ("items", "confirm"):
                assert scope.may(verb, case) is scope.may(verb, again)  # type: ignore[arg-type]
                listed = await records.cases.find(connection, scope.visible(verb))  # type: ignore[arg-type]
                assert (case.id in listed) is scope.may(verb, case)  # type: ignore[arg-type]


def test_an_end_is_told_to_the_prison_that_read_it_not_to_the_next() -> None:
    case, later = a_case(), datetime(2026, 12, 1, tzinfo=NOW.tzinfo)
    shared(case)
    case.shares.change_prison(THERE, NOW, ZONE)
    case.shares.change_prison(ELSEWHERE, NOW, ZONE)
    assert case.shares.tell_ends(later) == [HERE]
