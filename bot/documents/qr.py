"""A link as a picture that a telephone's camera reads."""

from __future__ import annotations

from io import BytesIO


def qr_png(link: str) -> bytes:
    """Return a QR code as PNG, large enough to be read from a screen."""
    import segno  # only here: start-up stays lean

    picture = BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=10, border=4)
    return picture.getvalue()
