"""The child process that reads an overview: a file from anywhere is opened here, within limits, and nowhere else.

It is given a line of JSON (file name, day, the files of the region and of headings) and the bytes; it answers with
JSON: the overview, or why not.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from bot.errands.bounds import bound
from bot.errands.overviews.packing import packed
from bot.errands.overviews.reader import OverviewError, read_overview
from conversations.content.headings import ListHeadings
from conversations.content.region import Region

# What a file may take at most: seconds of a processor, and bytes of memory.
SECONDS, MEMORY = 60, 2**30


def main() -> None:
    """Read one overview."""
    bound(SECONDS, MEMORY)
    asked = json.loads(sys.stdin.buffer.readline())
    files = {name: Path(path) for name, path in asked["files"].items()}
    region, known = Region.load(files.get(Region.packaged)), ListHeadings.load(files.get(ListHeadings.packaged))
    try:
        overview = read_overview(
            sys.stdin.buffer.read(), asked["file_name"], region, date.fromisoformat(asked["today"]), known
        )
    except OverviewError as error:
        answer: dict[str, object] = {"refused": error.reason.packed()}
    else:
        answer = {"overview": packed(overview)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())


if __name__ == "__main__":
    main()
