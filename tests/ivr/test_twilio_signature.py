"""The signature of webhooks, against the vendor's documented example and against strangers."""

import hashlib
import hmac
from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.twilio.signature import sign, signed_url, verify

URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FIELDS = [
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675309"),
    ("Digits", "1234"),
    ("From", "+14158675309"),
    ("To", "+18005551212"),
]
SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8="


words = st.text(st.characters(codec="utf-8"))


def by_hand(url: str, fields: list[tuple[str, str]], token: str) -> str:
    """The documented rule, written down independently: sorted by name, name then value."""
    text = url + "".join(name + value for name, value in sorted(set(fields)))
    return b64encode(hmac.digest(token.encode(), text.encode(), hashlib.sha1)).decode()


def test_the_vendors_documented_example():
    assert verify(URL, FIELDS, SIGNATURE, "12345")
    assert sign(URL, FIELDS, "12345") == SIGNATURE


@pytest.mark.parametrize(
    ("url", "fields", "signature", "token"),
    [
        (URL + "0", FIELDS, SIGNATURE, "12345"),
        (URL.replace("https", "http"), FIELDS, SIGNATURE, "12345"),
        (URL, [*FIELDS, ("New", "1")], SIGNATURE, "12345"),
        (URL, FIELDS[:-1], SIGNATURE, "12345"),
        (URL, [*FIELDS[:-1], ("To", "+18005551213")], SIGNATURE, "12345"),
        (URL, FIELDS, SIGNATURE, "12346"),
        (URL, FIELDS, by_hand(URL, FIELDS, ""), ""),
        (URL, FIELDS, SIGNATURE.lower(), "12345"),
        (URL, FIELDS, SIGNATURE[:-1], "12345"),
        (URL, FIELDS, "回访", "12345"),
        (URL, FIELDS, "", "12345"),
        (URL, FIELDS, None, "12345"),
        ("", FIELDS, SIGNATURE, "12345"),
        (URL, [*FIELDS, ("Bad", "\ud800")], SIGNATURE, "12345"),
    ],
)
def test_anything_else_is_refused(url, fields, signature, token):
    assert not verify(url, fields, signature, token)


def test_a_port_may_be_written_or_not():
    with_port = sign("https://mycompany.com:443/start", FIELDS, "t")
    assert verify("https://mycompany.com/start", FIELDS, with_port, "t")
    without = sign("http://127.0.0.1:8080/start", FIELDS, "t")
    assert verify("http://127.0.0.1:8080/start", FIELDS, without, "t")


def test_repeated_fields_count_each_with_its_value():
    fields = [("Word", "b"), ("Word", "a"), ("Word", "a")]
    assert verify(URL, fields, by_hand(URL, fields, "t"), "t")
    assert not verify(URL, fields[:1], by_hand(URL, fields, "t"), "t")


@settings(deadline=None)
@given(st.lists(st.tuples(words, words)))
def test_the_rule_holds_for_every_form(fields):
    assert sign(URL, fields, "t") == by_hand(URL, fields, "t")
    assert verify(URL, fields, by_hand(URL, fields, "t"), "t")


@pytest.mark.parametrize(
    "public", ["https://huifang.example.cn/line", "https://huifang.example.cn/line/"]
)
def test_behind_a_proxy_the_configured_address_is_the_signed_one(public):
    url = signed_url(public, "/phone/x/answer", "question=READ&turn=3")
    assert url == "https://huifang.example.cn/line/phone/x/answer?question=READ&turn=3"
    assert signed_url(public, "/phone/x/start") == "https://huifang.example.cn/line/phone/x/start"
