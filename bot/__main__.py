"""`voorzorg` and `python -m bot`."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from bot.cli import app

    app(prog_name="voorzorg")


if __name__ == "__main__":
    main()
