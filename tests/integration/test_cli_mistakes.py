"""Wrong uses of the terminal: one sentence, the right exit code, never a stack trace."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
from pathlib import Path

import pytest

from bot.store.db import open_database
from bot.store.migrate import prepare

TOKEN = "123456789:" + "A" * 35
FILES = {
    "good.toml": "",
    "three.toml": '[telegram]\ntoken = "x"\n[web]\nport = 99999\n[[sources]]\nname = "a"\nurl = "ftp://x"\n',
    "broken.toml": "[telegram\n",
    "elsewhere.toml": '[database]\nurl = "sqlite+aiosqlite:////nowhere/at/all.db"\n',
    "text.toml": f'[database]\nurl = "sqlite+aiosqlite:///text.txt"\n[telegram]\ntoken = "{TOKEN}"\n',
    "far.toml": '[database]\nurl = "postgresql+asyncpg://u:secret@127.0.0.1:1/x"\n',
    "text.txt": "This is no database.\n",
    "empty.txt": "",
}
USES = [
    ("frobnicate", 2, "No such command"),
    ("check -c none.toml", 2, "There is no settings file none.toml"),
    ("check -c broken.toml", 2, "broken.toml cannot be read"),
    ("check -c three.toml", 2, "[telegram] token: is not a bot token"),
    ("check -c elsewhere.toml", 1, "Its folder /nowhere/at does not exist."),
    ("run -c good.toml", 2, "[telegram] token is missing"),
    ("run -c text.toml", 1, "The database cannot be opened"),
    ("worker -c good.toml", 2, "[telegram] token is missing"),
    ("poll -c good.toml --source nothing", 2, "There is no source named 'nothing'"),
    ("sources -c text.toml", 1, "The database cannot be opened"),
    ("read", 2, "Missing argument"),
    ("read none.txt", 1, "none.txt: It cannot be opened: No such file or directory."),
    ("read empty.txt", 1, "empty.txt: The file holds no text."),
    ("read text.txt --lang de", 2, "--lang"),
    ("sandbox --port 99999", 2, "--port"),
    ("demo --keep text.txt", 2, "--keep"),
    ("init --config good.toml", 2, "good.toml exists already"),
    ("init --config new.toml", 2, "--token is missing"),
    ("db backup -c elsewhere.toml copy.db", 1, "There is no database"),
    ("db restore -c good.toml none.db", 1, "There is no file none.db."),
    ("db restore -c good.toml text.txt", 1, "is no backup of Sirküler"),
    ("db resume -c elsewhere.toml", 1, "There is no database"),
    ("db upgrade -c elsewhere.toml", 1, "(there is no folder /nowhere/at)."),
    ("db export -c far.toml", 1, "The database cannot be opened"),
]


async def use(folder: Path, arguments: str) -> tuple[int, str]:
    """The exit code and all that a command prints."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SIRKULER_")}
    root = str(Path(__file__).parent.parent.parent)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments.split(),
        cwd=folder,
        env=environment | {"PYTHONPATH": root, "COLUMNS": "200", "NO_COLOR": "1"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode()


@pytest.mark.parametrize(("arguments", "code", "sentence"), USES, ids=[one[0] for one in USES])
async def test_a_wrong_use_is_one_sentence(tmp_path: Path, arguments: str, code: int, sentence: str) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found, output = await use(tmp_path, arguments)
    assert sentence in output
    assert found == code, output
    assert "Traceback" not in output
    assert "secret" not in output
    made = {one.name for one in tmp_path.iterdir()} - set(FILES)  # noqa: ASYNC240
    assert {name for name in made if not name.endswith(".lock")} == set()


async def test_three_mistakes_are_three_sentences_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "three.toml").write_text(FILES["three.toml"], encoding="utf-8")
    code, output = await use(tmp_path, "run -c three.toml")
    assert code == 2
    assert len(output.splitlines()) == 3


async def test_a_new_database_is_readable_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    db = open_database(f"sqlite+aiosqlite:///{file}")
    try:
        await prepare(db)
        async with db.write():
            pass
    finally:
        await db.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
