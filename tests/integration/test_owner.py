"""The owner's lock: one process per SQLite file, however it is named; none where sharing is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.delivery.owner import own
from bot.errors import DatabaseError
from bot.store.db import Database, open_database


def at(path: Path | str) -> Database:
    return open_database(f"sqlite+aiosqlite:///{path}")


def test_a_second_owner_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    with own(at(file)) as number:
        assert 1 <= number < 2**31
        with (
            pytest.raises(DatabaseError, match="Another process uses the database") as refusal,
            own(at(file)),
        ):
            pass
        assert refusal.value.key is None
        assert (tmp_path / "a.db.lock").exists()
    with own(at(file)) as other:
        assert other != number


def test_a_link_to_the_database_is_the_same_database(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    (tmp_path / "b.db").symlink_to(tmp_path / "a.db")
    with own(at(tmp_path / "a.db")):
        for other in (tmp_path / "b.db", f"file:{tmp_path / 'a.db'}?uri=true"):
            with pytest.raises(DatabaseError), own(at(other)):
                pass


def test_two_databases_have_two_owners(tmp_path: Path) -> None:
    with own(at(tmp_path / "a.db")) as one, own(at(tmp_path / "b.db")) as other:
        assert one != other


@pytest.mark.filterwarnings("ignore:Selection of the StaticPool")
@pytest.mark.parametrize(
    "url",
    [
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
        "sqlite+aiosqlite:///file:name?mode=memory&cache=shared&uri=true",
        "postgresql+asyncpg://sirkuler@127.0.0.1/sirkuler",
    ],
)
def test_what_cannot_or_may_be_shared_is_not_locked(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with own(open_database(url)), own(open_database(url)):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    with (
        pytest.raises(DatabaseError, match=r"^The lock .* cannot be made: .*\.$"),
        own(at(tmp_path / "no" / "a.db")),
    ):
        pass
