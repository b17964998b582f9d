"""What every test may ask for."""

from hypothesis import HealthCheck, settings

from tests.postgres import cluster, database_url, postgres_url

__all__ = ["cluster", "database_url", "postgres_url"]

# How fast examples are drawn says something of the machine's load, nothing of the code.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")
