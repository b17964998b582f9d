"""What every test may ask for."""

from tests.postgres import cluster, database_url, postgres_url

__all__ = ["cluster", "database_url", "postgres_url"]
