"""The cast file: what it may say, and that a mistake is one sentence with place and mend."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from exchange import CastError, Voices, load_cast
from exchange.cast import Answer, Asked, PickUp, Ring, national, recognise


def test_a_whole_cast(cast_of):
    cast = cast_of(
        """
callees:
  "+86 139 0000 0001":
    picks_up: [no, yes, busy, {announcement: 已关机}, voicemail, {announcement: 请稍等}]
    voice: zm_yunxi
    line: noisy
    greets: 喂
    answers:
      ID_PRESENT: {says: 我就是, heard: 我就事, after: 2, barge_in: yes, noise: 0.2}
      1: {keys: 12#}
      READ: [{silence: 8}, {says: 没看过, hang_up: true}]
    expect: {outcome: completed, findings: [SIGN_APP], attempts: 2}
default: {picks_up: busy}
""".replace("{announcement: 请稍等}", "failed")
    )
    me = cast.callees["13900000001"]
    assert [ring.pick_up for ring in me.rings] == [
        PickUp.NO_ANSWER, PickUp.YES, PickUp.BUSY, PickUp.ANNOUNCEMENT, PickUp.VOICEMAIL,
        PickUp.FAILED,
    ]  # fmt: skip
    assert me.rings[3].words == "您好，您拨打的电话已关机，请稍后再拨。"
    assert me.voice == "zm_yunxi"
    assert me.noisy
    assert me.greets == "喂"
    assert me.answers[0]["ID_PRESENT"] == (
        Answer(says="我就是", heard="我就事", after=2, barge_in=True, noise=0.2),
    )
    assert me.answers[0]["1"] == (Answer(keys="12#"),)
    assert me.answers[0]["READ"] == (Answer(), Answer(says="没看过", hang_up=True))
    assert me.expect == {"outcome": "completed", "findings": ["SIGN_APP"], "attempts": 2}
    assert cast.callee("0086-139 0000 0001") is me
    assert cast.callee("13900001111").rings == (Ring(PickUp.BUSY),)


def test_a_stranger_does_not_answer(cast_of):
    assert cast_of("callees: {}").callee("13900001111").rings == (Ring(PickUp.NO_ANSWER),)


def test_audio_beside_the_cast(cast_of, tmp_path):
    soundfile.write(tmp_path / "mine.wav", np.zeros(800), 8000)
    cast = cast_of('callees: {"1390": {answers: {A: {says: 谁也不会说这句, audio: mine.wav}}}}')
    assert cast.callees["1390"].answers[0]["A"][0].audio == tmp_path / "mine.wav"


def _one(answer):
    return 'callees:\n  "13900000001":\n    answers:\n      READ: ' + answer


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", None, ["is empty", "callees:"]),
        ("callees: [", 1, ["not YAML"]),
        ("callees: {} # \x07", None, ["plain UTF-8"]),
        ("people: {}", 1, ["`people`", "callees, default"]),
        ("default: {}", None, ["no `callees:`"]),
        ("callees: []", 1, ["name: value"]),
        ("callees:\n  me: {}", 2, ["`me` is not a phone number"]),
        ('callees:\n  "1390": {}\n  "+861390": {}', 3, ["stands here twice"]),
        ('callees:\n  "1390": {}\n  "1390": {}', 3, ["stands twice"]),
        ('callees:\n  "1390":\n    pick_up: yes', 3, ["`pick_up`", "picks_up"]),
        ('callees:\n  "1390": {picks_up: later}', 2, ["`picks_up: later`", "no-answer"]),
        ('callees:\n  "1390": {picks_up: []}', 2, ["empty list"]),
        ('callees:\n  "1390": {picks_up: {song: x}}', 2, ["`song`", "announcement"]),
        (
            'callees:\n  "1390": {picks_up: {announcement: 空号, detected: dog}}',
            2,
            ["human or machine", "not dog"],
        ),
        ('callees:\n  "1390": {picks_up: {heard: 空号}}', 2, ["one of announcement, voicemail"]),
        ('callees:\n  "1390": {voice: bob}', 2, ["`voice: bob`", "zf_xiaobei"]),
        ('callees:\n  "1390": {line: bad}', 2, ["clean or noisy"]),
        ('callees:\n  "1390": {expect: yes}', 2, ["`expect`"]),
        (_one("是的"), 4, ["an answer", "name: value"]),
        (_one("{}"), 4, ["does nothing"]),
        (_one("[]"), 4, ["one answer per time asked"]),
        (_one("{say: 是的}"), 4, ["`say`", "says"]),
        (_one("{says: }"), 4, ["`says` must be words"]),
        (_one("{says: 是的, keys: 1}"), 4, ["either `says` or `keys`"]),
        (_one("{keys: 1a}"), 4, ["no phone has"]),
        (_one("{says: 是的, after: soon}"), 4, ["`after`", "not soon"]),
        (_one("{says: 是的, after: -1}"), 4, ["`after`"]),
        (_one("{says: 是的, barge_in: maybe}"), 4, ["`barge_in`", "yes or no"]),
        (_one("{says: 是的, noise: loud}"), 4, ["`noise`"]),
        (_one("{silence: 3, says: 是的}"), 4, ["stands alone"]),
        (_one("{heard: 是的, hang_up: yes}"), 4, ["need `says`"]),
        (_one("{says: 是的, audio: none.wav}"), 4, ["none.wav", "give a WAV file"]),
        (_one("{says: 没有人会说的一句话}"), 4, ["没有人会说的一句话", "`audio:`", "espeakng"]),
    ],
)
def test_mistakes(tmp_path, voices, text, line, words):
    file = tmp_path / "cast.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CastError) as wrong:
        load_cast(file, voices)
    message = str(wrong.value)
    place = f"{file}, line {line}" if line else f"{file}:"
    assert message.startswith(place)
    assert "\n" not in message
    for word in words:
        assert word in message
    if "READ" in text:
        assert "callee 13900000001" in message


def test_a_file_that_is_not_there(tmp_path, voices):
    with pytest.raises(CastError, match=r"none\.yaml: cannot be read"):
        load_cast(tmp_path / "none.yaml", voices)


def test_a_file_in_another_encoding(tmp_path, voices):
    (tmp_path / "cast.yaml").write_bytes("callees: {} # 您好".encode("gb18030"))
    with pytest.raises(CastError, match="UTF-8"):
        load_cast(tmp_path / "cast.yaml", voices)


def test_a_text_that_a_voice_here_can_make_is_fine(tmp_path):
    pytest.importorskip("espeakng_loader")
    file = tmp_path / "cast.yaml"
    file.write_text(_one("{says: 没有人会说的一句话}"), encoding="utf-8")
    load_cast(file, Voices(tmp_path))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+86 139-0000-0001", "13900000001"),
        ("008613900000001", "13900000001"),
        ("13900000001", "13900000001"),
        ("+85230000000", "+85230000000"),
    ],
)
def test_numbers(number, expected):
    assert national(number) == expected


@pytest.mark.parametrize(
    ("url", "prompt", "expected"),
    [
        ("/a?question=READ&turn=1", "", Asked("READ", "READ")),
        ("/a?question=LIABILITY.term", "", Asked("LIABILITY.term", "LIABILITY.term")),
        ("/a?question=LIABILITY.scope", "", Asked("LIABILITY", "LIABILITY.scope")),
        ("/a?q=READ", "", Asked("READ", "READ")),
        ("/phone/READ/answer", "", Asked("READ", "READ")),
        ("/READ/a?question=LIABILITY", "", Asked("LIABILITY", "LIABILITY")),
        ("/a?question=ID_VERIFY", "您的身份证号", Asked("身份证", "ID_VERIFY")),
        ("/a", "您的身份证号", Asked("身份证", "身份证")),
        ("/a?question=SMS", "", Asked("*", "SMS")),
        ("/a", "您满意吗", Asked("*", "您满意吗")),
        ("/a?question=*", "", Asked("*", "*")),
    ],
)
def test_questions(url, prompt, expected):
    keys = ["*", "READ", "LIABILITY.term", "LIABILITY", "身份证"]
    assert recognise(keys, f"http://127.0.0.1{url}", prompt) == expected


def test_a_question_nobody_knows():
    assert recognise(["READ"], "http://x/?question=SMS", "您满意吗") is None


def test_answers_may_differ_from_attempt_to_attempt(tmp_path: Path) -> None:
    file = tmp_path / "cast.yaml"
    file.write_text(
        """callees:
  "1390":
    picks_up: [busy, yes]
    answers:
      - CONSENT: {says: 我在开会}
      - CONSENT: {says: 方便}
"""
    )
    callee = load_cast(file, Voices(tmp_path)).callees["1390"]
    said = [callee.answers_on(attempt)["CONSENT"][0].says for attempt in (0, 1, 2)]
    assert said == ["我在开会", "方便", "方便"]
