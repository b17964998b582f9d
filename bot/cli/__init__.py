"""The terminal: ``sirkuler`` and its commands."""

from __future__ import annotations

from bot.cli.commands import application

__all__ = ["application"]
