"""Digits that are no phone number, told from what stands around them and how they are written."""

from __future__ import annotations

import re

REACH = 48
"""How many characters before a number may say what it is."""

_NUMBER_WORD = r"(?:no|nr|num|nummer|number|n[uú]mero|num[ée]ro|numer|nomor|id|code|ref|номер|号|番号|번호|رقم|n)"
_THING = (
    r"order|invoice|ticket|case|account|customer|tracking|shipment|parcel|serial|licen[cs]e|reference|ref|sku|part"
    r"|bestellung|bestell|auftrag|auftrags|rechnung|rechnungs|kunden|vorgang|vorgangs|sendung|sendungs|konto|artikel"
    r"|commande|facture|dossier|colis|suivi|client|compte|pedido|factura|fatura|cuenta|cliente|seguimiento|envío"
    r"|encomenda|conta|ordine|fattura|spedizione|pratica|conto|bestelling|factuur|klant|zending|rekening"
    r"|zam[oó]wienie|faktura|przesyłka|konta|beställning|kund|ärende|sipariş|fatura|takip"
    r"|заказ|заказа|счет|счёт|счета|накладная|pesanan|tagihan|resi|订单|发票|单号|运单|注文|請求書|伝票|주문|송장"
    r"|الطلب|طلب|فاتورة|الفاتورة|شحنة|vat|tva|ust-?id(?:nr)?|mwst|iva|nif|cif|siret|siren|btw|nip|tax|steuer"
    r"|isbn|issn|ean|upc|gtin|imei|iban|bic|swift|card|karte|carte|tarjeta|kreditkarte|version|build|v|rev|ip"
    r"|po|rma|pid|uuid|ts|timestamp|epoch|lat|lon|long|gps|port|pin|otp|dhl|ups|fedex|dpd|gls|awb"
    r"|eur|usd|gbp|chf|pln|sek|jpy|cny|inr|brl|krw"
)
_CALLED = re.compile(
    rf"(?:(?<![^\W\d_])(?:{_THING})|订单|发票|单号|运单|注文|請求書|伝票|주문|송장)"
    rf"[\s.\-]{{0,2}}(?:{_NUMBER_WORD}\.?)?(?:\s(?:is|was|ist|est|es|è|é|:))?\s?[:：#=°º(]{{0,2}}\s?[A-Z]{{0,4}}[-–]?\Z",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"tel(?![a-z]*[- ]?aviv)|tél|phone|mobi[l]|cell|handy|call|ring\b|reach|whats ?app|\bsms\b|\bfax|viber|hotline"
    r"|ruf|appel|joindre|joignable|portable|ll[aá]m|m[oó]vil|ligue|ligar|contacte|contatt|chiam|bel\b|bellen|dzwo|zadzwo|komórk"
    r"|тел|звон|моб|电话|手机|致电|電話|携帯|전화|휴대|연락|هاتف|جوال|اتصل|اتصال|موبايل|hubungi"
    r"|\bhp\b|numéro est|my number"
    r"|numaram|arayın|ara\b|ringen|puhelin|soitt|telefon",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+[.,]\d{1,2}|\d+[.,]\d{1,2}")
_COORDINATE = re.compile(r"-?\d{1,3}[.,]\d{4,}")
_ADDRESS_OF_A_MACHINE = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_STAMP = re.compile(r"(?:19|20)\d\d[-./]?(?:0[1-9]|1[0-2])[-./]?(?:0[1-9]|[12]\d|3[01])(?:\D?\d{2}){0,4}")
_DAY_FIRST = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:19|20)\d\d(?:\D{1,3}\d{1,2}){0,3}")
_MONEY_BEHIND = re.compile(
    r"\s?(?:[$€£¥₹₩₽%]|(?:EUR|USD|GBP|CHF|PLN|SEK|JPY|CNY|INR|BRL|KRW|MAD|TND|zł|kr|Euro|euros?|円|元|원|руб)(?!\w))"
)
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₹₩₽]|R\$|Rp\.?|(?<!\w)(?:kr|zł))\s?\Z")
_WRITTEN_AS_BARE = re.compile(r"[1-9]\d*")
_CARD_LENGTHS = range(13, 20)


def is_called_a_phone(before: str) -> bool:
    """Say whether the words before a number (the end of them counts most) are about calling."""
    return _CUE.search(before.rpartition("\n")[2]) is not None


def is_something_else(number: str, before: str, behind: str) -> bool:
    """Say whether what looks like a number is an order, invoice, date, amount, machine, card, place, version …

    ``before`` holds the up to REACH characters that precede it, ``behind`` some that follow. What begins with a
    country code and names nothing else is left to the numbering plans.
    """
    if number.startswith("+"):
        return False
    ahead = before.rpartition("\n")[2]
    if _CALLED.search(ahead) or ahead.endswith(("#", "№")) or _MONEY_BEFORE.search(ahead):
        return True
    if _MONEY_BEHIND.match(behind):
        return True
    if _is_card(number):
        return True
    is_doubtful = _is_written_otherwise(number) or _WRITTEN_AS_BARE.fullmatch(number) is not None
    return is_doubtful and not is_called_a_phone(before)


def _is_written_otherwise(number: str) -> bool:
    shapes = (_AMOUNT, _COORDINATE, _ADDRESS_OF_A_MACHINE, _STAMP, _DAY_FIRST)
    return any(shape.fullmatch(number) for shape in shapes)


def _is_card(number: str) -> bool:
    """Luhn's sum over as many digits as a card has."""
    digits = [int(sign) for sign in number if sign.isdigit()]
    if len(digits) not in _CARD_LENGTHS or number.startswith("00"):
        return False
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
