"""Calls whose recordings are stored and wait to be heard, and lexicons that read them otherwise."""

from functools import cache

from operations.fetch_recordings import fetch_next
from scripts.answers.sources import book_of, packaged
from store.tables import LexiconVersion, Recording, Turn
from tests.operations.rig import SOMEBODY_ELSE, YES, Caller, Rig

#: Words that the packaged lexicon does not know.
STRANGE = "哇啦哇啦"


def called(rig: Rig, number: int = 1) -> Caller:
    """A holder who has said yes to everything and hung up."""
    stems = "甲乙丙丁戊己庚辛壬癸"  # a holder of its own: nobody is rung about two at once
    name = f"陈{stems[number // 10 % 10]}{stems[number % 10]}"
    somebody = {**SOMEBODY_ELSE, "投保人姓名": name}
    rig.import_rows({"保单号": f"P{number:04d}", "手机": f"1390000{number:04d}", **somebody})
    caller = rig.ring()
    caller.picks_up()
    caller.talks(YES)
    caller.hangs_up()
    return caller


def sid(caller: Caller) -> str:
    """The carrier's id of the call's recording."""
    return caller.sid.replace("CA", "RE")


def store(rig: Rig, caller: Caller, say: dict[int, str] | None = None) -> int:
    """Announce and fetch the recording; ``say`` is what it says in some turns. Its id."""
    rig.put_on_shelf(sid(caller), rig.recording(say))
    caller.recorded()
    assert fetch_next(rig.line)
    recording: Recording = rig.one(Recording, -1)
    assert recording.state == "stored"
    return recording.id


def backlog(rig: Rig, number: int) -> list[int]:
    """So many stored recordings of as many calls, each with other words somewhere; their ids."""
    return [store(rig, called(rig, n), {5 + n: "对的"}) for n in range(1, number + 1)]


def turn_of(rig: Rig, question: str) -> int:
    """The number of the first turn about a question."""
    return next(turn.number for turn in rig.all(Turn) if turn.question_id == question)


@cache
def lexicon(version: int, cls: str) -> tuple[dict[str, str], str]:
    """A lexicon in which the strange words are of this class: its files and its fingerprint."""
    files = packaged()
    text = files["lexicon.yaml"].replace("version: 1\n", f"version: {version}\n", 1)
    head, tail = text.split(f"\n  {cls}:", 1)
    first, rest = tail.split("\n", 1)
    indent = rest[: len(rest) - len(rest.lstrip())]
    files["lexicon.yaml"] = f"{head}\n  {cls}:{first}\n{indent}{STRANGE} {rest.lstrip()}"
    return files, book_of(files).fingerprint


def publish(rig: Rig, version: int, cls: str) -> str:
    """Put such a lexicon in force; its fingerprint."""
    files, fingerprint = lexicon(version, cls)
    with rig.line.database.transaction() as session:
        session.add(
            LexiconVersion(
                fingerprint=fingerprint, published_at=rig.clock.now, published_by="tester",
                note="for a test", files=files,
            )
        )  # fmt: skip
    return fingerprint
