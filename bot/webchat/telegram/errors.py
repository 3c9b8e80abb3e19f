"""Errors of the Bot API when it refuses: one exception, and Telegram's own words.

The words come from the official Bot API server (tdlib/telegram-bot-api, Client.cpp) and from telegram.org's answers.
"""

from __future__ import annotations


class ApiError(Exception):
    """A refusal with an HTTP status, a description, for 429 the seconds to wait, and where a group has moved to."""

    def __init__(
        self, code: int, description: str, retry_after: int | None = None, migrate_to_chat_id: int | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to_chat_id = migrate_to_chat_id


def bad_request(reason: str) -> ApiError:
    """Return a 400 with `reason` after Telegram's prefix."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """Return a 403 with `reason` after Telegram's prefix."""
    return ApiError(403, f"Forbidden: {reason}")


def too_many(seconds: int) -> ApiError:
    """Return a 429 that asks for `seconds` of patience."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", seconds)


def unauthorized() -> ApiError:
    """Return the 401 for another token than the bot's."""
    return ApiError(401, "Unauthorized")


def no_such_method() -> ApiError:
    """Return the 404 for a method that is not here."""
    return ApiError(404, "Not Found: method not found")


def too_large() -> ApiError:
    """Return the 413 for an upload over the limit."""
    return ApiError(413, "Request Entity Too Large")


def conflict() -> ApiError:
    """Return the 409 for the poll that another one pushes aside."""
    return ApiError(
        409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )


def webhook_active() -> ApiError:
    """Return the 409 for a poll while updates go to a webhook."""
    return ApiError(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )


def webhook_set() -> ApiError:
    """Return the 409 for the poll that waits while a webhook is set."""
    return ApiError(409, "Conflict: terminated by setWebhook request")


def upgraded(chat_id: int) -> ApiError:
    """Return the 400 for a group that has become the supergroup `chat_id`."""
    return ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat_id)


def not_modified() -> ApiError:
    """Return the 400 for an edit that changes nothing."""
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same as a current "
        "content and reply markup of the message"
    )


def query_too_old() -> ApiError:
    """Return the 400 for a tap that was answered before, is too old, or never was."""
    return bad_request("query is too old and response timeout expired or query ID is invalid")
