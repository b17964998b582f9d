"""The whole bot at full speed: one circular to many members, by `sirkuler run` in a process of its own.

Staff release a circular on the sandbox's phones; in the second half a member asks for help again and again.
The sandbox (this process) answers after ``--delay`` milliseconds and notes when every message came. CPU and
memory are those of the bot's process with everything it does: polling, jobs, handlers, ledger, sending. CPU
is told for the sending alone (the first half), for the half with commands, and for the whole from the tap
that released it to the report with its chart. The peer is a bare client at the same rate.

    python benchmarks/sustained.py                      150,000 members at 1,000/s, then 1,800 at 30/s
    python benchmarks/sustained.py --members 20000      shorter; --rates names the rates
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import insert

from benchmarks.setting.process import cpu_seconds, memory_mb
from benchmarks.setting.town import TownServer
from benchmarks.setting.windows import mean_rate, quantile, worst_window
from bot.clock import SystemClock, epoch
from bot.domain.schedule import Frequency
from bot.sandbox.world import World
from bot.store.db import open_database
from bot.store.migrate import upgrade
from bot.store.tables import member, member_topic
from tests.town import Phone

ROOT = Path(__file__).resolve().parents[1]
FIRST = 10_000_000
EDITOR, APPROVER, ASKER = 1001, 1002, 1003
CIRCULAR = """SKDM bilgilendirme toplantısı

Sınırda Karbon Düzenleme Mekanizması (SKDM) kapsamında bilgilendirme toplantısı 3 Aralık 2099 Perşembe günü
saat 14.00'te çevrim içi düzenlenecektir. Katılmak isteyen firmalarımızın 1 Aralık 2099 Salı günü saat
17.00'ye kadar https://ornek.example/kayit adresinden kayıt olmaları gerekmektedir."""
ASK_EVERY = 0.5


@dataclass(frozen=True)
class Part:
    """A part of a run: CPU seconds of the bot, seconds, messages that arrived in it."""

    cpu: float
    seconds: float
    messages: int

    def __str__(self) -> str:
        each = self.cpu * 1000 / max(1, self.messages)
        return f"{self.cpu / self.seconds:.1%} of a core, {each:.3f} ms a message"


@dataclass
class Figures:
    """What one run showed; seconds, unless named otherwise."""

    rate: int
    members: int
    cpu: float = 0.0
    span: float = 0.0
    halves: list[Part] = field(default_factory=list)
    bare: Part | None = None
    idle: float = 0.0
    tap_to_first: float = 0.0
    memory: list[float] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)
    calls: list[float] = field(default_factory=list)
    twice: int = 0
    left_out: int = 0

    def show(self) -> None:
        print(f"{self.members} members at {self.rate}/s, answers after the delay, ledger on SQLite (FULL)")
        print(f"  arrived: every member {'once' if not self.twice and not self.left_out else 'NOT once'}"
              f" ({self.left_out} left out, {self.twice} twice)")  # fmt: skip
        print(f"  rate: {mean_rate(self.calls):.1f}/s, {mean_rate(self.calls) / self.rate:.1%} of it, with "
              f"answers and edits; worst second {worst_window(self.calls)}")  # fmt: skip
        for what, part in zip(("sending alone", "with commands"), self.halves, strict=True):
            print(f"  CPU, {what}: {part}")
        print(f"  CPU, peer: a bare client that only writes and reads: {self.bare}")
        print(f"  CPU, all in all: {Part(self.cpu, self.span, self.members)}; idle before: {self.idle:.2%}")
        tenth = max(1, len(self.memory) // 10)
        print(f"  memory (MB): {' '.join(f'{one:.0f}' for one in self.memory[::tenth])}, "
              f"at most {max(self.memory):.0f}")  # fmt: skip
        print(f"  first message {self.tap_to_first:.2f} s after the tap that released it")
        print(f"  a command is answered in {quantile(self.asked, 0.5) * 1000:.0f} ms (median), "
              f"{quantile(self.asked, 0.95) * 1000:.0f} (p95) of {len(self.asked)}", flush=True)  # fmt: skip


async def fill(folder: Path, members: int) -> None:
    """A database with so many subscribers of the circular's topic who want everything at once."""
    db = open_database(f"sqlite+aiosqlite:///{folder / 'sirkuler.db'}")
    await upgrade(db)
    at = epoch(SystemClock().now())
    people = {"created_at": at, "state_at": at, "frequency": int(Frequency.AT_ONCE), "paid_activity": 1}
    async with db.write() as connection:
        for start in range(0, members, 10_000):
            some = range(start, min(start + 10_000, members))
            rows = [{"id": n + 1, "chat_id": FIRST + n, "language": n % 2, **people} for n in some]
            await connection.execute(insert(member), rows)
            await connection.execute(
                insert(member_topic), [{"member_id": n + 1, "topic": "cbam"} for n in some]
            )
    await db.close()


@asynccontextmanager
async def bot(folder: Path, world: World, url: str, rate: int, log: Path | None) -> AsyncIterator[Process]:
    """`sirkuler run`; stopped at the end."""
    (folder / "config.toml").write_text(
        f"""[telegram]
token = "{world.token}"
api_base_url = "{url}"
[database]
url = "sqlite+aiosqlite:///{folder / "sirkuler.db"}"
[delivery]
rate_per_second = {rate}
in_flight = {256 if rate > 100 else 32}
[staff]
editors = [{EDITOR}]
approvers = [{APPROVER}]
[privacy]
contact = "kvkk@ornek.example"
""",
        encoding="utf-8",
    )
    errors = log.open("ab") if log else None
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--config", str(folder / "config.toml"),
        cwd=ROOT, stderr=errors or DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def run(members: int, rate: int, delay: float, log: Path | None) -> Figures:
    world = World()
    for person, name in ((EDITOR, "Elif"), (APPROVER, "Murat"), (ASKER, "Zeynep")):
        world.add_person(person, name, "", None, "tr")
    world.add_crowd(range(FIRST, FIRST + members))
    server = TownServer(world, delay=delay)
    figures = Figures(rate, members)
    with tempfile.TemporaryDirectory(prefix="sirkuler-bench-") as name:
        await fill(Path(name), members)
        url = await server.start()
        try:
            async with bot(Path(name), world, url, rate, log) as process:
                await measure(world, server, process.pid, figures)
        finally:
            await server.stop()
    first, last = min(server.arrivals), max(server.arrivals)
    figures.calls = sorted(at for at in server.calls if first <= at <= last)
    figures.left_out = members - len(server.reached)
    figures.bare = await bare(rate, delay)
    figures.twice = sum(copies > 1 for copies in server.reached.values())
    return figures


async def bare(rate: int, delay: float) -> Part:
    """What the least client takes that sends as fast, for a while."""
    world = World()
    world.add_crowd(range(FIRST, FIRST + rate * 60))
    server = TownServer(world, delay=delay)
    url = await server.start()
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(ROOT / "benchmarks" / "setting" / "bare.py"),
            url, world.token, str(FIRST), str(rate), "20", stdout=PIPE,
        )  # fmt: skip
        out, _ = await process.communicate()
    finally:
        await server.stop()
    return Part(*json.loads(out))


async def measure(world: World, server: TownServer, pid: int, figures: Figures) -> None:
    editor, approver = Phone(world, EDITOR), Phone(world, APPROVER)
    await asyncio.wait_for(server.polled.wait(), 120)
    await asyncio.sleep(5.0)  # every job has looked once
    began, cpu = time.monotonic(), cpu_seconds(pid)
    await asyncio.sleep(10.0)
    figures.idle = (cpu_seconds(pid) - cpu) / (time.monotonic() - began)
    await editor.write(f"/yeni {CIRCULAR}")
    await editor.wait_for_text("TASLAK")
    await editor.tap_and_read("sd:1:1:submit")
    asked = await approver.wait_for_text("Onayınızı bekleyen")
    cpu, began = cpu_seconds(pid), time.monotonic()
    await approver.tap("Onayla ve gönder", asked)
    while not server.arrivals:  # noqa: ASYNC110 - an arrival has no event
        await asyncio.sleep(0.005)
    figures.tap_to_first = server.arrivals[0] - began
    asking: asyncio.Task[None] | None = None
    start = Mark(pid, server)
    quiet, seen, shown = time.monotonic(), 0, time.monotonic()
    while len(server.reached) < figures.members and time.monotonic() - quiet < 30.0:
        if asking is None and len(server.reached) >= figures.members // 2:
            figures.halves.append(start.until_now())
            start, asking = Mark(pid, server), asyncio.create_task(ask(world, figures))
        await asyncio.sleep(1.0)
        figures.memory.append(memory_mb(pid))
        if len(server.arrivals) > seen:
            quiet, seen = time.monotonic(), len(server.arrivals)
        if time.monotonic() - shown > 10.0:
            shown = time.monotonic()
            print(f"  … {seen} of {figures.members}", file=sys.stderr, flush=True)
    figures.halves.append(start.until_now())
    if asking is not None:
        asking.cancel()
    await asyncio.sleep(1.0)
    figures.cpu, figures.span = cpu_seconds(pid) - cpu, time.monotonic() - began


class Mark:
    """A moment of the run, to be told from a later one."""

    def __init__(self, pid: int, server: TownServer) -> None:
        self._pid, self._server = pid, server
        self._cpu, self._at, self._arrived = cpu_seconds(pid), time.monotonic(), len(server.arrivals)

    def until_now(self) -> Part:
        return Part(
            cpu_seconds(self._pid) - self._cpu,
            time.monotonic() - self._at,
            len(self._server.arrivals) - self._arrived,
        )


async def ask(world: World, figures: Figures) -> None:
    """A member writes a command again and again and notes how long the answer took."""
    phone = Phone(world, ASKER)
    while True:
        before = len(phone.from_bot())
        began = time.monotonic()
        world.person_text(ASKER, ASKER, "/yardim")
        while len(phone.from_bot()) <= before and time.monotonic() - began < 20.0:  # noqa: ASYNC110
            await asyncio.sleep(0.002)
        figures.asked.append(time.monotonic() - began)
        await asyncio.sleep(max(0.0, ASK_EVERY - (time.monotonic() - began), 1.05))


async def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, help="members of each run; default: 150 or 60 seconds' worth")
    parser.add_argument("--rates", type=int, nargs="+", default=[1000, 30], help="messages a second")
    parser.add_argument("--delay", type=float, default=50.0, help="the sandbox's answer time, milliseconds")
    parser.add_argument("--log", type=Path, help="append the bot's log to this file")
    given = parser.parse_args()
    for rate in given.rates:
        members = given.members or (150 if rate >= 100 else 60) * rate
        (await run(members, rate, given.delay / 1000, given.log)).show()


if __name__ == "__main__":
    asyncio.run(main())
