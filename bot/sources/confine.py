"""The child's side: it limits itself before it opens anything. Imports nothing that is not needed."""

from __future__ import annotations


def confine(*, memory: int, cpu_seconds: int) -> None:
    """No more than so many bytes and seconds of the processor for this process, and no core file."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
