"""Company names without what people leave out or write in several ways: accents, punctuation, legal forms.

The forms are those the authors know from their countries; the list is not complete.
"""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

from hubspot_import.same_text import same_text

_AFTER_THE_NAME = (
    "ab ag aps as asa asbl bhd bv bvba corp cv cvba doo eurl ev gbr gesmbh ggmbh gie gmbh hf inc kb kft"
    " kg kgaa kk ks lda llc llp lp ltd ltda nv ohg oy oyj plc pt pte sa sab sarl sas sasu sca scop se sia"
    " sl slu snc spa spzoo srl srls sro uab ug vof zrt"
)
_BEFORE_THE_NAME = "ао зао ип оао ооо пао oao ooo pt zao"
LEGAL_FORMS = frozenset(_AFTER_THE_NAME.split())
LEADING_FORMS = frozenset(_BEFORE_THE_NAME.split())
"""Forms that stand before the name."""
_SPELT: dict[str, str] = {
    "limited": "ltd",
    "incorporated": "inc",
    "corporation": "corp",
    "ltee": "ltd",
    "aktiengesellschaft": "ag",
    "aktiebolag": "ab",
    "osakeyhtio": "oy",
}
_BEFORE_A_FORM = frozenset({"co", "company", "&", "and", "und", "pty", "pvt", "private", "sdn", "cie"})
"""Part of the legal form only before one: ``Co. Ltd``, ``GmbH & Co. KG``, ``Pty Ltd``."""
_PHRASES = ((re.compile(r"\bpublic limited company$"), "plc"), (re.compile(r"\bsp z oo$"), "spzoo"))
_GLUED = re.compile("株式会社|有限会社|合同会社|股份有限公司|有限公司|주식회사|\\(株\\)")
_OTHER_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})
_ACCENTS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_DROPPED = re.compile(r"[.'’`´]")
_BLANK = re.compile(r"[^\w&]+|_+")
_SINGLE_LETTERS = re.compile(r"\b(?:\w ){1,4}\w$")


def name_and_form(name: str) -> tuple[str, str]:
    """Split a company's name into what tells it apart and its legal form (empty without one).

    ``Société Générale S.A.`` gives ``societe generale`` and ``sa``; a name that is nothing but a form stays whole.
    """
    words, glued = _words(name)
    start = 1 if len(words) > 1 and words[0] in LEADING_FORMS else 0
    end = len(words)
    while end > start + 1 and (
        words[end - 1] in LEGAL_FORMS or (end < len(words) and words[end - 1] in _BEFORE_A_FORM)
    ):
        end -= 1
    forms = [*words[:start], *(word for word in words[end:] if word in LEGAL_FORMS), *glued]
    return " ".join(words[start:end]), " ".join(forms)


def same_but_for_spelling(names: pd.Series) -> pd.Series:
    """Reduce names to name and legal form, so that ``Acme, Limited`` is ``ACME Ltd.`` and not ``Acme GmbH``."""
    return _reduced(names, with_form=True)


def same_but_for_form(names: pd.Series) -> pd.Series:
    """Reduce names to what is left without their legal form."""
    return _reduced(names, with_form=False)


def legal_forms(names: pd.Series) -> pd.Series:
    """The legal form each name says; empty where it says none."""
    return names.map(lambda name: name_and_form(name)[1], na_action="ignore").astype("str").fillna("")


def _reduced(names: pd.Series, *, with_form: bool) -> pd.Series:
    def reduce(name: str) -> str:
        bare, form = name_and_form(name)
        return f"{bare}|{form}" if with_form and bare else bare

    return names.map(reduce, na_action="ignore").astype("str").replace("", None)


def _unaccented(name: str) -> str:
    """Latin letters without their accents, in lower case; other scripts keep their marks, which are letters there."""
    folded = same_text(unicodedata.normalize("NFKC", name))
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
    return unicodedata.normalize("NFC", bare).translate(_OTHER_LETTERS)


def _words(name: str) -> tuple[list[str], list[str]]:
    """The words of a name as they are compared, and the legal forms that stand in it without a blank."""
    plain = _unaccented(name)
    glued = _GLUED.findall(plain)
    bare = _GLUED.sub(" ", plain) if glued else plain
    if not bare.strip():
        return [plain], []
    pieces = _phrases(" ".join(_BLANK.sub(" ", _DROPPED.sub("", bare)).split())).split()
    return [_SPELT.get(piece, piece) for piece in pieces], glued


def _phrases(name: str) -> str:
    """Write forms of several words as one: ``s a r l`` as ``sarl``."""
    for phrase, form in _PHRASES:
        name = phrase.sub(form, name)
    found = _SINGLE_LETTERS.search(name)
    joined = found.group().replace(" ", "") if found else ""
    return name[: found.start()] + joined if found and joined in LEGAL_FORMS else name
