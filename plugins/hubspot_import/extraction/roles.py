"""Whose address is it? Told from where in a mail it stands: own words, quote, copy line, signature."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from enum import StrEnum
from operator import itemgetter


class Role(StrEnum):
    """The part an address or number plays in a ticket."""

    REQUESTER = "requester"
    AGENT = "agent"
    CC = "cc"
    QUOTED = "quoted"
    SIGNATURE = "signature"


CONFIDENCE = {Role.REQUESTER: 0.9, Role.SIGNATURE: 0.8, Role.CC: 0.3, Role.QUOTED: 0.3, Role.AGENT: 0.1}
"""How far a find may be taken for the sender's own."""
FURTHER_REQUESTER_CONFIDENCE = 0.6
"""A second address in the sender's own words is more often somebody else's."""

_WROTE = re.compile(
    r"(?<!\w)(?:wrote|a écrit|schrieb|escribió|escreveu|ha scritto|menulis|skrev|schreef|napisał(?:\(a\)|a)?"
    r"|написал[аи]?|yazdı|đã viết|كتب)|写道|寫道|のメール|が書きました|님이 작성|작성:"
)
_MAX_HEADER_LENGTH = 300
_ORIGINAL_MESSAGE = re.compile(
    r"\s*[-_]{3,}\s*(?:original message|forwarded message|message d'origine|message original|message transféré"
    r"|ursprüngliche nachricht|weitergeleitete nachricht|original[- ]?nachricht|mensaje original|mensaje reenviado"
    r"|mensagem original|messaggio originale|messaggio inoltrato|oorspronkelijk bericht|originalmeddelande"
    r"|oryginalna wiadomość|wiadomość oryginalna|исходное сообщение|pesan asli|原始邮件"
    r"|元のメッセージ|원본 메시지|orijinal mesaj|الرسالة الأصلية)",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\s*\*?(?:from|von|de|da|van|från|od|от|dari|发件人|差出人|보낸 사람|kimden|من)\*?\s*[:：]", re.IGNORECASE
)
_TO = re.compile(
    r"\s*\*?(?:to|an|à|para|aan|till|do|кому|kepada|收件人|宛先|받는 사람|kime|إلى)\*?\s*[:：]", re.IGNORECASE
)
_HEADER_LINE = re.compile(
    r"\s*\*?(?:sent|date|to|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado|fecha|para|asunto|inviato|data|a"
    r"|oggetto|assunto|verzonden|aan|onderwerp|skickat|till|ämne|wysłano|do|temat|отправлено|дата|кому|тема|dikirim"
    r"|kepada|subjek|发送时间|日期|收件人|主题|送信日時|日付|宛先|件名|보낸 날짜|날짜|받는 사람|제목|tarih|kime|konu"
    r"|تاريخ|إلى|الموضوع)\*?\s*[:：]",
    re.IGNORECASE,
)
_CC = re.compile(
    r"\s*\*?(?:b?cc|copie|kopie|in kopie|kopia|kopi|copia|cópia|en copie|con copia|tembusan|dw|копия"
    r"|抄送|参照|참조|bilgi|نسخة)\*?\s*[:：]",
    re.IGNORECASE,
)
_SIGNATURE_MARK = re.compile(r"(?:-- ?|—|_{2,})\s*")
_COPIED = re.compile(
    r"(?:(?<!\w)b?cc(?:'d|’d|ing|ed)?|copied|copying|in copy|en copie|in kopie"
    r"|in cc|en copia|em cópia|in copia|con copia"
    r"|colleague|manager|my boss|kolleg(?:e|en|in)|collègue|responsable|compañer[oa]|colegas?|collegas?|kollega"
    r"|kolegi?|koleżank[ai]|коллег[аиуе]|rekan(?: saya)?|atasan saya|同事|同僚|上司|동료|زميل[يت]?[يه]?|iş arkadaşım)"
    r"(?:[^\n@.!?;]|\.(?=\S)){0,60}\Z",
    re.IGNORECASE,
)
_MACHINE = re.compile(r"(?:no-?_?reply|do-?not-?reply|mailer-daemon|postmaster|notifications?|bounces?)(?:[+\-.].*)?@")


_HAS_A_MARK = re.compile(r"[:：>＞—]|[-_]{2}")
"""A line without one of these, that is followed by another such, begins nothing."""


def line_roles(text: str) -> list[tuple[int, Role]]:
    """Give each line's start in the text and the role of what stands in it."""
    lines = text.splitlines(keepends=True)
    roles: list[tuple[int, Role]] = []
    position, below, at_top = 0, Role.REQUESTER, True
    for number, line in enumerate(lines):
        role, below = _role(line, lines[number + 1 : number + 3], below, at_top=at_top)
        at_top = at_top and (not line.strip() or _is_header(line))
        roles.append((position, role))
        position += len(line)
    return roles


def role_at(lines: Sequence[tuple[int, Role]], position: int) -> Role:
    """Look up the role of a position in what ``line_roles`` gave."""
    number = bisect_right(lines, position, key=itemgetter(0)) - 1
    return lines[number][1] if number >= 0 else Role.REQUESTER


def is_copied(before: str) -> bool:
    """Say whether the words right before an address name it as somebody else's: in copy, a colleague's."""
    return _COPIED.search(before) is not None


def is_machine(address: str) -> bool:
    """Say whether nobody reads an address: no-reply@, mailer-daemon@."""
    return _MACHINE.match(address) is not None


def _role(line: str, following: Sequence[str], below: Role, *, at_top: bool) -> tuple[Role, Role]:
    """The role of a line, and of the plain lines that come after it."""
    start = line[:_MAX_HEADER_LENGTH]
    if below is Role.QUOTED or not _HAS_A_MARK.search(start + "".join(following[:1])[:_MAX_HEADER_LENGTH]):
        return below, below
    if start.lstrip().startswith((">", "＞")):
        return Role.QUOTED, below
    if _begins_quote(line, following, at_top=at_top):
        # A reply below or between quoted lines marks them with ">"; without the marks all that follows is the quote.
        return Role.QUOTED, below if _is_marked(following) else Role.QUOTED
    if _SIGNATURE_MARK.fullmatch(start.rstrip("\r\n")):
        return Role.SIGNATURE, Role.SIGNATURE
    if at_top and _TO.match(start):
        return Role.AGENT, below
    return (Role.CC if _CC.match(start) else below), below


def _begins_quote(line: str, following: Sequence[str], *, at_top: bool) -> bool:
    """Tell the first line of a quoted mail: a line of dashes, ``… wrote:``, or a mail's headers within the text."""
    start, after = line[:_MAX_HEADER_LENGTH], following[0] if following else ""
    has_headers = not at_top and _FROM.match(start) and _HEADER_LINE.match(after[:_MAX_HEADER_LENGTH])
    return bool(_ORIGINAL_MESSAGE.match(start) or _is_quote_header(line, after) or has_headers)


def _is_header(line: str) -> bool:
    return any(kind.match(line[:_MAX_HEADER_LENGTH]) for kind in (_FROM, _TO, _CC, _HEADER_LINE))


def _is_marked(following: Sequence[str]) -> bool:
    return any(line.lstrip().startswith((">", "＞")) for line in following)


def _is_quote_header(line: str, after: str) -> bool:
    """Tell ``On Monday Ann wrote:`` from other lines that end with a colon; its second half may stand a line below."""
    if len(line) > _MAX_HEADER_LENGTH:
        return False
    ends = line.rstrip().endswith((":", "："))
    if ends and _WROTE.search(line):
        return True
    rest = after[:_MAX_HEADER_LENGTH].strip()
    is_split = len(rest) < 40 and rest.endswith((":", "：")) and _WROTE.match(rest) is not None
    return is_split and ("@" in line or any(sign.isdigit() for sign in line))
