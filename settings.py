"""One frozen dataclass from the environment. Every fault is named in one error.

Secrets have no default: what is not given is made on first run and kept in DATA_DIR, mode 0600.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


class SettingsError(ValueError):
    """The environment cannot be used; the text lists every fault."""


@dataclass(frozen=True, slots=True)
class Settings:
    data_dir: Path
    database_url: str
    host: str
    port: int
    site_name: str
    public_url: str
    twilio_account_sid: str
    twilio_auth_token: str
    twilio_auth_token_secondary: str
    twilio_from: str
    secret_key: bytes  # signs cookies
    contact_key: bytes  # encrypts what is remembered of a talk
    pseudonym_key: bytes  # turns a number into a pseudonym; rotate to forget everyone
    opt_out_key: bytes  # keeps the opt-out list; survives the other rotations

    def __repr__(self) -> str:
        # Threat: a settings object in a log line or a traceback must not print a key.
        return f"Settings(data_dir={self.data_dir}, host={self.host}, port={self.port})"


KEYS = ("SECRET_KEY", "CONTACT_KEY", "PSEUDONYM_KEY", "OPT_OUT_KEY")


def from_env(env: Mapping[str, object]) -> Settings:
    """Settings from a mapping of names as in .env.example. Raises SettingsError."""
    text = {name: str(value).strip() for name, value in env.items() if value is not None}
    faults: list[str] = []
    port = _port(text.get("PORT") or "8000", faults)
    public_url = _public_url(text.get("PUBLIC_URL", ""), faults)
    faults += [
        f"{name}: give at least 16 characters, or leave it out to have one made"
        for name in KEYS
        if text.get(name) and len(text[name]) < 16
    ]
    if faults:
        raise SettingsError("\n".join(faults))
    data_dir = Path(text.get("DATA_DIR") or "instance").absolute()
    keys = {name: (text.get(name, "").encode() or _kept_key(data_dir, name)) for name in KEYS}
    return Settings(
        data_dir=data_dir,
        database_url=text.get("DATABASE_URL") or f"sqlite:///{data_dir / 'openway.sqlite3'}",
        host=text.get("HOST") or "127.0.0.1",
        port=port,
        site_name=text.get("SITE_NAME") or "Openway",
        public_url=public_url,
        twilio_account_sid=text.get("TWILIO_ACCOUNT_SID", ""),
        twilio_auth_token=text.get("TWILIO_AUTH_TOKEN", ""),
        twilio_auth_token_secondary=text.get("TWILIO_AUTH_TOKEN_SECONDARY", ""),
        twilio_from=text.get("TWILIO_FROM", ""),
        secret_key=keys["SECRET_KEY"],
        contact_key=keys["CONTACT_KEY"],
        pseudonym_key=keys["PSEUDONYM_KEY"],
        opt_out_key=keys["OPT_OUT_KEY"],
    )


def _port(text: str, faults: list[str]) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    faults.append(f"PORT: {text!r} is not a port number (1 to 65535)")
    return 0


def _public_url(text: str, faults: list[str]) -> str:
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query
        _ = parts.port
    except ValueError:
        good = False
    if not good:
        faults.append(f"PUBLIC_URL: {text!r} is not a web address like https://help.example.org")
    return text.rstrip("/")


def _kept_key(data_dir: Path, name: str) -> bytes:
    """A key of this installation, made once; several processes starting at once agree on it."""
    folder = data_dir / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name.lower()
    if not path.exists():
        fresh = folder / f".{name.lower()}.{os.getpid()}.{secrets.token_hex(4)}"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(fresh, path)  # the first to get here wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()
