"""The published examples that Voorzorg is compared with, out of the libraries' own source packages.

They are fetched when they are run, and none of them lies in this repository. Where they cannot be fetched, ours in
`others/` stand in, which do the same in our own words; the report says which ran.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

LOCK = Path(__file__).parent.parent.parent / "requirements.lock"
OTHERS = Path(__file__).with_name("others")
# Where they are kept once fetched: with the packages themselves.
KEPT = Path(sys.prefix) / "share" / "published examples"
# Seconds that fetching one package may take.
PATIENCE = 60
# Ours, and the published one that it stands in for.
_PUBLISHED = {
    ("python-telegram-bot", "telegram_echo.py"): "echobot.py",
    ("python-telegram-bot", "telegram_form.py"): "conversationbot.py",
    ("aiogram", "aiogram_echo.py"): "echo_bot.py",
    ("aiogram", "aiogram_form.py"): "finite_state_machine.py",
}


class NotFetchedError(Exception):
    """The examples cannot be fetched; the message says why."""


@dataclass(frozen=True, slots=True)
class Examples:
    """The programs, by the name of ours; `origin` says in words whose they are."""

    files: dict[str, Path]
    origin: str


def ours() -> Examples:
    """Return those that stand in."""
    return Examples({name: OTHERS / name for _, name in _PUBLISHED}, "our own, in the manner of the published examples")


def published(kept: Path = KEPT) -> Examples:
    """Return the published ones, fetched unless they were before; raises NotFetchedError."""
    files = {name: _folder(kept, library) / theirs for (library, name), theirs in _PUBLISHED.items()}
    libraries = dict.fromkeys(library for library, _ in _PUBLISHED)
    found = " and ".join(f"{library} {version(library)}" for library in libraries)
    return Examples(files, f"the examples published with {found}, unmodified")


def best(kept: Path = KEPT) -> Examples:
    """Return the published ones, or ours where they cannot be had."""
    try:
        return published(kept)
    except NotFetchedError as error:
        stand_in = ours()
        return Examples(stand_in.files, f"{stand_in.origin} ({error})")


def _folder(kept: Path, library: str) -> Path:
    """Return the folder of a library's examples, of the version that is installed."""
    folder = kept / f"{library}-{version(library)}"
    if not folder.exists():
        with tempfile.TemporaryDirectory() as place:
            archive = _fetch(library, Path(place))
            shutil.unpack_archive(archive, place)
            folder.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(Path(place) / archive.name.removesuffix(".tar.gz") / "examples", folder)
    return folder


def _fetch(library: str, place: Path) -> Path:
    """Fetch the source package that is locked, by its hash; installs nothing."""
    # A requirement with its hashes goes on over lines that end in a backslash.
    locked = re.search(rf"^{library}=={re.escape(version(library))} (?:.*\\\n)+.*$", LOCK.read_text(), re.MULTILINE)
    if locked is None:
        raise NotFetchedError(f"{library} {version(library)} is not the one that is locked")
    wanted = place / "wanted.txt"
    wanted.write_text(locked[0])
    pip = (sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps")
    source = ("--no-binary", ":all:", "--no-build-isolation", "--require-hashes", "-r", str(wanted), "-d", str(place))
    try:
        subprocess.run((*pip, *source), check=True, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.CalledProcessError as error:
        last = (error.stderr.strip().splitlines() or [""])[-1]
        raise NotFetchedError(f"pip does not fetch {library}: {last}") from None
    except subprocess.TimeoutExpired:
        raise NotFetchedError(f"pip does not fetch {library} within {PATIENCE} seconds") from None
    return next(place.glob("*.tar.gz"))
