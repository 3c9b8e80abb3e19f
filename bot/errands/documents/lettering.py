"""The child process that typesets letters, a batch in one go: draws the pictures for cameras, writes one PDF.

Data: {"own_template": path or "", "title", "letters": [conversations/words/letter_texts.py]}. All of it is data to the
template.
"""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst
from fontTools.ttLib import TTFont  # it has no stubs

from bot.errands.bounds import bound

# What a batch may take at most: seconds of a processor, and bytes of memory.
SECONDS, MEMORY = 60, 2**32
# One of the eight patterns that the standard allows: choosing the prettiest takes three times as long.
MASK = 3


def fonts() -> Path:
    """Return the folder of a font that comes with a library of ours: letters look alike on every machine."""
    found = find_spec("matplotlib")
    assert found is not None
    assert found.submodule_search_locations is not None
    return Path(found.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf"


def picture(link: str) -> str:
    """Return a QR code as SVG."""
    drawn = BytesIO()
    segno.make(link, error="m", micro=False, mask=MASK).save(drawn, kind="svg", xmldecl=False, border=4)
    return drawn.getvalue().decode()


def typeset(data: dict[str, Any]) -> bytes:
    """Return the letters as one PDF."""
    with TTFont(fonts() / "DejaVuSans.ttf", lazy=True) as font:
        has = frozenset(font.getBestCmap())
    for letter in data["letters"]:
        letter["qr"] = picture(letter["link"])
        letter["window"] = [
            line for line in letter.get("window", ()) if all(ord(c) in has for c in line if c != "\u200b")
        ]
        for side in letter["sides"]:
            # A name in letters that the font lacks would be a row of boxes.
            if not all(ord(c) in has for c in side["greeting"] if c != "\u200b"):
                side["greeting"] = side["plain_greeting"]
    template = (
        Path(data["own_template"]) if data["own_template"] else Path(__file__).parent / "templates" / "letter.typ"
    )
    return typst.compile(
        template,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        font_paths=[fonts()],
        pdf_standards="ua-1",
    )


def main() -> None:
    """Typeset a batch."""
    bound(SECONDS, MEMORY)
    sys.stdout.buffer.write(typeset(json.load(sys.stdin)))


if __name__ == "__main__":
    main()
