"""What every test may ask for."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.postgres import cluster, database_url, postgres_url

__all__ = ["cluster", "database_url", "postgres_url"]

# How fast examples are drawn says something of the machine's load, nothing of the code.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

# Files whose tests take long, most of it waiting; those of acceptance/ do, too.
LONG = (
    "test_reconcile",
    "test_dispatcher",
    "test_intake_killed",
    "test_workers",
    "test_documents",
    "test_month",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first, dealt out to all workers: each begins with a slice of the list, and one that is left
    alone with the long ones in the end keeps everybody waiting."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [
        item for item in items if item.path.parent.name == "acceptance" or item.path.stem.startswith(LONG)
    ]
    known = set(long)
    rest = [item for item in items if item not in known]
    dealt: list[pytest.Item] = []
    for worker in range(workers):
        mine = long[worker::workers]
        end = len(items) * (worker + 1) // workers - len(dealt) - len(mine)
        dealt += mine + rest[: max(0, end)]
        del rest[: max(0, end)]
    items[:] = dealt + rest
