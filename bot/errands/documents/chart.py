"""The child process that draws the funnel and the bars per municipality: readable on a phone, for every eye."""

from __future__ import annotations

import json
import os
import sys
from io import BytesIO
from typing import Any

from bot.errands.bounds import bound

# Seconds of a processor, and bytes of memory, that a picture may take at most.
SECONDS, MEMORY = 20, 2**31
# Okabe and Ito: told apart by those who see no red or green, and in grey.
BLUE, ORANGE, GREY, INK = "#0072B2", "#E69F00", "#D9DEE3", "#1A1A1A"
# Inches wide, and dots an inch: 1080 dots, a phone's width.
WIDE, DOTS = 7.2, 150


def picture(data: dict[str, Any]) -> bytes:
    """Return a picture as PNG.

    `title`, `note`; `steps`: [name, count or None] from all cases on; `bars`: name, percent or None, and "n / d", for
    `bar_title`.
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    steps, bars = data["steps"], data["bars"]
    heights = [0.62 * len(steps) + 0.5, 0.5 * len(bars) + 0.5] if bars else [0.62 * len(steps) + 0.5]
    plt.rcParams |= {"font.family": "DejaVu Sans", "font.size": 13, "text.color": INK}
    figure, axes = plt.subplots(
        len(heights), 1, figsize=(WIDE, sum(heights) + 1.5), height_ratios=heights, squeeze=False, layout="constrained"
    )
    figure.suptitle(data["title"], fontsize=15, fontweight="bold", x=0.02, ha="left")
    most = max((n for _, n in steps if n), default=1)
    _draw(axes[0][0], [(name, n, data["small"] if n is None else f"{n}") for name, n in steps], most, BLUE)
    if bars:
        axes[1][0].set_title(data["bar_title"], loc="left", fontsize=14, fontweight="bold")
        shown = [(n, p, data["small"] if p is None else f"{p} %  ({of})") for n, p, of in bars]
        _draw(axes[1][0], shown, 100, ORANGE)
    figure.supxlabel(data["note"], fontsize=10.5, x=0.02, ha="left", wrap=True)
    file = BytesIO()
    figure.savefig(file, format="png", dpi=DOTS)
    plt.close(figure)
    return file.getvalue()


def _draw(axes: Any, lines: list[tuple[str, int | None, str]], most: int, colour: str) -> None:
    places = range(len(lines))
    axes.barh(places, [most] * len(lines), color=GREY, height=0.62)
    axes.barh(places, [value or 0 for _, value, _ in lines], color=colour, height=0.62)
    axes.set_yticks(places, [name for name, _, _ in lines])
    axes.set_xlim(0, most * 1.42)
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    for place, (_, _, said) in zip(places, lines, strict=True):
        axes.text(most * 1.02, place, said, va="center", ha="left", fontsize=12.5)


def main() -> None:
    """Draw one picture of JSON."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # it reserves memory for each thread, whether it is used or not
    bound(SECONDS, MEMORY)
    sys.stdout.buffer.write(picture(json.load(sys.stdin)))


if __name__ == "__main__":
    main()
