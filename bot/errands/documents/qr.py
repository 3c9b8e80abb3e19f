"""A link as a picture that a telephone's camera reads: for a screen as PNG, for paper as SVG."""

from __future__ import annotations

from io import BytesIO


def qr_png(link: str) -> bytes:
    """Return a QR code as PNG, large enough to be read from a screen."""
    import segno  # only here: start-up stays lean

    picture = BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=10, border=4)
    return picture.getvalue()


def qr_svg(link: str) -> str:
    """Return a QR code as SVG, for a template."""
    import segno  # only here: start-up stays lean

    picture = BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="svg", border=4, xmldecl=False)
    return picture.getvalue().decode()
