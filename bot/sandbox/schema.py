"""Strict mode: whether a request is one that Telegram's description of its Bot API knows.

Telegram itself is lenient: it ignores unknown parameters and reads garbage numbers as 0. A bot that is
tested against leniency alone never learns of its misspelt parameters.
"""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any

from bot.sandbox.requests import Parameters

FILE = Path(__file__).parent / "schema.json"
EVERYWHERE = {"method"}  # a call may name its method in its body
Json = dict[str, Any]


@functools.cache
def schema() -> Json:
    """The reduced description: methods and types with their fields, ``[required, types…]``."""
    found: Json = json.loads(FILE.read_text("utf-8"))
    return found


@functools.cache
def _methods() -> Json:
    return {name.lower(): fields for name, fields in schema()["methods"].items()}


def faults(method: str, p: Parameters) -> list[str]:
    """What in a call of ``method`` (any case) is not in the description, a sentence each; [] when all is."""
    fields = _methods().get(method.lower())
    if fields is None:
        return [f"{method}: there is no such method"]
    values: Json = {name: value for name, value in p.values.items() if name not in EVERYWHERE}
    attached = {value.removeprefix("attach://") for value in _strings(values)}
    for name in p.files:
        if name in fields or name not in attached:
            values[name] = p.files[name]
    return _object(values, fields, method, raw=True)


def _strings(value: object) -> list[str]:
    """Every text in ``value`` that points at an upload; JSON in a text is looked through."""
    if isinstance(value, str):
        if value.startswith("attach://"):
            return [value]
        return re.findall(r'attach://[^"]+', value)
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [found for one in inside for found in _strings(one)]


def _object(values: Json, fields: Json, where: str, *, raw: bool = False) -> list[str]:
    found = [f"{where}: there is no {name}" for name in values if name not in fields]
    for name, (required, *kinds) in fields.items():
        if name not in values:
            found += [f"{where}: {name} is missing"] if required else []
        else:
            found += _best(values[name], kinds, f"{where}.{name}", raw=raw)
    return found


def _best(value: object, kinds: list[str], where: str, *, raw: bool = False) -> list[str]:
    """The faults of ``value`` by the kind that fits best."""
    return min((_value(value, kind, where, raw=raw) for kind in kinds), key=len)


def _value(value: object, kind: str, where: str, *, raw: bool) -> list[str]:
    """``raw``: a parameter itself, which a form sends as text."""
    if kind == "InputFile":
        return [] if not isinstance(value, str | dict | list) else [f"{where}: no upload"]
    if kind == "String":
        fits = isinstance(value, str) or (raw and isinstance(value, int | float))
        return [] if fits else [f"{where}: no text"]
    if isinstance(value, str) and raw:
        try:
            value = json.loads(value.lower() if kind in ("Boolean", "True") else value)
        except ValueError:
            return [f"{where}: no {kind}"]
    if kind in ("Integer", "Float", "Boolean", "True"):
        fits = {
            "Integer": type(value) is int,
            "Float": type(value) in (int, float),
            "Boolean": type(value) is bool,
            "True": value is True,
        }[kind]
        return [] if fits else [f"{where}: no {kind}"]
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where}: no array"]
        inner = kind.removeprefix("Array of ")
        return [fault for n, one in enumerate(value) for fault in _best(one, [inner], f"{where}[{n}]")]
    return _described(value, kind, where)


def _described(value: object, kind: str, where: str) -> list[str]:
    described = schema()["types"].get(kind)
    if described is None:
        return [f"{where}: no {kind}"]
    if isinstance(described, list):
        return _best(value, described, where)
    if isinstance(value, str) and kind in ("KeyboardButton", "InputPollOption"):
        return []  # a plain text stands for one
    if not isinstance(value, dict):
        return [f"{where}: no {kind}"]
    return _object(value, described, where)
