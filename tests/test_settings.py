"""The environment is read once; every fault is named; secrets are made, kept and never shown."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from settings import SettingsError, from_env


def test_an_empty_environment_works_with_embedded_defaults(tmp_path: Path) -> None:
    settings = from_env({"DATA_DIR": str(tmp_path)})
    assert (settings.host, settings.port, settings.site_name) == ("127.0.0.1", 8000, "Openway")
    assert settings.database_url == f"sqlite:///{tmp_path}/openway.sqlite3"
    assert settings.twilio_auth_token == ""


def test_every_fault_is_named_in_one_error(tmp_path: Path) -> None:
    env = {"DATA_DIR": str(tmp_path), "PORT": "99999", "PUBLIC_URL": "example.org", "SECRET_KEY": "short"}
    with pytest.raises(SettingsError) as error:
        from_env(env)
    lines = str(error.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["PORT", "PUBLIC_URL", "SECRET_KEY"]


@pytest.mark.parametrize(
    "url", ["ftp://x.org", "https://", "https://h:99999", "https://h/?q=1", "http://[::1"]
)
def test_a_public_url_that_cannot_be_signed_against_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match="PUBLIC_URL"):
        from_env({"DATA_DIR": str(tmp_path), "PUBLIC_URL": url})


def test_keys_are_made_once_and_only_the_owner_may_read_them(tmp_path: Path) -> None:
    def make(_: int) -> bytes:
        return from_env({"DATA_DIR": str(tmp_path)}).pseudonym_key

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(make, range(32)))) == 1
    files = list((tmp_path / "keys").iterdir())
    assert len(files) == 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    settings = from_env({"DATA_DIR": str(tmp_path)})
    assert len({settings.secret_key, settings.contact_key, settings.pseudonym_key, settings.opt_out_key}) == 4


def test_settings_in_a_log_line_show_no_key(tmp_path: Path) -> None:
    settings = from_env({"DATA_DIR": str(tmp_path), "TWILIO_AUTH_TOKEN": "a-secret-of-twilio"})
    shown = repr(settings)
    assert "a-secret-of-twilio" not in shown
    assert settings.secret_key.decode() not in shown
