"""Verbs of a case, by noun: the person, the plan, the schedule and so on, each over the fields of one case."""
