"""The country a text's language points to."""

from __future__ import annotations

import pytest

from hubspot_import.extraction.languages import region_of_text

SAID = {
    "Bitte rufen Sie mich an, ich bin nicht im Büro": "DE",
    "Bonjour, je ne peux pas me connecter, merci": "FR",
    "Mohon bantuannya, saya tidak bisa login": "ID",
    "こんにちは、ログインできません": "JP",
    "您好，我无法登录系统": "CN",
    "Здравствуйте, не могу войти": "RU",
}


@pytest.mark.parametrize(("text", "region"), SAID.items(), ids=SAID.values())
def test_a_language_of_one_country_points_to_it(text: str, region: str) -> None:
    assert region_of_text(text) == region


@pytest.mark.parametrize(
    "text", ["", "Please help, the app is not opening for my team", "مرحبا، لا أستطيع الدخول", "404"]
)
def test_english_arabic_and_no_words_point_nowhere(text: str) -> None:
    assert region_of_text(text) is None
