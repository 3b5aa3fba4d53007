"""Check a proof from a U24 record. Needs this file, Python 3.11 and ``cryptography``.

    python verify_proof.py PROOF.json [--key HEX]

HEX is the desk's public key, from somebody whom you trust. Exit code: 0 proven, 1 not.
The tree is that of RFC 6962; the check of the path follows RFC 9162, section 2.1.3.2.
"""

import json
import sys
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Fields = dict[str, Any]


class NotProven(Exception):
    """The proof does not hold; the text begins with the name of the fault."""


def check(proof: Fields, trusted_key: str | None) -> None:
    """Go through the whole proof, from what was said up to the desk's signature."""
    if proof["format"] != "u24-proof/1":
        raise NotProven(f"unreadable: format is {proof['format']!r}, not u24-proof/1")
    entry, head = proof["entry"], proof["head"]
    if proof["body"] is not None:
        body = b64decode(proof["body"], validate=True)
        if sha256(body).hexdigest() != entry["body_sha256"]:
            raise NotProven("changed-body: what was said is not what the entry recorded")
    check_path(leaf_hash(entry), entry["position"], head, proof["inclusion"])
    if trusted_key is not None and proof["desk_public_key"] != trusted_key.lower():
        raise NotProven(f"other-key: the proof is signed by {proof['desk_public_key']}")
    check_signature("forged-head", proof["desk_public_key"], head, head_message(head))
    if entry["key_id"]:
        names = [entry["actor"], entry["command"]]
        if ":" in entry["actor"]:  # said at another desk: signed with the names behind the colon
            names = [name.partition(":")[2] for name in names]
        said = joined(
            b"u24-statement/1", entry["stream"], entry["kind"], *names,
            bytes.fromhex(entry["body_sha256"]),
        )  # fmt: skip
        check_signature("forged-signature", proof["actor_public_key"] or "", entry, said)


def leaf_hash(entry: Fields) -> bytes:
    """The hash over every field of the entry."""
    since_1970 = datetime.fromisoformat(entry["at"]) - datetime(1970, 1, 1, tzinfo=UTC)
    content = joined(
        b"u24-entry/1",
        str(int(entry["position"])), entry["stream"], str(int(entry["seq"])),
        entry["kind"], entry["actor"], str(since_1970 // timedelta(microseconds=1)),
        entry["command"], str(int(entry["part"])), bytes.fromhex(entry["asked"]),
        bytes.fromhex(entry["body_sha256"]), entry["key_id"], bytes.fromhex(entry["signature"]),
    )  # fmt: skip
    return sha256(b"\x00" + content).digest()


def joined(*parts: str | bytes) -> bytes:
    """Every part behind its length of four bytes."""
    raw = [part.encode() if isinstance(part, str) else part for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in raw)


def check_path(leaf: bytes, position: int, head: Fields, path: list[str]) -> None:
    """Climb from the entry to the root, and compare it with the head's."""
    fn, sn, reached = position - 1, head["tree_size"] - 1, leaf
    fault = NotProven(f"not-in-tree: entry {position} does not stand under this head")
    if not 0 <= fn <= sn:
        raise fault
    for text in path:
        sibling = bytes.fromhex(text)
        if sn == 0 or len(sibling) != 32:
            raise fault
        if fn & 1 or fn == sn:
            reached = sha256(b"\x01" + sibling + reached).digest()
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            reached = sha256(b"\x01" + reached + sibling).digest()
        fn, sn = fn >> 1, sn >> 1
    if sn or reached.hex() != head["root"]:
        raise fault


def head_message(head: Fields) -> bytes:
    """The five lines that the desk signs."""
    lines = ("u24-head/1", head["ledger_id"], head["tree_size"], head["root"], head["at"])
    return "".join(f"{line}\n" for line in lines).encode()


def check_signature(fault: str, public_key: str, signed: Fields, message: bytes) -> None:
    """Check an Ed25519 signature, and that the key has the name that is given."""
    raw = bytes.fromhex(public_key)
    if sha256(raw).hexdigest()[:16] != signed["key_id"]:
        raise NotProven(f"{fault}: the public key is not that of key {signed['key_id']}")
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(bytes.fromhex(signed["signature"]), message)
    except (InvalidSignature, ValueError) as error:
        raise NotProven(f"{fault}: key {signed['key_id']} did not sign this") from error


def told(proof: Fields, trusted_key: str | None) -> str:
    """What is proven, in plain words; and what is not."""
    entry, head = proof["entry"], proof["head"]
    signed = f"signed with key {entry['key_id']}" if entry["key_id"] else "without a signature"
    lines = [
        f"Proven: {entry['actor']} said {entry['kind']} in {entry['stream']}, {signed}.",
        f"It was recorded at {entry['at']} by command {entry['command']}.",
        f"It stands at place {entry['position']} of {head['tree_size']},",
        f"under a head of {head['ledger_id']} that key {head['key_id']} signed at {head['at']}.",
    ]
    if proof["body"] is None:
        lines.append("What was said is withheld; its SHA-256 is proven.")
    if entry["key_id"]:
        lines.append(f"That key {entry['key_id']} is {entry['actor']}'s is the desk's word.")
    if trusted_key is None:
        lines.append(f"Ask the desk whether this is its key: {proof['desk_public_key']}")
    return "\n".join(lines)


def main(words: list[str]) -> int:
    """Read, check, tell."""
    if len(words) not in {1, 3} or (len(words) == 3 and words[1] != "--key"):
        sys.stderr.write("use: python verify_proof.py PROOF.json [--key HEX]\n")
        return 1
    trusted_key = words[2] if len(words) == 3 else None
    try:
        proof = json.loads(Path(words[0]).read_bytes())
        check(proof, trusted_key)
        sys.stdout.write(told(proof, trusted_key) + "\n")
    except NotProven as error:
        sys.stderr.write(f"NOT PROVEN. {error}\n")
    except (OSError, LookupError, TypeError, ValueError, AttributeError) as error:
        sys.stderr.write(f"NOT PROVEN. unreadable: {error}\n")
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
