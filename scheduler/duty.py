"""Leases by observation: whoever waits for a lease to lapse trusts only what it has seen itself, on
its own steady clock. Pure; nobody compares the clocks of two machines."""

import threading
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a lease looked like, and since when, in the observer's own steady seconds."""

    token: Hashable
    since: float


@dataclass(frozen=True)
class Watch(Generic[Key]):
    """What one observer has seen of several leases, by key.

    A token is whatever its holder changes with every renewal, such as (holder, turn). ``now`` is
    everywhere the observer's own steady clock in seconds, such as ``time.monotonic``, asked after
    the tokens were read: a wall clock that jumps, or differs between machines, has no say.
    """

    seen: Mapping[Key, Sight] = field(default_factory=dict)

    def observe(self, tokens: Mapping[Key, Hashable], now: float) -> "Watch[Key]":
        """After a look at all the leases there are; keys that are gone are forgotten."""
        return Watch({key: self._sight(key, token, now) for key, token in tokens.items()})

    def stale(self, key: Key, now: float, patience_s: float) -> bool:
        """Whether the lease was seen unchanged for so long that its holder must be gone. Never true
        at first sight."""
        sight = self.seen.get(key)
        return sight is not None and now - sight.since >= patience_s

    def stale_keys(self, now: float, patience_s: float) -> frozenset[Key]:
        """All of them for which :meth:`stale` holds."""
        return frozenset(key for key in self.seen if self.stale(key, now, patience_s))

    def _sight(self, key: Key, token: Hashable, now: float) -> Sight:
        before = self.seen.get(key)
        return before if before is not None and before.token == token else Sight(token, now)


class Observer(Generic[Key]):
    """One process's watch over leases, for threads that look at the same time."""

    def __init__(self) -> None:
        self._watch: Watch[Key] = Watch()
        self._lock = threading.Lock()

    def stale(
        self, tokens: Mapping[Key, Hashable], now: float, patience_s: float
    ) -> frozenset[Key]:
        """Look at all the leases there are; those that nobody has renewed for so long."""
        with self._lock:
            self._watch = self._watch.observe(tokens, now)
            return self._watch.stale_keys(now, patience_s)
