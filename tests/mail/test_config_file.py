"""The mail door's settings from a file: each fault is told with its place."""

import pytest

from u24.errors import InvalidInput
from u24.mail.config_file import read_config
from u24.mail.settings import Cover

GOOD = """address = "desk@example.org"
maildir = "in"
[smtp]
host = "mail.example.org"
port = 587
password_variable = "SECRET"
[offset_min]
ana = 60
"""


def written(tmp_path, text):
    path = tmp_path / "mail.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_gives_the_settings_and_the_password_comes_from_elsewhere(tmp_path):
    config = read_config(written(tmp_path, GOOD), {"SECRET": "xyzzy"})

    assert (config.smtp.host, config.smtp.port, config.smtp.cover) == (
        "mail.example.org", 587, Cover.STARTTLS,
    )  # fmt: skip
    assert config.smtp.password == "xyzzy"
    assert "xyzzy" not in repr(config)
    assert config.maildir == tmp_path / "in"
    assert config.find_offset_min("ana", "") == 60


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("address =", "adress =", "adress is no field; give address"),
        ('port = 587', 'port = "x"', "Expected `int`"),
        ('host =', 'hots =', r"\[smtp\] hots is no field"),
        ("password_variable", "password", r"\[smtp\] password is no field"),
        ('"SECRET"', '"OTHER"', "OTHER is not set"),
        ("desk@example.org", "desk", "address is 'desk'"),
        ('[smtp]', '[smtp', "cannot read it"),
        ('password_variable = "SECRET"', 'password_file = "none"', "password_file"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_file_is_told(tmp_path, before, after, message):
    path = written(tmp_path, GOOD.replace(before, after))

    with pytest.raises(InvalidInput, match=message) as told:
        read_config(path, {"SECRET": "xyzzy"})

    assert str(path) in str(told.value)
