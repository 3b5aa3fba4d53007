"""Keys that sign: Ed25519, each named by the hash of its public part."""

import os
import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from u24.errors import InvalidInput
from u24.ledger.store import Draft, statement

KEY_BYTES = 32
_OTHERS = 0o077  # the mode bits of group and world
_KEY_ID_LETTERS = 16


def key_id_of(public_key: bytes) -> str:
    """The name of a key: the first 16 hex letters of the SHA-256 of its 32 raw bytes."""
    return sha256(public_key).hexdigest()[:_KEY_ID_LETTERS]


def public_key_of(text: str) -> bytes:
    """The raw public key of 64 hex letters.

    Raises
    ------
    InvalidInput
        They are not.
    """
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise InvalidInput(f"the key is {text!r}; it must be {2 * KEY_BYTES} letters, 0-9 or a-f")
    return key


class Signer(Protocol):
    """Something that signs: a file, a card, a service."""

    @property
    def public_key(self) -> bytes:
        """The 32 raw bytes that anybody may know."""
        ...

    @property
    def key_id(self) -> str:
        """The name of the key, see :func:`key_id_of`."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The signature over a message, 64 bytes."""
        ...


class KeyInMemory:
    """A key that this process holds."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self._public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @classmethod
    def from_seed(cls, seed: bytes) -> "KeyInMemory":
        """The key of 32 bytes: for drills and tests, where a run must give the same bytes."""
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @property
    def public_key(self) -> bytes:
        """The 32 raw bytes that anybody may know."""
        return self._public

    @property
    def key_id(self) -> str:
        """The name of the key."""
        return key_id_of(self._public)

    def sign(self, message: bytes) -> bytes:
        """The signature over a message, 64 bytes."""
        return self._private.sign(message)


def create_key(path: Path) -> KeyInMemory:
    """Make a key and keep it in a file that only its owner can read, PEM PKCS #8.

    Raises
    ------
    InvalidInput
        Something stands at ``path``, for a key is never written over; or nothing can be
        written there.
    """
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        _write_once(path, pem)
    except FileExistsError as error:
        raise InvalidInput(f"{path} is there; a key is made once, so give another name") from error
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror}") from error
    return KeyInMemory(private)


def read_key(path: Path) -> KeyInMemory:
    """The key of a file.

    Raises
    ------
    InvalidInput
        There is no such file, others can read it, or it holds no Ed25519 key.
    """
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode & 0o777
            pem = file.read()
    except OSError as error:
        raise InvalidInput(f"{path} is no key that can be read: {error.strerror}") from error
    if mode & _OTHERS:
        raise InvalidInput(f"{path} has mode {mode:04o}, so others can use it; chmod it to 0600")
    try:
        private = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise InvalidInput(f"{path} holds no private key in PEM without a password") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise InvalidInput(f"{path} holds another sort of key; it must be Ed25519")
    return KeyInMemory(private)


def signed(draft: Draft, signer: Signer, *, stream: str, command: str) -> Draft:
    """The draft with the signature of whoever says it, for this stream and command alone."""
    said = statement(draft, stream=stream, command=command)
    return replace(draft, key_id=signer.key_id, signature=signer.sign(said))


def is_signed(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature over the message was made with the key."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):  # ValueError: no 32 bytes
        return False
    return True


def _write_once(path: Path, pem: bytes) -> None:
    # mkstemp gives mode 0600; the link fails if the name is taken, and is all or nothing.
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    finally:
        Path(draft).unlink()
