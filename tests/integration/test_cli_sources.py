"""``sirkuler poll``, ``sources`` and ``check`` as child processes against servers on loopback."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web

from tests.feed_server import FeedServer, feed_server

ROOT = Path(__file__).parent.parent.parent
TOKEN = "123456789:" + "A" * 35
WRONG_TOKEN = "123456789:" + "B" * 35


def rss(*titles: str) -> bytes:
    items = "".join(f"<item><title>{title}</title><guid>{title}</guid></item>" for title in titles)
    return f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()


@asynccontextmanager
async def bot_api() -> AsyncIterator[str]:
    """A Bot API that knows getMe and one token."""

    async def get_me(request: web.Request) -> web.Response:
        if request.match_info["token"] != TOKEN:
            refusal = {"ok": False, "error_code": 401, "description": "Unauthorized"}
            return web.json_response(refusal, status=401)
        return web.json_response({"ok": True, "result": {"id": 1, "username": "ornek_bot"}})

    app = web.Application()
    app.router.add_post("/bot{token}/getMe", get_me)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@dataclass
class Terminal:
    """A folder with settings, and the program to run in it."""

    folder: Path
    server: FeedServer
    token: str = TOKEN
    api: str = "http://127.0.0.1:9"
    staff: str = "editors = [1]\napprovers = [2, 3]"
    sources: dict[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        return self.folder / "test.db"

    async def run(self, *arguments: str) -> tuple[int, str, str]:
        """The exit code, standard output and standard error of a command."""
        entries = "".join(
            f'[[sources]]\nname = "{name}"\nallow_private = true\n{text}\n'
            for name, text in self.sources.items()
        )
        settings = (
            f'[telegram]\ntoken = "{self.token}"\napi_base_url = "{self.api}"\n'
            f'[database]\nurl = "sqlite+aiosqlite:///{self.database}"\n[staff]\n{self.staff}\n{entries}'
        )
        file = self.folder / "config.toml"
        file.write_text(settings, encoding="utf-8")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SIRKULER")}
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            "--config",
            str(file),
            cwd=ROOT,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await child.communicate()
        assert child.returncode is not None
        return child.returncode, out.decode(), err.decode()


@pytest.fixture
async def terminal(tmp_path: Path) -> AsyncIterator[Terminal]:
    async with feed_server() as server:
        built = Terminal(tmp_path, server)
        built.sources["News"] = f'url = "{server.url}/feed.xml"'
        yield built


async def test_polling_makes_the_database_and_prints_what_was_found(terminal: Terminal) -> None:
    terminal.server.body = rss("First [bold]news[/bold]", "İkinci haber")
    code, out, err = await terminal.run("poll")
    assert (code, err) == (0, "")
    assert "First [bold]news[/bold]" in out
    assert "İkinci haber" in out
    assert "first poll" in out
    terminal.server.body = rss("Third news", "İkinci haber")
    code, out, _err = await terminal.run("poll")
    assert code == 0
    assert "Third news" in out
    assert "İkinci" not in out
    with sqlite3.connect(terminal.database) as connection:
        assert connection.execute("SELECT title FROM notice").fetchall() == [("Third news",)]


async def test_a_failed_source_is_told_the_others_are_polled_and_the_exit_code_says_so(
    terminal: Terminal,
) -> None:
    terminal.server.body = rss("Haber")
    terminal.sources["Gone"] = f'url = "{terminal.server.url}/nowhere"'
    code, out, err = await terminal.run("poll")
    assert (code, err) == (1, "")
    assert "The source answers with an error (404)." in out
    assert "Haber" in out
    code, out, _err = await terminal.run("sources")
    assert code == 1
    assert "failed once: The source answers with an error (404)." in out
    assert "ok" in out
    code, out, _err = await terminal.run("poll", "--source", "News")
    assert code == 0
    assert "Gone" not in out


async def test_the_state_of_sources_is_shown_before_there_is_a_database(terminal: Terminal) -> None:
    terminal.sources["Later"] = f'url = "{terminal.server.url}/feed.xml"\nenabled = false'
    code, out, err = await terminal.run("sources")
    assert (code, err) == (0, "")
    assert "never polled" in out
    assert "off" in out
    assert not terminal.database.exists()


async def test_an_unknown_source_is_one_sentence(terminal: Terminal) -> None:
    code, out, err = await terminal.run("poll", "--source", "Nws")
    assert (code, out) == (2, "")
    assert err == "There is no source named 'Nws'; the settings name: News.\n"


async def test_a_database_of_another_version_is_one_sentence_with_the_way_out(terminal: Terminal) -> None:
    terminal.server.body = rss("x")
    await terminal.run("poll")
    with sqlite3.connect(terminal.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    for command in ("poll", "sources"):
        code, out, err = await terminal.run(command)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1
        assert "sirkuler db upgrade" in err


async def test_the_check_says_what_is_right(terminal: Terminal) -> None:
    terminal.server.body = rss("a", "b")
    async with bot_api() as terminal.api:
        code, out, _err = await terminal.run("check")
    assert code == 0, out
    assert "@ornek_bot" in out
    assert "2 entries." in out
    assert "It does not exist yet" in out
    assert "3 may write, 2 may release." in out
    assert "✗" not in out
    assert not terminal.database.exists()


async def test_the_check_says_what_is_wrong_and_what_to_do(terminal: Terminal) -> None:
    terminal.server.body = b"<html><body>maintenance</body></html>"
    terminal.sources["Private"] = f'url = "{terminal.server.url}/feed.xml"\ntopics = ["no_such"]'
    terminal.staff = "approvers = [2]"
    terminal.token = WRONG_TOKEN
    async with bot_api() as terminal.api:
        code, out, err = await terminal.run("check")
    assert code == 1
    assert "Telegram refuses it" in out
    assert "This is a web page (HTML), not a feed." in out
    assert "Private names topics that the topics file does not have: no_such." in out
    assert "set second_person = false" in out
    assert WRONG_TOKEN not in out + err


async def test_the_check_without_telegram_and_staff(terminal: Terminal) -> None:
    terminal.server.body = rss("a")
    terminal.staff = "editors = [1]"
    code, out, _err = await terminal.run("check")
    assert code == 1
    assert "Telegram cannot be reached" in out
    assert "Nobody may release a notice" in out
    terminal.staff, terminal.token = "editors = [1]\napprovers = [2]", ""
    code, out, _err = await terminal.run("check")
    assert code == 1
    assert "@BotFather gives one" in out
    assert "What the only approver writes nobody can release" in out


async def test_a_private_address_must_be_allowed(terminal: Terminal) -> None:
    terminal.sources = {"News": f'url = "{terminal.server.url}/feed.xml"'}
    terminal.server.body = rss("a")
    code, out, _err = await terminal.run("poll")
    assert code == 0, out
    file = terminal.folder / "config.toml"
    text = file.read_text(encoding="utf-8").replace("allow_private = true", "allow_private = false")
    other = terminal.folder / "other.toml"
    other.write_text(text, encoding="utf-8")
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "poll", "-c", str(other), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    out_bytes, _ = await child.communicate()
    assert child.returncode == 1
    assert b"private network" in out_bytes
