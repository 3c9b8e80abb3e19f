"""The proof of the engine: over every question, route, phone and truth of the conditions, each walk ends and asks all.

That the screens of these walks hold what they must is proved in test_proof_screens.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from conversations.content.checklist.model import Checklist
from conversations.rules import checklist_rules
from storage.case.phases import BEFORE
from tests.counted import COUNTED
from tests.talk.walks import Walk, ancestors, routes, truths, turning_points, walks

CHECKLIST = Checklist.load()


@pytest.fixture(scope="module")
def every_walk() -> list[Walk]:
    return list(walks(CHECKLIST))


def test_the_truths_of_one_question_change_no_other_so_that_they_need_no_product() -> None:
    """What the walks rely on; a checklist with a condition on two questions needs the product of both."""
    for question in CHECKLIST.questions:
        assert len(ancestors(CHECKLIST, question.id)) <= 1, question.id


def test_every_walk_ends_and_has_asked_all_that_applies(every_walk: list[Walk]) -> None:
    for walk in every_walk:
        applies = checklist_rules.applicable(CHECKLIST, walk.answers, walk.route.situation)
        assert list(walk.asked) == applies
        assert checklist_rules.questions_left(CHECKLIST, walk.answers, walk.route.situation) == 0


def test_every_question_is_reached_in_every_route_that_may_ask_it(every_walk: list[Walk]) -> None:
    everything = {q.id for q in CHECKLIST.questions}
    for route in routes(CHECKLIST):
        reached = {q.id for walk in every_walk if walk.route == route for q in walk.asked}
        withheld = set() if route.situation.by_worker else {q.id for q in CHECKLIST.questions if q.asks == "worker"}
        if not route.situation.by_worker and not route.situation.own_phone:
            withheld |= {q.id for q in CHECKLIST.questions if q.asks == "own_phone"}
        withheld |= {q.id for q in CHECKLIST.questions if not set(q.phases) & set(BEFORE)}
        assert everything - reached == withheld, route


def test_what_a_condition_refers_to_is_asked_before_it_in_every_walk(every_walk: list[Walk]) -> None:
    for walk in every_walk:
        asked = [q.id for q in walk.asked]
        for question in walk.asked:
            for condition in question.when:
                assert asked.index(condition.question) < asked.index(question.id)


def test_from_every_question_one_can_go_back_to_the_first(every_walk: list[Walk]) -> None:
    for walk in every_walk:
        situation, at = walk.route.situation, walk.asked[-1]
        way = [at]
        while before := checklist_rules.previous_question(CHECKLIST, walk.answers, situation, at.id):
            at = before
            way.insert(0, at)
        assert tuple(way) == walk.asked


def test_the_short_route_asks_its_questions_before_any_other(every_walk: list[Walk]) -> None:
    assert CHECKLIST.short is not None
    short = set(CHECKLIST.short.questions)
    for walk in every_walk:
        if checklist_rules.is_short(CHECKLIST, walk.route.situation):
            is_short = [q.id in short for q in walk.asked]
            assert is_short == sorted(is_short, reverse=True)


def test_an_answer_changed_on_any_walk_leaves_a_walk_that_ends(every_walk: list[Walk]) -> None:
    points = turning_points(CHECKLIST)
    for walk in every_walk:
        for point in points:
            for choice in truths(CHECKLIST, point):
                answers = dict(walk.answers)
                if point.id in answers:
                    answers[point.id] = type(answers[point.id])(choice, answers[point.id].at)
                    left = checklist_rules.applicable(CHECKLIST, answers, walk.route.situation)
                    new = {q.id for q in left if q.id not in answers}
                    assert all(ancestors(CHECKLIST, q) == {point.id} for q in new)


def test_the_counts(every_walk: list[Walk], record_property: Callable[[str, object], None]) -> None:
    kinds = Counter(walk.route.name for walk in every_walk)
    points = turning_points(CHECKLIST)
    classes = {point.id: len(truths(CHECKLIST, point)) for point in points}
    steps = sum(len(walk.asked) for walk in every_walk)
    longest, shortest = (f(len(walk.asked) for walk in every_walk) for f in (max, min))
    record_property(
        COUNTED,
        f"{len(CHECKLIST.questions)} questions, {len(CHECKLIST.proposals)} proposals, {len(CHECKLIST.flags)} flags",
    )
    record_property(
        COUNTED,
        f"{len(every_walk)} walks ({', '.join(f'{n} {name}' for name, n in sorted(kinds.items()))}) "
        f"of {shortest} to {longest} questions, {steps} steps; truths: {classes}",
    )
    assert len(CHECKLIST.questions) >= 64
    assert len(CHECKLIST.proposals) >= 55
    assert set(kinds) == {"full", "short", "by a worker"}
    assert len(every_walk) > 1500
