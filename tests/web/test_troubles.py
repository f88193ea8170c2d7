"""What the operations refuse is told in the words of the page, in both languages; what is not known
is told as it was said."""

import re
from pathlib import Path

import pytest
from flask import Flask

from operations.otherwise import OtherwiseTrouble
from web import troubles, troubles_of_cases
from web.troubles import said

EVERYTHING = (*troubles.SENTENCES, *troubles_of_cases.SENTENCES)
ROOMS = [Path(__file__).parents[2] / room for room in ("operations", "cases", "web/pages")]
#: Put together from a name and a rest, which the pages' own tests try.
COMPOSED = ("the name of who decides", "the reason", r"application \d+ lacks", "(?:a call",
            "what was done", "what the customer asked for", "(?:what was said")  # fmt: skip


def in_chinese(app: Flask, text: str) -> str:
    with app.test_request_context(headers={"Cookie": "language=zh_CN"}):
        return said(OtherwiseTrouble(text))


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("there is no policy 88 6; check its number", "没有保单 88 6，请核对保单号"),
        ("hand-over 7 is done; nothing is late", "这条交接已经结束（已回访），不存在逾期"),
        ("the revisit of policy 1 is closed already (completed)", "保单 1 的回访已经结束（完成）"),
        (
            "application 3 lacks the customer's and the agent's signature; withdraw it",
            "客户和业务员都没有签名，请撤回，双方签名后重新申请",
        ),
        ("1 order failed", "连续 1 次下单失败"),
        ("a call that was tried failed too: 6 orders in a row failed, the last with 30005 50%",
         "连续 6 次下单失败，最后一次：30005 50%"),
        ("清单.xlsx:文件是空的,请重新导出。", "清单.xlsx:文件是空的,请重新导出。"),
        ("case 3 is not about policy P9; correct 保单号", "问题件 3 不属于保单 P9，请更正保单号"),
        ("the file has 50.0 MB, and 10 MB are the most; scan it in grey at 150 dpi, or split it",
         "文件有 50.0 MB，最多只能 10 MB，请用灰度 150 dpi 扫描，或分成几个文件"),
        ("something new", "something new"),
    ],
)  # fmt: skip
def test_a_sentence_is_told_in_the_words_of_the_page(app: Flask, text: str, chinese: str) -> None:
    assert in_chinese(app, text) == chinese


def test_every_pattern_is_of_a_sentence_that_the_operations_say() -> None:
    """A sentence that was changed there would be shown in English only."""
    source = "\n".join(path.read_text() for room in ROOMS for path in room.glob("*.py"))
    spoken = re.sub(r'"\s*\n\s*f?"', "", source)
    for pattern, _words in EVERYTHING:
        plain = re.sub(r"\(\?P<\w+>.*?\)|\(\?:.*?\)\??|\\d\+|\[a-z\]\+|\.\+", "\0", pattern)
        if pattern.startswith(COMPOSED):
            continue
        piece = max(plain.split("\0"), key=len).strip(" ;(,")
        assert piece.replace("\\", "")[:18] in spoken, pattern


def test_no_two_patterns_take_the_same_sentence_from_each_other() -> None:
    assert len({pattern for pattern, _ in EVERYTHING}) == len(EVERYTHING)
