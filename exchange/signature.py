"""Signs requests the way the vendor does, so that an application can tell who is calling. Pure."""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping

HEADER = "X-Twilio-Signature"


def sign(token: str, url: str, parameters: Mapping[str, str] | Iterable[tuple[str, str]]) -> str:
    """base64(HMAC-SHA1(token, whole URL + every POST parameter by name, name then value)).

    For a GET the parameters stand in the URL already: pass none.
    """
    pairs = parameters.items() if isinstance(parameters, Mapping) else parameters
    text = url + "".join(name + value for name, value in sorted(set(pairs)))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
