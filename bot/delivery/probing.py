"""Which (chat, message number) pairs to ask Telegram about, likeliest first. Pure: no clock, no network.

In chats that share the bot's one counter (``domain.counter``) a message whose arrival is not known can only
have a number that is above those known before it was leased and that no row explains. Numbers follow the
order of sending, so a message's likeliest number is the one after its neighbour's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

NEAR = 3
SPREAD = 128
"""So many numbers are asked for one after the other, then so many by places side by side."""
PATIENT = 8
"""After so many in vain every other question is about the lowest numbers above those known: where nobody's
message is there, the counter had not come so far."""
AT_ONCE_FOR_A_NUMBER = 4
"""Fewer ask in vain for a number that is another's, more are done sooner."""


@dataclass(frozen=True, slots=True)
class Place:
    """A message that may have arrived: its number is above ``floor`` and below ``ceiling``, probably
    ``expected``. ``key`` is the caller's."""

    key: int
    chat_id: int
    floor: int
    expected: int
    ceiling: int


@dataclass(frozen=True, slots=True)
class Probe:
    """A question to Telegram: is message ``message_id`` of ``chat_id`` the one of ``key``?"""

    key: int
    chat_id: int
    message_id: int


class Search:
    """Finds which of ``places`` hold one of the ``free`` numbers, by waves of probes.

    A wave asks at most once for every place that is still open, so that no chat is asked twice in a row,
    and for a number only by the few places that expect it most: the others wait for the answer, since a
    number that was found, or that turns out to be explained, is out for everybody. Without free numbers in
    its range a place is empty: its message never arrived.

    Numbers are given one after the other. So of those above the highest known one all that were given belong
    to the places or to a few other messages, and once more of them than these few are ruled out for every
    place, the counter was below the last of them: a ceiling for all.
    """

    def __init__(
        self,
        places: Sequence[Place],
        free: Iterable[int],
        most: int = 1_000_000,
        asked: Mapping[int, set[int]] | None = None,
        *,
        above: int | None = None,
        others: int = 0,
    ) -> None:
        """``places`` come in the order of sending; ``most`` is how many numbers are asked for one at most;
        ``asked`` are, by key, the numbers an earlier search has ruled out: they are added to. ``above`` is
        the highest number known to be given (None: that tells nothing), ``others`` how many messages beside
        those of the places may have got a higher one."""
        self._most = most
        self._above = above
        self._others = others
        self.keys = frozenset(place.key for place in places)
        self._free = sorted(set(free))
        self._open = {place.key: place for place in places}
        self._order = [place.key for place in places]
        self._position = {key: n for n, key in enumerate(self._order)}
        self._in_vain = dict.fromkeys(self._order, 0)
        self._guess = {place.key: place.expected for place in places}
        self._asked = {place.key: (asked or {}).get(place.key, set()) for place in places}

    @property
    def open(self) -> set[int]:
        """The keys that are not decided yet."""
        return set(self._open)

    def probes_of(self, key: int) -> int:
        """How many numbers were ruled out or found for a place."""
        return len(self._asked[key])

    def exhausted(self, key: int) -> bool:
        """Whether every number was ruled out for an open place."""
        return self._likeliest(self._open[key], 0) is None

    def is_free(self, message_id: int) -> bool:
        at = bisect_left(self._free, message_id)
        return at < len(self._free) and self._free[at] == message_id

    def next_wave(self) -> list[Probe]:
        """The likeliest questions, one of a place at most; empty when all is decided."""
        self._find_the_end()
        wanted = []
        for rank, key in enumerate(key for key in self._order if key in self._open):
            place = self._open[key]
            number = self._likeliest(place, rank)
            if number is not None and len(self._asked[key]) < self._most:
                wanted.append((abs(number - place.expected), key, number))
        wave: list[Probe] = []
        askers: Counter[int] = Counter()
        for _, key, number in sorted(wanted):
            if askers[number] < AT_ONCE_FOR_A_NUMBER or self._looks_for_the_end(key):
                askers[number] += 1
                wave.append(Probe(key, self._open[key].chat_id, number))
        return wave

    def found(self, probe: Probe) -> None:
        """The message is there."""
        self._asked[probe.key].add(probe.message_id)
        self._open.pop(probe.key, None)
        self.explained(probe.message_id)
        self._expect_of_neighbours(probe)

    def _expect_of_neighbours(self, probe: Probe) -> None:
        """Those sent next to a message that was found are off by as much as it was, up to the next one that
        was found: what is not known of the numbers given before shifts them all alike."""
        drift = probe.message_id - self._guess[probe.key]
        at = self._position[probe.key]
        for keys in (self._order[at + 1 :], self._order[:at][::-1]):
            for key in keys:
                if key not in self._open:
                    break
                if self._open[key].expected != self._guess[key] + drift:
                    self._open[key] = replace(self._open[key], expected=self._guess[key] + drift)
                    self._in_vain[key] = 0

    def absent(self, probe: Probe) -> None:
        """There is no such message of ours in that chat."""
        self._asked[probe.key].add(probe.message_id)
        self._in_vain[probe.key] += 1

    def give_up(self, key: int) -> None:
        """Ask no more for a place: its message may have any number."""
        if self._open.pop(key, None) is not None:
            self._others += 1

    def bounded(self, key: int, ceiling: int) -> None:
        """A place's number turns out to be below ``ceiling``."""
        if (place := self._open.get(key)) is not None and ceiling < place.ceiling:
            self._open[key] = replace(place, ceiling=ceiling)

    def explained(self, message_id: int) -> None:
        """A number that belongs to another message."""
        at = bisect_left(self._free, message_id)
        if at < len(self._free) and self._free[at] == message_id:
            del self._free[at]

    def _find_the_end(self) -> None:
        """Lower every ceiling to where the counter cannot have come."""
        if self._above is None or not self._open:
            return
        top = max(place.ceiling for place in self._open.values())
        left = self._others + 1
        for number in self._free[bisect_right(self._free, self._above) : bisect_left(self._free, top)]:
            if all(self._is_out(place, number) for place in self._open.values()):
                left -= 1
                if not left:
                    for key in self._open:
                        self.bounded(key, number)
                    return

    def _is_out(self, place: Place, number: int) -> bool:
        return not place.floor < number < place.ceiling or number in self._asked[place.key]

    def _looks_for_the_end(self, key: int) -> bool:
        tried = self._in_vain[key]
        return self._above is not None and tried >= PATIENT and tried % 2 == 0

    def _likeliest(self, place: Place, rank: int) -> int | None:
        """The free number nearest to where it is expected that was not asked for.

        After a few in vain it is another one. Free numbers stand in the order of the places that are open, so
        the ``rank`` of a place tells its number but for those before it that never arrived. How many these
        are neighbours find out side by side, each trying another distance: one hit tells all.
        """
        asked = self._asked[place.key]
        low = bisect_right(self._free, place.floor)
        high = bisect_left(self._free, place.ceiling)
        if self._above is not None and self._looks_for_the_end(place.key):
            lowest = bisect_right(self._free, self._above)
            for number in self._free[max(low, lowest) : high]:
                if number not in asked:
                    return number
        if (tried := self._in_vain[place.key]) >= NEAR:
            far = rank - (self._position[place.key] + tried) % SPREAD
            if low <= far < high and self._free[far] not in asked:
                return self._free[far]
        # In ranks, not in numbers: what is explained already does not count as distance.
        at = max(low, min(high, bisect_left(self._free, place.expected)))
        after, before = at, at - 1
        while after < high or before >= low:
            if after < high:
                if self._free[after] not in asked:
                    return self._free[after]
                after += 1
            if before >= low:
                if self._free[before] not in asked:
                    return self._free[before]
                before -= 1
        return None
