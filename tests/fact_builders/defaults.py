"""What every builder of a fact starts from."""

from hashlib import sha256
from typing import Any

from tests.builders import at_h

CASE = "case_1"
SAID_AT = at_h(1)
SHA256 = sha256(b"for a test").hexdigest()
KEY_HEX = sha256(b"a public key").hexdigest()
KEY_ID = sha256(bytes.fromhex(KEY_HEX)).hexdigest()[:16]


def made(cls: Any, values: dict[str, Any], **default: Any) -> Any:
    """A fact said one hour after T0, unless ``values`` say otherwise."""
    return cls(**{"said_at": SAID_AT, **default, **values})
