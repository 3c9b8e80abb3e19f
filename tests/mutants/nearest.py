"""The tests that stand nearest to each module: those that are run against its mutants, and the goal that they reach."""

from __future__ import annotations

# Percent of a module's mutants that its nearest tests must notice.
GOAL = 90

# Folder of the modules, and of each module the tests, by their folder.
_TABLE: dict[str, dict[str, dict[str, str]]] = {
    "storage": {"scope": {"storage": "test_scope test_scope_lists"}},
    "storage/keys": {
        "vault": {"storage/keys": "test_vault"},
        "erasure": {"storage/keys": "test_erasing test_erasure_ledger"},
    },
    "storage/case": {
        "case": {"storage/case": "test_a_new_case test_course test_case test_verbs_are_kept"},
        "case_changes": {"storage/case": "test_case_changes test_cases"},
        "case_fields": {"storage/case": "test_a_new_case test_course test_case"},
        "case_rows": {"storage/case": "test_reading_cases test_cases test_answers"},
        "cases": {"storage/case": "test_reading_cases test_cases"},
        "handed": {"storage/case": "test_silence_edges test_reasons_by_phase test_waiting"},
        "phases": {"storage/case": "test_silence_edges test_reasons_by_phase", "rules": "test_phases"},
        "postponement": {"storage/case": "test_course test_waiting"},
        "references": {"storage/case": "test_references"},
        "release": {"storage/case": "test_release"},
        "sharing": {"storage/case": "test_shares test_sharing test_verbs_are_kept"},
        "silence": {"storage/case": "test_silence_edges test_waiting test_reasons_by_phase"},
        "waiting": {"storage/case": "test_waiting_edges test_silence_edges test_waiting test_reasons_by_phase"},
    },
    "storage/case/verbs": {
        "attention": {"storage/case": "test_verbs test_verbs_are_kept test_case"},
        "course": {"storage/case": "test_course test_verbs test_verbs_are_kept"},
        "door": {"storage/case": "test_course test_verbs test_verbs_are_kept"},
        "figures": {"storage/case": "test_course test_case test_verbs_are_kept"},
        "helpers": {"storage/case": "test_helping test_verbs_are_kept"},
        "person": {"storage/case": "test_answers test_verbs test_verbs_are_kept test_course"},
        "plan": {"storage/case": "test_plan test_verbs test_verbs_are_kept"},
        "reach": {"storage/case": "test_signals test_course test_case test_verbs_are_kept"},
        "schedule": {"storage/case": "test_plan test_verbs test_verbs_are_kept"},
        "shares": {"storage/case": "test_shares test_sharing test_verbs test_verbs_are_kept"},
        "signals": {"storage/case": "test_signals test_case test_verbs_are_kept"},
        "thread": {"storage/case": "test_signals test_case test_verbs_are_kept"},
    },
    "conversations/rules": {
        "checklist_rules": {"rules": "test_rules test_phases test_flags_by_time"},
        "flags": {"rules": "test_flags test_flags_by_time test_phases test_rules"},
        "hours": {"rules": "test_hours"},
        "norms": {"rules": "test_norms"},
        "pin": {"rules": "test_pin"},
        "ranks": {"rules": "test_ranks"},
        "reporting_hour": {"rules": "test_reporting_hour test_agenda"},
        "sending_hours": {"rules": "test_sending_hours test_agenda"},
    },
    "conversations/reminders": {
        "schedule": {"reminders": "test_schedule test_silence"},
        "agenda": {"reminders": "test_planning", "rules": "test_agenda"},
        "follow_dates": {"reminders": "test_follow_dates"},
        "reminders": {"reminders": "test_action_reminders test_schedule"},
        "silence": {"reminders": "test_silence test_schedule"},
    },
    "bot/delivery": {
        "batch": {"delivery/alone": "test_batch test_delivery_failing test_delivery_screens_alone"},
        "delivery": {
            "delivery/alone": "test_delivery_batches test_delivery_failing test_delivery_kinds"
            " test_delivery_screens_alone"
        },
        "courier": {
            "delivery/alone": "test_delivery_batches test_delivery_failing test_delivery_kinds"
            " test_delivery_screens_alone"
        },
        "lanes": {"delivery/alone": "test_delivery_batches test_delivery_kinds"},
        "holds": {"delivery/alone": "test_holds"},
        "pace": {"delivery/alone": "test_pace"},
    },
    "bot/writing": {"erasing": {"writing": "test_what_erasing_takes"}},
}
NEAREST: dict[str, tuple[str, ...]] = {
    f"{folder}/{module}.py": tuple(f"tests/{room}/{test}.py" for room, named in tests.items() for test in named.split())
    for folder, modules in _TABLE.items()
    for module, tests in modules.items()
}


def modules(named: list[str]) -> list[str]:
    """Return the modules that are named, by path or folder, or all of the table."""
    return [module for module in NEAREST if not named or any(module.startswith(name) for name in named)]
