"""What operators watch: counters in a registry of their own."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest


class Metrics:
    """All metrics of one process; ``text()`` is what ``/metrics`` shows."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.calls = Counter(
            "sirkuler_calls_total", "Calls to Telegram by outcome", ["outcome"], registry=self.registry
        )
        self.updates = Counter("sirkuler_updates_total", "Updates received", registry=self.registry)
        self.open_deliveries = Gauge(
            "sirkuler_open_deliveries", "Deliveries still to be sent", registry=self.registry
        )

    def text(self) -> bytes:
        return generate_latest(self.registry)
