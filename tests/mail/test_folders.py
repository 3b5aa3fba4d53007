"""Mails are fetched from a maildir or an IMAP server, and set aside once they are on record."""

import re
import socketserver
import threading

import pytest

from tests.mail.world import PEOPLE, a_reply, code_in, free_port
from u24.domain.facts.requests import Reply
from u24.errors import InvalidInput
from u24.mail.folders import ImapFolder, Maildir, MailUnreachable
from u24.mail.rounds import run_mail
from u24.mail.settings import Cover, MailConfig, MailServer

HOST = PEOPLE["host"][2]


def test_a_maildir_gives_mails_in_order_and_sets_them_aside(tmp_path):
    (tmp_path / "new").mkdir()
    for name in ("2.x", "1.x"):
        (tmp_path / "new" / name).write_bytes(name.encode())
    folder = Maildir(tmp_path)

    found = list(folder.waiting(100))
    for name, _ in found:
        folder.set_aside(name)

    assert found == [("1.x", b"1.x"), ("2.x", b"2.x")]
    assert sorted(path.name for path in (tmp_path / "cur").iterdir()) == ["1.x:2,S", "2.x:2,S"]
    assert list(folder.waiting(100)) == []


def test_of_a_large_mail_no_more_is_read_than_shows_that_it_is_too_large(tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1").write_bytes(b"x" * 1000)

    assert list(Maildir(tmp_path).waiting(100)) == [("1", b"x" * 101)]


def test_a_link_in_a_maildir_is_no_mail(tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "new" / "1").symlink_to(tmp_path / "secret")

    assert list(Maildir(tmp_path).waiting(100)) == []


def test_a_maildir_that_is_none_is_said_and_mails_still_leave(world):
    for name in ("new", "cur", "tmp"):
        (world.maildir / name).rmdir()

    done = world.round()

    assert "is no maildir" in done.fault
    assert done.sent == 2


class FakeImap(socketserver.ThreadingTCPServer):
    """Speaks LOGIN, SELECT, UID SEARCH, UID FETCH and UID STORE, and no more."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), ImapTalk)
        self.mails, self.seen, self.partial = {}, set(), []


class ImapTalk(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, _, words = line.strip().decode().partition(" ")
            verdict = self.answer(words) or "OK done"
            self.wfile.write(f"{tag} {verdict}\r\n".encode())
            if words == "LOGOUT":
                return

    def answer(self, words):
        server = self.server
        if words.startswith("LOGIN"):
            return None if words == 'LOGIN desk "secret word"' else "NO wrong password"
        if words == "CAPABILITY":
            self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
        elif words.startswith("UID SEARCH"):
            new = " ".join(str(uid) for uid in sorted(server.mails) if uid not in server.seen)
            self.wfile.write(f"* SEARCH {new}\r\n".encode())
        elif match := re.fullmatch(r"UID FETCH (\d+) \(RFC822\.SIZE\)", words):
            size = len(server.mails[int(match[1])])
            self.wfile.write(f"* 1 FETCH (UID {match[1]} RFC822.SIZE {size})\r\n".encode())
        elif match := re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\](?:<0\.(\d+)>)?\)", words):
            raw = server.mails[int(match[1])]
            raw = raw[: int(match[2])] if match[2] else raw
            server.partial.append(bool(match[2]))
            self.wfile.write(f"* 1 FETCH (UID {match[1]} BODY[] {{{len(raw)}}}\r\n".encode())
            self.wfile.write(raw + b")\r\n")
        elif match := re.fullmatch(r"UID STORE (\d+) \+FLAGS\.SILENT \(\\Seen\)", words):
            server.seen.add(int(match[1]))
        elif words.startswith("SELECT"):
            self.wfile.write(b"* 2 EXISTS\r\n")
        return None


@pytest.fixture
def imap():
    server = FakeImap()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def at(imap, password="secret word"):
    return MailServer(
        host="127.0.0.1", port=imap.server_address[1], cover=Cover.NONE, user="desk",
        password=password, timeout_s=5,
    )  # fmt: skip


def test_a_reply_by_imap_acts_and_is_marked_as_seen(world, inboxes, imap):
    offer_id = world.offer()
    world.round()
    brief = inboxes.of(HOST)[-1]
    imap.mails[7] = a_reply(brief, f"CODE {code_in(brief)}\nACCEPT {offer_id}").as_bytes()
    imap.mails[9] = b"x" * 200_000
    config = MailConfig(
        address=world.config.address, smtp=world.config.smtp, imap=at(imap), most_mail_bytes=100_000
    )

    done = run_mail(world.desk, config, world.clock)

    assert world.case.offers[offer_id].reply is Reply.ACCEPT
    assert done.heard[1] == "refused: it has more than 100,000 bytes"
    assert imap.seen == {7, 9}
    assert imap.partial == [False, True]


def test_an_imap_server_that_says_no_or_is_not_there_is_an_error_of_ours(imap):
    with pytest.raises(MailUnreachable, match="wrong password"):
        list(ImapFolder(at(imap, password="other")).waiting(100))

    nowhere = MailServer(host="127.0.0.1", port=free_port(), cover=Cover.NONE, timeout_s=2)
    with pytest.raises(MailUnreachable, match="refused"):
        list(ImapFolder(nowhere).waiting(100))


def test_settings_that_cannot_be_are_refused(tmp_path, world):
    smtp = world.config.smtp
    with pytest.raises(InvalidInput, match="give one like desk@"):
        MailConfig(address="desk", smtp=smtp)
    with pytest.raises(InvalidInput, match="one way only"):
        MailConfig(address="a@b.c", smtp=smtp, maildir=tmp_path, imap=smtp)
    with pytest.raises(InvalidInput, match="most_per_hour is 0"):
        MailConfig(address="a@b.c", smtp=smtp, most_per_hour=0)


def test_a_password_is_never_shown(imap):
    assert "secret" not in repr(at(imap))
