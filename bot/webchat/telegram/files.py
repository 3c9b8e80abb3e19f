"""Files that were sent: kept under a file_id, downloaded by a link that works for an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from bot.webchat.document import Document
from bot.webchat.telegram.errors import bad_request
from storage.clock import Clock

# Bytes (bots FAQ).
UPLOAD_BYTES = 50 * 2**20
PHOTO_BYTES = 10 * 2**20
# How pictures begin that Telegram takes as a photo: JPEG, PNG, WebP.
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
DOWNLOAD_BYTES = 20 * 2**20
# "It is guaranteed that the link will be valid for at least 1 hour" (Bot API, getFile): here not a second longer.
LINK_LIFETIME = timedelta(hours=1)
# What a file_id begins with, by the folder of the file.
_PREFIXES = {"documents": "BQACAgQAAxkBAAI", "photos": "AgACAgQAAxkBAAI", "stickers": "CAACAgQAAxkBAAI"}

JSON = dict[str, Any]


class Files(dict[str, Document]):
    """The files by their file_id."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._paths: dict[str, str] = {}
        self._links: dict[str, datetime] = {}

    def keep(self, document: Document, folder: str = "documents") -> JSON:
        """Keep a file and return the fields that name it."""
        number = len(self) + 1
        file_id = f"{_PREFIXES.get(folder, 'AwACAgQAAxkBAAI')}{number:08d}"
        self[file_id] = document
        self._paths[file_id] = f"{folder}/file_{number}{PurePath(document.name).suffix}"
        return self.named(file_id)

    def named(self, file_id: str) -> JSON:
        """Return the fields that name a file that is there."""
        return {"file_id": file_id, "file_unique_id": f"AgAD{file_id[-8:]}", "file_size": len(self[file_id].content)}

    def link(self, file_id: str) -> JSON:
        """Return what getFile returns; raises ApiError for a file that is not there or is over 20 MB."""
        if not file_id:
            raise bad_request("file_id not specified")
        if file_id not in self:
            raise bad_request("invalid file_id")
        if len(self[file_id].content) > DOWNLOAD_BYTES:
            raise bad_request("file is too big")
        path = self._paths[file_id]
        self._links[path] = self._clock.now() + LINK_LIFETIME
        return {**self.named(file_id), "file_path": path}

    def download(self, path: str) -> Document | None:
        """Return the file that a link leads to, None for one that never was or has expired."""
        if path not in self._links or self._clock.now() > self._links[path]:
            return None
        return next(self[file_id] for file_id, known in self._paths.items() if known == path)
