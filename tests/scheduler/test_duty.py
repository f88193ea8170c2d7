"""A lease lapses only when its observer has seen it unchanged for long enough, on its own clock."""

from hypothesis import given
from hypothesis import strategies as st

from scheduler.duty import Watch

PATIENCE_S = 30.0


def seen(*looks: tuple[float, object]) -> Watch[str]:
    """A watch after these looks at one lease."""
    watch: Watch[str] = Watch()
    for now, token in looks:
        watch = watch.observe({"duty": token}, now)
    return watch


def test_what_was_never_seen_is_not_stale() -> None:
    assert not Watch().stale("duty", 1e9, PATIENCE_S)


def test_nothing_is_stale_at_first_sight() -> None:
    assert not seen((1000.0, "turn 7")).stale("duty", 1000.0, PATIENCE_S)


def test_it_is_stale_when_it_was_seen_unchanged_for_so_long() -> None:
    watch = seen((0.0, "turn 7"), (20.0, "turn 7"))
    assert not watch.stale("duty", 29.9, PATIENCE_S)
    assert watch.stale("duty", 30.0, PATIENCE_S)


def test_a_renewal_begins_the_wait_anew() -> None:
    watch = seen((0.0, "turn 7"), (29.0, "turn 8"))
    assert not watch.stale("duty", 58.9, PATIENCE_S)
    assert watch.stale("duty", 59.0, PATIENCE_S)


def test_keys_that_are_gone_are_forgotten() -> None:
    watch = Watch[int]().observe({1: "a", 2: "b"}, 0.0).observe({2: "b"}, 10.0)
    assert watch.stale_keys(100.0, PATIENCE_S) == {2}
    assert not watch.observe({1: "a"}, 100.0).stale(1, 100.0, PATIENCE_S)


@given(
    turns=st.lists(st.tuples(st.floats(0.1, 100.0), st.booleans()), min_size=1, max_size=30),
    patience_s=st.floats(0.5, 200.0),
)
def test_never_stale_before_patience_has_passed_since_the_last_change(
    turns: list[tuple[float, bool]], patience_s: float
) -> None:
    watch: Watch[str] = Watch()
    now, turn, changed = 0.0, 0, 0.0
    watch = watch.observe({"duty": turn}, now)
    for passed, renewed in turns:
        now += passed
        if renewed:
            turn, changed = turn + 1, now
        watch = watch.observe({"duty": turn}, now)
        assert watch.stale("duty", now, patience_s) == (now - changed >= patience_s)
