"""Elements of HTML and SVG. Whatever is not ``Markup`` is escaped."""

import re
from functools import lru_cache
from html import escape

# What must be escaped, or what XML 1.0 forbids: most texts hold neither.
SPECIAL = re.compile("[&<>\"'\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Characters that XML 1.0 forbids (section 2.2), shown as the replacement character.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
VOID = frozenset({"meta", "br", "link", "hr", "img"})


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


Piece = str | int | float


def safe(text: str) -> str:
    """The text without characters that no XML may hold."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def escaped(piece: Piece) -> Markup:
    """The piece as markup: escaped, unless it is markup."""
    if isinstance(piece, Markup):
        return piece
    if isinstance(piece, float):
        return Markup(f"{piece:.1f}".removesuffix(".0"))
    text = str(piece)
    return Markup(escape(safe(text)) if SPECIAL.search(text) else text)


def joined(*pieces: Piece) -> Markup:
    """The pieces one after another."""
    return Markup("".join(map(escaped, pieces)))


def element(name: str, /, *children: Piece, **attributes: Piece | None) -> Markup:
    """One element; ``class_`` is written class, ``stroke_width`` stroke-width.

    An attribute that is None is left out.
    """
    written = "".join(
        f' {_attribute(key)}="{escaped(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{joined(*children)}</{name}>")


@lru_cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
