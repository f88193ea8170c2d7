"""The signature, checked against the vendor's documented example and its own client."""

from twilio.request_validator import RequestValidator

from exchange.signature import sign

_URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
_PARAMETERS = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675309",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
}


def test_the_documented_example():
    assert sign("12345", _URL, _PARAMETERS) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_the_vendors_own_validator_takes_it():
    parameters = {"SpeechResult": "我就是", "Confidence": "0.9", "empty": ""}
    given = sign("token", "http://127.0.0.1:5000/phone/x/answer?turn=1", parameters)
    validator = RequestValidator("token")
    assert validator.validate("http://127.0.0.1:5000/phone/x/answer?turn=1", parameters, given)


def test_every_part_counts():
    good = sign("12345", _URL, _PARAMETERS)
    assert sign("12346", _URL, _PARAMETERS) != good
    assert sign("12345", _URL + "3", _PARAMETERS) != good
    assert sign("12345", _URL, {**_PARAMETERS, "Digits": "1235"}) != good
