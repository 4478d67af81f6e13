from __future__ import annotations

import codecs

import pytest

from hubspot_import.errors import SourceError
from hubspot_import.loading.decoding import Encoding, decode
from support.sheets import a_table

TEXTS = {
    "cp1252": [
        "Hélène Lefèvre;12 rue de l'Église, 25000 Besançon;Le client a été relancé, réponse prévue mercredi\n"
        "François Mérou;Crêperie du Château;Problème d'accès à l'espace privé, déjà signalé en février\n",
        "Jörg Müller;Bäckerstraße 5, 80331 München;Der Kunde möchte früher zurückgerufen werden\n"
        "Sören Groß;Überlinger Weg;Rückfrage zur Größe, bitte prüfen, die Lieferung fehlt\n",
        "Søren Ægidius;Nørrebrogade 12, 2200 København;Kunden ønsker at få tilsendt en ny faktura på mandag\n"
        "Åse Bjørn;Ålborg;Hvornår kan vi forvente svar på forespørgslen\n",
    ],
    "cp1250": [
        "Łukasz Wiśniewski;ul. Świętokrzyska 5, Łódź;Klient zgłosił błąd przy płatności, proszę o pilną odpowiedź\n"
        "Małgorzata Zając;Gdańsk;Dziękuję, źle działa\n"
    ],
    "cp1251": ["Иван Петров;Москва;Клиент просит вернуть деньги за заказ\n"],
    "cp1253": ["Γιώργος Παπαδόπουλος;Αθήνα;Ο πελάτης ζητά νέο τιμολόγιο\n"],
    "cp1254": [
        "Şükrü Yılmaz;İstanbul;Müşteri faturanın yeniden gönderilmesini istiyor\n"
        "Çağla Öztürk;Eskişehir;Sipariş gelmedi, lütfen bakın\n"
    ],
    "gb18030": ["王小明;北京市海淀区;客户要求重新发送发票\n李娜;上海;无法登录\n"],
}
EACH = [(encoding, text) for encoding, texts in TEXTS.items() for text in texts]


@pytest.mark.parametrize(("encoding", "text"), EACH)
def test_the_encoding_of_a_text_is_found_and_how_surely(encoding, text):
    content = "name;city;text\n" + text
    read, found = decode(content.encode(encoding), "a.csv")
    assert read == content
    assert found.name == encoding
    assert 0.1 <= found.confidence < 1


@pytest.mark.parametrize("text", TEXTS["cp1252"])
def test_latin_1_is_read_as_the_code_page_of_windows(text):
    read, found = decode(text.encode("latin-1"), "a.csv")
    assert (read, found.name) == (text, "cp1252")


@pytest.mark.parametrize("text", ["name\nHélène\n", "price\n5 €\n", "name,city\nJörg,München\nMüller,Köln\n"])
def test_what_is_too_short_to_tell_is_assumed_to_be_what_excel_writes(text):
    assert decode(text.encode("cp1252"), "a.csv") == (text, Encoding(name="cp1252", confidence=0.0))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_utf_16_is_read_with_and_without_a_mark(encoding, bom):
    text = "email,prénom\na@example.com,Hélène\n"
    assert decode((bom + text).encode(encoding), "a.csv") == (text, Encoding(name=encoding))


def test_a_few_faulty_bytes_do_not_make_another_encoding():
    _, found = decode("é".encode() * 9 + b"\xe9", "a.csv")
    assert found == Encoding(name="utf-8", confidence=0.9)


def test_the_given_encoding_wins_over_what_would_be_found():
    assert decode("Ł".encode("cp1250"), "a.csv", "cp1250") == ("Ł", Encoding(name="cp1250"))
    assert decode(codecs.BOM_UTF8 + b"a", "a.csv", "utf-8-sig") == ("a", Encoding(name="utf-8"))


@pytest.mark.parametrize("encoding", ["klingon", "hex", "a\0b"])
def test_what_is_no_text_encoding_is_refused(encoding):
    with pytest.raises(SourceError, match=r"a\.csv: there is no text encoding"):
        decode(b"a,b\n", "a.csv", encoding)


def test_the_word_tab_names_the_delimiter():
    table = a_table("a,b\tc\n1,2\t3\n", delimiter="tab")
    assert list(table.rows.columns) == ["a,b", "c"]
