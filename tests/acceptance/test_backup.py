"""Backup and restore from the terminal beside a running bot: a copy is whole, and sends nothing twice."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
import stat
import sys
from datetime import date, time
from pathlib import Path

from bot.domain.notice import Deadline, Document, Kind, Notice
from bot.flows import broadcast
from bot.rendering.catalog import load_catalogs
from bot.store import notices
from tests.town import APPROVER, AYSE, EDITOR, OLIVER, Town, town, until

ROOT = Path(__file__).parents[2]
ADMIN = APPROVER
STAFF = {"editors": [], "approvers": [EDITOR], "admins": [ADMIN]}
TR = load_catalogs()["tr"]
NOTICE = Notice(
    title="Yatırım desteği çağrısı",
    kind=Kind.FUNDING,
    deadlines=(Deadline(date(2026, 11, 25), time=time(17), quote="25 Kasım 2026"),),
    topics=("support",),
)


async def terminal(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """``sirkuler db …`` on the town's database: exit code, standard output, standard error."""
    config = folder / "config.toml"
    config.write_text(f'[database]\nurl = "sqlite+aiosqlite:///{folder / "town.db"}"\n', encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SIRKULER")}
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "db", *arguments, "--config", str(config),
        cwd=ROOT, env=kept, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await child.communicate()
    assert child.returncode is not None
    return child.returncode, out.decode(), err.decode()


async def release(place: Town) -> None:
    now = place.clock.now()
    async with place.app.db.write() as connection:
        root = await notices.add_document(connection, Document("tr", "2026/1", None, (NOTICE,)), now)
        await broadcast.release(connection, root, now, released_by=APPROVER, rendering=place.app.services.kit)
    place.app.dispatcher.wake()


def made(folder: Path, part: str) -> list[Path]:
    """The files whose names hold ``part``."""
    return [file for file in folder.iterdir() if part in file.name]


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(file) as connection:
        return connection.execute(query).fetchall()


async def test_a_copy_made_in_mid_broadcast_is_whole_and_sends_nothing_twice(tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    async with town(tmp_path, staff=STAFF) as place:
        await place.subscribe(AYSE, "tr", "support")
        await place.subscribe(OLIVER, "en", "support")
        place.world.faults.add(kind="delay", method="sendMessage", seconds=12.0)  # a backup takes less
        await release(place)
        await until(
            lambda: bool(rows(tmp_path / "town.db", "SELECT 1 FROM delivery WHERE state = 1")), "lease"
        )
        code, out, err = await terminal(tmp_path, "backup", str(copy))
        assert (code, err) == (0, "")
        assert "It starts paused when restored." in out
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        place.world.faults.clear()
        await place.phone(AYSE).wait_for_text(NOTICE.title)
        await place.idle()
        code, _out, err = await terminal(tmp_path, "restore", str(copy))
        assert code == 1
        assert err.startswith("Another process uses the database already:")
    assert rows(copy, "SELECT count(*) FROM delivery WHERE state < 2") == [(2,)]
    code, out, err = await terminal(tmp_path, "restore", str(copy))
    assert (code, err) == (0, ""), out
    (former,) = made(tmp_path, ".before-")
    assert rows(former, "SELECT count(*) FROM delivery WHERE state = 2") == [(2,)]
    async with town(tmp_path, staff=STAFF) as place:
        await place.phone(ADMIN).wait_for_text("yedekten geri yüklendi")
        await place.idle()
        assert place.phone(AYSE).texts() == []
        assert "/yardim" in (await place.phone(AYSE).write("selam"))["text"]
        assert rows(tmp_path / "town.db", "SELECT state FROM broadcast") == [(1,)]
        code, out, _err = await terminal(tmp_path, "resume")
        assert (code, out) == (0, "Sending goes on.\n")
        await release(place)  # what is new goes out
        await place.phone(AYSE).wait_for_text(NOTICE.title)
        await place.idle()
        assert sum(NOTICE.title in text for text in place.phone(AYSE).texts()) == 1


async def test_a_copy_put_in_place_by_hand_is_paused_too_and_reminds_nobody_twice(tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    async with town(tmp_path) as place:
        await place.subscribe(AYSE, "tr", "support")
        await release(place)
        await place.idle()
        assert (await terminal(tmp_path, "backup", str(copy)))[0] == 0
        await place.app.ticker.run_now("reminders")
        await place.phone(AYSE).wait_for_text("HATIRLATMA")
    for name in ("town.db", "town.db-wal", "town.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    shutil.copy(copy, tmp_path / "town.db")
    async with town(tmp_path, staff=STAFF) as place:
        await release(place)
        told = await place.phone(EDITOR).wait_for_text("yedekten geri yüklendi")
        assert place.phone(EDITOR).buttons(told) == {}
        place.world.person_tap(EDITOR, EDITOR, told["message_id"], "rs:resume")
        await place.app.ticker.run_now("reminders")
        await place.phone(AYSE).write("selam")
        assert not any(NOTICE.title in text for text in place.phone(AYSE).texts())
        await place.phone(ADMIN).tap_and_read("Gönderimi başlat")
        await place.phone(AYSE).wait_for_text(NOTICE.title)  # what was released meanwhile
        await place.idle()
        await place.app.ticker.run_now("reminders")
        await place.idle()
        (reminded,) = (text for text in place.phone(AYSE).texts() if text.startswith("HATIRLATMA"))
        # The new sending's own; the old one's was ended.
        assert reminded.count(NOTICE.title) == 1
        query = "SELECT action, user_id FROM audit WHERE object = 'database' ORDER BY id"
        assert rows(tmp_path / "town.db", query) == [("settle_copy", None), ("resume_copy", ADMIN)]


async def test_what_is_no_whole_backup_is_refused_and_the_database_stands(tmp_path: Path) -> None:
    assert (await terminal(tmp_path, "upgrade"))[0] == 0
    database, copy = tmp_path / "town.db", tmp_path / "copy.db"
    assert (await terminal(tmp_path, "backup", str(copy)))[0] == 0
    before = database.read_bytes()
    broken = {name: tmp_path / name for name in ("cut", "other", "newer", "text")}
    broken["cut"].write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    with sqlite3.connect(broken["other"]) as connection:
        connection.execute("CREATE TABLE a (b)")
    shutil.copy(copy, broken["newer"])
    with sqlite3.connect(broken["newer"]) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    broken["text"].write_text("no database at all", encoding="utf-8")
    for file in (*broken.values(), tmp_path / "missing"):
        code, out, err = await terminal(tmp_path, "restore", str(file))
        assert (code, out, err.count("\n")) == (1, "", 1), file
        assert str(file) in err
    assert database.read_bytes() == before
    assert made(tmp_path, ".before-") == made(tmp_path, ".restoring") == []
    code, _out, err = await terminal(tmp_path, "backup", str(copy))
    assert (code, err) == (1, f"{copy} exists already; nothing was written.\n")


async def test_postgresql_is_told_its_own_tools(tmp_path: Path) -> None:
    config = tmp_path / "pg.toml"
    config.write_text(
        '[database]\nurl = "postgresql+asyncpg://sirkuler@127.0.0.1:9/sirkuler"\n', encoding="utf-8"
    )
    for command in ("backup", "restore"):
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "db", command, str(tmp_path / "x"), "-c", str(config),
            cwd=ROOT, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _out, err = await child.communicate()
        assert child.returncode == 1
        assert b"use pg_dump and pg_restore" in err
        assert err.count(b"\n") == 1


async def test_the_export_proves_who_did_what_and_who_got_what_without_any_text(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        await place.subscribe(AYSE, "tr", "support")
        await release(place)
        await place.idle()
        code, out, err = await terminal(tmp_path, "export")
        assert (code, err) == (0, "")
    lines = [json.loads(line) for line in out.splitlines()]
    (released,) = (line for line in lines if line["type"] == "audit")
    assert (released["action"], released["user"], released["object"]) == ("release", APPROVER, "notice:1")
    (delivered,) = (line for line in lines if line["type"] == "delivery")
    assert (delivered["state"], delivered["notice"], delivered["purpose"]) == ("sent", 1, "new")
    assert delivered["telegram_message"]
    assert NOTICE.title not in out
    target = tmp_path / "export.jsonl"
    assert (await terminal(tmp_path, "export", "--output", str(target)))[:2] == (0, "")
    assert target.read_text(encoding="utf-8") == out
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
