"""A bounded reading of an overview, in a child process that may take so much time and memory: a bomb ends there."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import date
from typing import Any

from bot.errands.overviews.cells import OverviewError
from conversations.content.files.own_files import OwnFiles
from conversations.content.headings import ListHeadings
from conversations.content.region import Region
from conversations.words.reasons import Reason, text

# Seconds on the clock; an overview of 10,000 rows takes about five.
LONGEST = 90.0
_BEYOND = text(
    "The file is too large or too complicated to be read safely; nothing was read in. Copy only the filled rows into "
    "a new file and send that."
)


async def read_bounded(data: bytes, file_name: str, own: OwnFiles, today: date) -> dict[str, Any]:
    """Return the overview in `data` as `packing.packed` has it; raises OverviewError, also when it was too much."""
    files = {name: str(path) for name in (Region.packaged, ListHeadings.packaged) if (path := own.of(name)) is not None}
    asked = {"file_name": file_name, "today": today.isoformat(), "files": files}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.errands.overviews.child"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # what a library complains about holds what stands in the file
    )
    try:
        async with asyncio.timeout(LONGEST):
            said, _ = await process.communicate(json.dumps(asked).encode() + b"\n" + data)
    except TimeoutError:
        raise OverviewError(_BEYOND) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise OverviewError(_BEYOND)
    answer = json.loads(said)
    if "refused" in answer:
        raise OverviewError(Reason.unpacked(answer["refused"]))
    overview: dict[str, Any] = answer["overview"]
    return overview
