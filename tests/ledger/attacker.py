"""Somebody who has the file of a ledger and can write whatever SQLite takes."""

import sqlite3
from contextlib import closing
from dataclasses import replace

from u24.ledger.merkle import GrowingTree, leaf_hash
from u24.ledger.rows import COLUMNS, entry_of, row_of
from u24.ledger.store import entry_content


class Attacker:
    """Works on the closed file at ``path``."""

    def __init__(self, path):
        self._path = path

    def do(self, sql, *given):
        """One statement, with every guard of the file switched off."""
        with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            self._disarm(connection)
            return connection.execute(sql, given).fetchall()

    def change(self, place, **columns):
        """Other values in the row at one position, and nothing else."""
        names = ", ".join(f"{name} = ?" for name in columns)
        self.do(f"update fact set {names} where position = ?", *columns.values(), place)

    def entries(self):
        return [
            entry_of(row) for row in self.do(f"select {', '.join(COLUMNS)} from fact order by 1")
        ]

    def rewrite(self, change):
        """Change the list of all entries, then make every hash fit again."""
        entries = change(self.entries())
        with closing(sqlite3.connect(self._path)) as connection:
            self._disarm(connection)
            connection.execute("delete from fact")
            connection.execute("delete from subtree")
            insert = "insert into subtree values (?, ?, ?)"
            tree = GrowingTree(lambda *whole: connection.execute(insert, whole))
            for position, entry in enumerate(entries, 1):
                moved = replace(entry, position=position)
                held = replace(moved, leaf=leaf_hash(entry_content(moved)))
                tree.add(held.leaf)
                marks = ", ".join("?" * len(COLUMNS))
                connection.execute(f"insert into fact values ({marks})", row_of(held))
            connection.commit()

    def flip(self, table, key, column, place, bit):
        """One bit of one value; gives False if the file itself cannot hold the result."""
        where = " and ".join(f"{name} = ?" for name in key)
        [(value,)] = self.do(f"select {column} from {table} where {where}", *key.values())
        if value in {"", b""}:
            return False
        changed = _flipped(value, place, bit)
        held = "cast(? as text)" if isinstance(value, str) else "?"
        try:
            self.do(f"update {table} set {column} = {held} where {where}", changed, *key.values())
        except sqlite3.IntegrityError:  # two rows would have one name
            return False
        return True

    def _disarm(self, connection):
        connection.execute("pragma ignore_check_constraints = on")
        found = connection.execute("select name from sqlite_master where type = 'trigger'")
        for (name,) in found.fetchall():
            connection.execute(f"drop trigger {name}")


def _flipped(value, place, bit):
    """The value with one bit changed; of a text the bytes, of a number all eight."""
    if isinstance(value, int):
        raw = bytearray(value.to_bytes(8, "big", signed=True))
        raw[place % 8] ^= 1 << bit
        return int.from_bytes(raw, "big", signed=True)
    raw = bytearray(value.encode() if isinstance(value, str) else value)
    raw[place % len(raw)] ^= 1 << bit
    return bytes(raw)
