"""What the benchmarks share: servers, ledgers to send from, and what a process has used."""
