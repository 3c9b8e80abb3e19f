"""Roles: the conversations, one a role, filled by the modules of their folders, joined by the router."""

from __future__ import annotations

from conversations.registry import Conversation

stranger = Conversation("stranger")
self_reporter = Conversation("self_reporter")
worker = Conversation("worker")
# What a worker has, within their own scope, and the work of a province.
coordinator = Conversation("coordinator", also=worker)
# What a person shares with their prison, and nothing else.
casemanager = Conversation("casemanager")
# Other members of staff: they have their command line, and here only what every member has.
member = Conversation("member")
