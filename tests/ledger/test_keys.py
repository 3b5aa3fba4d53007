"""Keys: made once, for their owner alone."""

import stat
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.ledger.records import ANNA_KEY, BORIS_KEY
from u24.errors import InvalidInput
from u24.ledger.keys import (
    KeyInMemory,
    create_key,
    is_signed,
    key_id_of,
    public_key_of,
    read_key,
    signed,
)
from u24.ledger.store import Draft, statement


def test_a_key_that_was_made_is_the_key_that_is_read(tmp_path):
    made = create_key(tmp_path / "desk.key")

    read = read_key(tmp_path / "desk.key")

    assert read.public_key == made.public_key
    assert is_signed(made.public_key, read.sign(b"words"), b"words")


def test_only_the_owner_can_read_a_key(tmp_path):
    create_key(tmp_path / "desk.key")

    assert stat.S_IMODE((tmp_path / "desk.key").stat().st_mode) == 0o600


def test_a_key_is_never_written_over(tmp_path):
    made = create_key(tmp_path / "desk.key")

    with pytest.raises(InvalidInput, match="is there; a key is made once"):
        create_key(tmp_path / "desk.key")

    assert read_key(tmp_path / "desk.key").public_key == made.public_key
    assert [path.name for path in tmp_path.iterdir()] == ["desk.key"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602])
def test_a_key_that_others_can_use_is_refused(tmp_path, mode):
    create_key(tmp_path / "desk.key")
    (tmp_path / "desk.key").chmod(mode)

    with pytest.raises(InvalidInput, match=f"has mode {mode:04o}, so others can use it"):
        read_key(tmp_path / "desk.key")


def test_a_file_that_holds_no_key_is_refused(tmp_path):
    path = tmp_path / "desk.key"
    path.write_text("no key")
    path.chmod(0o600)

    with pytest.raises(InvalidInput, match="holds no private key in PEM"):
        read_key(path)


def test_a_key_of_another_sort_is_refused(tmp_path):
    pem = generate_private_key(SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    path = tmp_path / "desk.key"
    path.write_bytes(pem)
    path.chmod(0o600)

    with pytest.raises(InvalidInput, match="another sort of key; it must be Ed25519"):
        read_key(path)


def test_a_key_cannot_be_made_where_there_is_no_folder(tmp_path):
    with pytest.raises(InvalidInput, match="cannot be written: No such file"):
        create_key(tmp_path / "none" / "desk.key")


def test_a_key_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="no key that can be read: No such file"):
        read_key(tmp_path / "desk.key")


def test_a_key_is_named_by_the_hash_of_its_public_part():
    assert ANNA_KEY.key_id == sha256(ANNA_KEY.public_key).hexdigest()[:16]
    assert key_id_of(ANNA_KEY.public_key) == ANNA_KEY.key_id != BORIS_KEY.key_id


def test_the_first_key_of_rfc_8032_signs_as_published():
    # RFC 8032, section 7.1, test 1
    seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    key = KeyInMemory.from_seed(bytes.fromhex(seed))

    signature = key.sign(b"")

    assert (
        key.public_key.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    )
    assert signature.hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )


def test_a_signed_draft_is_signed_for_its_stream_and_command_alone():
    draft = signed(
        Draft(kind="offer.made/1", actor="anna", body=b"{}"), ANNA_KEY, stream="a", command="c"
    )

    def holds(**where):
        return is_signed(ANNA_KEY.public_key, draft.signature, statement(draft, **where))

    assert draft.key_id == ANNA_KEY.key_id
    assert holds(stream="a", command="c")
    assert not holds(stream="b", command="c")
    assert not holds(stream="a", command="d")


def test_what_is_no_key_has_signed_nothing():
    assert not is_signed(b"short", bytes(64), b"words")
    assert not is_signed(ANNA_KEY.public_key, b"short", b"words")


@pytest.mark.parametrize("text", ["", "zz", "00" * 31, "00" * 33])
def test_a_public_key_is_64_letters(text):
    with pytest.raises(InvalidInput, match="must be 64 letters"):
        public_key_of(text)
