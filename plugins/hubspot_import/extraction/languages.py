"""The country a text's language points to, for phone numbers without a country code; a guess, and the last but one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

_SCRIPTS: Mapping[str, str] = {
    "JP": "\u3041-\u30ff",
    "KR": "\uac00-\ud7af",
    "TH": "\u0e01-\u0e5b",
    "GR": "\u0370-\u03ff",
    "IL": "\u0590-\u05ff",
    "IN": "\u0900-\u097f",
    "RU": "\u0400-\u04ff",
    "CN": "\u4e00-\u9fff",
}
"""In this order: Japanese texts hold Chinese characters too. Arabic is spoken in too many countries to say one."""
_WORDS: Mapping[str, str] = {
    "DE": "und nicht ich ist bitte wir unsere meine eine mit auf für",
    "FR": "je est vous nous merci bonjour une les des pour pas mon",
    "ES": "el los usted gracias hola por una mi con pero está",
    "BR": "você não obrigado olá uma meu minha com está são",
    "IT": "il non grazie buongiorno sono una per che mio della",
    "NL": "het niet een ik wij graag bedankt mijn van onze",
    "PL": "nie jest proszę dziękuję się mój moja dzień na",
    "SE": "och inte jag är tack hej vår det ett",
    "TR": "ve bir için merhaba teşekkürler değil lütfen bu",
    "ID": "yang tidak saya dan terima kasih mohon kami untuk",
    "": "the and is not please we our my with for you",
}
"""Words that one language has and its neighbours have not; English points to no country."""
_REGION_OF = {word: region for region, words in _WORDS.items() for word in words.split()}
_HEAD_LENGTH = 2_000
_MIN_WORDS, _MIN_SIGNS = 2, 4
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = {region: re.compile(f"[{signs}]") for region, signs in _SCRIPTS.items()}


def region_of_text(text: str) -> str | None:
    """Guess the country (ISO 3166) from the language of a text's head, or None when it says none."""
    head = text[:_HEAD_LENGTH]
    if not head.isascii():
        for region, signs in _SIGNS.items():
            if len(signs.findall(head)) >= _MIN_SIGNS:
                return region
    counts = Counter(_REGION_OF[word] for word in _WORD.findall(head.lower()) if word in _REGION_OF)
    region, number = counts.most_common(1)[0] if counts else ("", 0)
    return region or None if number >= _MIN_WORDS else None
