"""Headers on every answer: what a browser may load, keep and tell others. Nothing foreign, nothing kept."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final

from flask import Flask, Response, request, url_for

ASSETS: Final = Path(__file__).parent / "static"
# A search is a few words; a form larger than this is not one of ours.
LARGEST_FORM: Final = 64 * 1024

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",  # names of places, asked of this site alone while one types a search
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    # Threat: the site a person goes to next, or its logs, learn that they were here.
    "Referrer-Policy": "no-referrer",
    # Where a person is may be asked for by this site alone, and it asks only when they tap.
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Threat: the next person at a shared phone or library computer presses Back.
UNKEPT: Final = "no-store"
KEPT: Final = "public, max-age=31536000, immutable"
ONE_YEAR: Final = "max-age=31536000"


def protect(app: Flask, *, https: bool) -> None:
    """Puts the headers on every answer of an app. `https`: the public address has TLS."""
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_CONTENT_LENGTH"] or LARGEST_FORM
    marks = {path.name: sha256(path.read_bytes()).hexdigest()[:12] for path in ASSETS.iterdir()}

    def asset(name: str) -> str:
        """The address of a static file; it changes when the file does."""
        return url_for("static", filename=name, v=marks[name])

    def shield(response: Response) -> Response:
        response.headers.update(HEADERS)
        kept = request.endpoint == "static" and request.args.get("v") in marks.values()
        response.headers["Cache-Control"] = KEPT if kept and response.status_code < 400 else UNKEPT
        if https:
            response.headers["Strict-Transport-Security"] = ONE_YEAR
        return response

    app.jinja_env.globals["asset"] = asset
    app.after_request(shield)
