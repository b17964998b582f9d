"""Make ``schema.json``, what the strict sandbox checks requests by, from a full description of the Bot API.

``python -m bot.sandbox.tools.make_schema DESCRIPTION [ERRORS]``: DESCRIPTION in the layout of
PaulSonOfLars/telegram-bot-api-spec (methods and types with fields), ERRORS a list of known refusals.
Kept are the methods' parameters, the types that parameters are made of, and the refusals' texts.
"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).parents[1] / "schema.json"
Json = dict[str, Any]


def reduced(description: Json, errors: list[Json]) -> Json:
    """The schema: ``{version, methods, types, errors}``; a field is ``[required, types…]``."""
    methods = {name: _fields(method) for name, method in sorted(description["methods"].items())}
    types: Json = {}
    waiting = [kind for fields in methods.values() for field in fields.values() for kind in field[1:]]
    while waiting:
        name = waiting.pop()
        while name.startswith("Array of "):
            name = name.removeprefix("Array of ")
        if name in types or name not in description["types"] or name == "InputFile":
            continue
        kind = description["types"][name]
        types[name] = kind["subtypes"] if kind.get("subtypes") else _fields(kind)
        inside = types[name] if isinstance(types[name], list) else itertools.chain(*types[name].values())
        waiting += [one for one in inside if isinstance(one, str)]
    return {
        "version": description["version"],
        "methods": methods,
        "types": dict(sorted(types.items())),
        "errors": [[one["code"], one["description"]] for one in errors],
    }


def _fields(described: Json) -> Json:
    return {one["name"]: [bool(one["required"]), *one["types"]] for one in described.get("fields", [])}


def main(arguments: list[str]) -> None:
    """Write ``schema.json``. Raises ``SystemExit`` without a description."""
    if not arguments:
        raise SystemExit(__doc__)
    description, *rest = (json.loads(Path(one).read_text("utf-8")) for one in arguments)
    schema = reduced(description, rest[0]["errors"] if rest else [])
    parts = [f'"version": {json.dumps(schema["version"])}']
    for key in ("methods", "types"):
        lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(value)}" for name, value in schema[key].items())
        parts.append(f'"{key}": {{\n{lines}\n}}')
    errors = ",\n".join(f" {json.dumps(one, ensure_ascii=False)}" for one in schema["errors"])
    parts.append(f'"errors": [\n{errors}\n]')
    SCHEMA.write_text("{" + ",\n".join(parts) + "}\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
