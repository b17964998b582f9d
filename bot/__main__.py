"""The program's door: one sentence for every foreseen error, never a stack trace."""

from __future__ import annotations

import sys

from bot.errors import ConfigError, SchemaVersionError, SirkulerError


def main() -> None:
    """Run the command line; exit 0 when all is well, 1 on an error, 2 on wrong usage or settings."""
    try:
        from bot.cli import application  # imported here: --help must not wait for the whole house
    except ModuleNotFoundError as error:
        sys.exit(
            f"The part {error.name} is not installed: run `make install`, or see README.md without make."
        )
    try:
        application()
    except (ConfigError, SchemaVersionError) as error:
        _say(error)
        sys.exit(2)
    except SirkulerError as error:
        _say(error)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _say(error: SirkulerError) -> None:
    sys.stderr.write(f"{error.sentence}\n")


if __name__ == "__main__":
    main()
