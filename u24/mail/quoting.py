"""Where a reply ends and the quoted mail begins. What is quoted never acts.

Everything from the first sign of a quoted mail on is cut off, also where the sender wrote
between quoted lines: an order that is lost is asked for again, one that acts cannot be.
"""

import re

MOST_LINES = 400
# "On Monday ... wrote:" may be broken over some lines.
MOST_LINES_OF_AN_OPENING = 4
# Every mail of ours begins with it, for programs that mark a quoted mail in no way at all.
ABOVE = "##- Reply above this line -##"
_ABOVE = re.compile(r"##-.*-##")
_WROTE = re.compile(
    r"wrote|schrieb|écrit|escribió|ha scritto|escreveu|schreef|skrev|napsal|napisał|kirjoitti"
    r"|пише|написал|írta|έγραψε|yazdı|كتب",
    re.IGNORECASE,
)
# Gmail in some languages: 2026-02-06 10:00 GMT+01:00 Name <name@example.org>:
_ADDRESSED = re.compile(r"<[^<>\s]+@[^<>\s]+>")
# Such a line is never the beginning of "On ... wrote:", even right above it.
_ORDER = re.compile(r"(accept|partly|decline|commit|ack|offer|status|code)\b", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"^\s*(-{3,}\s*(original message|original appointment|forwarded message"
    r"|ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht|message d'origine"
    r"|message original|mensaje original|messaggio originale|mensagem original"
    r"|oorspronkelijk bericht|ursprungligt meddelande"
    r"|wiadomość oryginalna|özgün ileti|orijinal mesaj|исходное сообщение|الرسالة الأصلية)\s*-*"
    r"|_{10,}|-{10,}|={10,}"
    r"|begin forwarded message:?)\s*$",
    re.IGNORECASE,
)
# The head of a quoted mail without any separator, as Outlook writes it.
_HEAD_LINE = re.compile(
    r"^\s*\*?(from|von|de|da|van|från|fra|od|kimden|от|від|من|sent|gesendet|envoyé|enviado|inviato"
    r"|verzonden|skickat|sendt|wysłano|gönderilen|gönderildi|gönderme tarihi|отправлено|تم الإرسال"
    r"|to|an|à|para|subject|betreff|objet|asunto|oggetto|konu|тема|الموضوع|date|datum|fecha"
    r"|data|tarih|дата|التاريخ)\*?\s*[:：]\*?\s",
    re.IGNORECASE,
)
_SIGNATURE = "--"
_INVISIBLE = dict.fromkeys([
    0x200B, 0x200E, 0x200F, 0xFEFF, 0x2060, *range(0x202A, 0x202F), *range(0x2066, 0x206A),
])  # fmt: skip
_MARKS = (">", "|", "»", "›", "＞")


def own_lines(text: str) -> list[tuple[int, str]]:
    """The lines that the sender wrote anew, each with its number in the mail, from 1.

    Lines of a signed block look like separators and are kept.
    """
    lines = [line.translate(_INVISIBLE).replace("\xa0", " ") for line in _split(text)]
    kept: list[tuple[int, str]] = []
    for number, line in enumerate(lines[:MOST_LINES], 1):
        if _begins_quote(lines, number - 1):
            break
        if line.strip():
            kept.append((number, line.strip()))
    return kept


def _split(text: str) -> list[str]:
    # Not splitlines: it also breaks at marks that no mail program shows as a new line.
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _begins_quote(lines: list[str], index: int) -> bool:
    line = lines[index]
    plain = line.strip()
    if plain == _SIGNATURE or plain.startswith(_MARKS):
        return True
    if _ABOVE.search(line) or _SEPARATOR.match(line):
        return True
    if _HEAD_LINE.match(line):
        return any(_HEAD_LINE.match(one) for one in lines[index + 1 : index + 4])
    return not _ORDER.match(plain) and _is_opening(lines[index : index + MOST_LINES_OF_AN_OPENING])


def _is_opening(lines: list[str]) -> bool:
    """Whether the lines say who wrote the mail below and when; it may be broken over some."""
    opening = ""
    for line in lines:
        if not line.strip():
            return False
        opening = f"{opening} {line.strip()[:300]}"
        is_named = _WROTE.search(opening) or _ADDRESSED.search(opening)
        if is_named and opening.endswith((":", "：")):
            return True
    return False
