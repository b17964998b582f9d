"""``sirkuler init``: from five answers to settings that the check passes; nothing is overwritten."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.integration.test_cli_sources import ROOT, TOKEN, bot_api

NAME = 'İhracatçılar "Birliği" \\ 1'
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="file modes and terminals of POSIX")


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SIRKULER")}
    return {**kept, "COLUMNS": "200", **more}


async def run(*arguments: str, **more: str) -> tuple[int, str, str]:
    """A command without a terminal: exit code, standard output, standard error."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        cwd=ROOT, env=environment(**more), stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await child.communicate()
    assert child.returncode is not None
    return child.returncode, out.decode(), err.decode()


def names(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


def talk(config: Path, answers: list[str]) -> tuple[int, str]:
    """The command on a terminal of its own, typed to line by line: exit code and what it showed."""
    import pty

    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "bot", "init", "-c", str(config)],
        cwd=ROOT, env=environment(), stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:
        pass  # Linux: the other side has closed
    os.close(ours)
    return child.wait(timeout=30), shown.decode()


@POSIX
async def test_five_answers_on_a_terminal_make_settings_that_the_check_passes(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    typed = [NAME, "no token", TOKEN, "@elif", "612345678", "approver", "612345679", "none"]
    code, shown = await asyncio.to_thread(talk, config, typed)
    assert code == 0, shown
    assert "/newbot" in shown
    assert "That is no token" in shown
    assert "not the @name" in shown
    settings = tomllib.loads(config.read_text(encoding="utf-8"))
    assert settings["association"]["name"] == NAME
    assert settings["staff"]["approvers"] == [612345678, 612345679]
    assert settings["staff"].get("second_person", True)
    assert not any(source["enabled"] for source in settings["sources"])
    assert TOKEN not in config.read_text(encoding="utf-8")
    token_file = config.parent / settings["telegram"]["token_file"]
    assert token_file.read_text(encoding="utf-8") == f"{TOKEN}\n"
    assert stat.S_IMODE(token_file.stat().st_mode) == 0o600
    async with bot_api() as api:
        more = {
            "SIRKULER_TELEGRAM__API_BASE_URL": api,
            "SIRKULER_DATABASE__URL": f"sqlite+aiosqlite:///{tmp_path / 'a.db'}",
        }
        code, out, err = await run("check", "-c", str(config), **more)
    assert code == 0, out + err
    assert "@ornek_bot" in out
    assert "2 may release" in out


async def test_options_answer_without_a_terminal_and_one_person_may_work_alone(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    arguments = ("init", "-c", str(config), "--token", TOKEN, "--id", "7", "--feed", "DG TRADE")
    code, out, err = await run(*arguments)
    assert (code, err) == (0, "")
    assert f"sirkuler check --config {config}" in out
    assert TOKEN not in out
    settings = tomllib.loads(config.read_text(encoding="utf-8"))
    assert settings["staff"]["admins"] == [7]
    assert settings["staff"]["second_person"] is False
    assert [s["name"] for s in settings["sources"] if s["enabled"]] == ["DG TRADE"]


async def test_all_that_is_missing_or_wrong_is_said_together_and_nothing_is_written(tmp_path: Path) -> None:
    code, out, err = await run(
        "init", "-c", str(tmp_path / "c.toml"), "--role", "editor", "--feed", "Nowhere", "--second", "-5"
    )
    assert (code, out) == (2, "")
    for words in ("--token is missing", "--id is missing", "no feed 'Nowhere'", "--second must be"):
        assert words in err
    code, _out, err = await run(
        "init", "-c", str(tmp_path / "c.toml"), "--role", "editor", "--id", "5", "--token", TOKEN
    )
    assert code == 2
    assert "Nobody could release a notice" in err
    assert names(tmp_path) == []


@pytest.mark.parametrize("there", ["c.toml", "c.token"])
async def test_what_is_there_is_never_overwritten(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine", encoding="utf-8")
    code, _out, err = await run("init", "-c", str(tmp_path / "c.toml"), "--token", TOKEN, "--id", "7")
    assert code == 2
    assert "exists already; nothing was written." in err
    assert names(tmp_path) == [there]
    assert (tmp_path / there).read_text(encoding="utf-8") == "mine"


async def test_a_python_without_the_parts_is_told_how_to_get_them(tmp_path: Path) -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-S",
        "-m",
        "bot",
        "--help",
        cwd=ROOT,
        env=environment(),
        stderr=asyncio.subprocess.PIPE,
    )
    _out, err = await child.communicate()
    assert child.returncode == 1
    assert err.count(b"\n") == 1
    assert b"is not installed: run `make install`" in err
