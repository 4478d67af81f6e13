"""What people write in tickets, in fourteen languages: sentences around addresses and numbers, headers, signatures.

Of every list the sentences at even places are for tuning, those at odd places are held back: nobody changes a rule for
their sake (``Half``).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """One language's phrases. ``{x}`` is where the address, number or name goes."""

    hello: tuple[str, ...]
    problem: tuple[str, ...]
    email: tuple[str, ...]
    phone: tuple[str, ...]
    colleague: tuple[str, ...]
    desk: tuple[str, ...]
    cc: str
    wrote: str
    original: str
    headers: tuple[str, str, str]
    order: str
    invoice: str
    bye: str


PHRASES = {
    "en": Phrases(
        hello=("Hello,", "Hi team,"),
        problem=(
            "I cannot log in since this morning.",
            "The export stops half way.",
            "We were charged twice.",
            "No mail arrives.",
        ),
        email=(
            "You can reach me at {x}.",
            "My address is {x}, please answer there.",
            "Please reply to {x}",
            "mail: {x}",
        ),
        phone=("Call me on {x}.", "My phone number is {x}, mornings only.", "Phone: {x}", "or ring {x} after ten"),
        colleague=("My colleague {n} ({x}) sees the same.", "I have copied my manager, {x}."),
        desk=("I already wrote to {x} last week.", "Nobody answers at {x}."),
        cc="Cc: {x}",
        wrote="On Mon, 2 Mar 2026 at 09:14, {n} <{x}> wrote:",
        original="-----Original Message-----",
        headers=("From: {n} <{x}>", "Sent: Monday, 2 March 2026 09:14", "Subject: Re: problem"),
        order="order number",
        invoice="invoice no.",
        bye="Kind regards",
    ),
    "de": Phrases(
        hello=("Guten Tag,", "Hallo zusammen,"),
        problem=(
            "ich kann mich nicht anmelden.",
            "der Export bricht ab.",
            "wir wurden doppelt belastet.",
            "es kommt keine Post an.",
        ),
        email=(
            "Sie erreichen mich unter {x}.",
            "Meine Adresse ist {x}, bitte dorthin.",
            "Bitte antworten an {x}",
            "E-Mail: {x}",
        ),
        phone=("Rufen Sie mich an: {x}.", "Meine Telefonnummer ist {x}.", "Tel.: {x}", "oder mobil {x}"),
        colleague=("Meine Kollegin {n} ({x}) sieht dasselbe.", "In Kopie mein Kollege {n}, {x}."),
        desk=("Ich habe schon an {x} geschrieben.", "Unter {x} antwortet niemand."),
        cc="Kopie: {x}",
        wrote="Am Mo., 2. März 2026 um 09:14 Uhr schrieb {n} <{x}>:",
        original="-----Ursprüngliche Nachricht-----",
        headers=("Von: {n} <{x}>", "Gesendet: Montag, 2. März 2026 09:14", "Betreff: AW: Problem"),
        order="Bestellnummer",
        invoice="Rechnung Nr.",
        bye="Mit freundlichen Grüßen",
    ),
    "fr": Phrases(
        hello=("Bonjour,", "Bonjour à tous,"),
        problem=(
            "je ne peux pas me connecter.",
            "l'export s'arrête.",
            "nous avons payé deux fois.",
            "aucun message n'arrive.",
        ),
        email=(
            "Vous pouvez m'écrire à {x}.",
            "Mon adresse est {x}, merci.",
            "Merci de répondre à {x}",
            "Courriel : {x}",
        ),
        phone=("Appelez-moi au {x}.", "Mon téléphone est le {x}.", "Tél : {x}", "ou sur mon portable {x}"),
        colleague=("Mon collègue {n} ({x}) voit la même chose.", "En copie ma collègue {n}, {x}."),
        desk=("J'ai déjà écrit à {x}.", "Personne ne répond à {x}."),
        cc="Copie : {x}",
        wrote="Le lun. 2 mars 2026 à 09:14, {n} <{x}> a écrit :",
        original="-----Message d'origine-----",
        headers=("De : {n} <{x}>", "Envoyé : lundi 2 mars 2026 09:14", "Objet : RE: problème"),
        order="commande n°",
        invoice="facture n°",
        bye="Cordialement",
    ),
    "es": Phrases(
        hello=("Hola:", "Buenos días,"),
        problem=(
            "no puedo entrar.",
            "la exportación se detiene.",
            "nos cobraron dos veces.",
            "no llega ningún correo.",
        ),
        email=("Mi correo es {x}.", "Pueden escribirme a {x}, gracias.", "Por favor respondan a {x}", "Correo: {x}"),
        phone=("Llámenme al {x}.", "Mi teléfono es el {x}.", "Tel.: {x}", "o al móvil {x}"),
        colleague=("Mi compañera {n} ({x}) ve lo mismo.", "En copia mi compañero {n}, {x}."),
        desk=("Ya escribí a {x}.", "Nadie contesta en {x}."),
        cc="Copia: {x}",
        wrote="El lun, 2 mar 2026 a las 9:14, {n} <{x}> escribió:",
        original="-----Mensaje original-----",
        headers=("De: {n} <{x}>", "Enviado: lunes, 2 de marzo de 2026 9:14", "Asunto: RE: problema"),
        order="pedido número",
        invoice="factura nº",
        bye="Saludos cordiales",
    ),
    "pt": Phrases(
        hello=("Olá,", "Bom dia,"),
        problem=(
            "não consigo entrar.",
            "a exportação para no meio.",
            "fomos cobrados duas vezes.",
            "nenhum e-mail chega.",
        ),
        email=(
            "O meu e-mail é {x}.",
            "Pode escrever para {x}, obrigado.",
            "Por favor responda para {x}",
            "E-mail: {x}",
        ),
        phone=("Pode ligar para {x}.", "O meu telefone é {x}.", "Tel.: {x}", "ou no celular {x}"),
        colleague=("A minha colega {n} ({x}) vê o mesmo.", "Em cópia o meu colega {n}, {x}."),
        desk=("Já escrevi para {x}.", "Ninguém responde em {x}."),
        cc="Cópia: {x}",
        wrote="Em seg., 2 de mar. de 2026 às 09:14, {n} <{x}> escreveu:",
        original="-----Mensagem original-----",
        headers=("De: {n} <{x}>", "Enviado: segunda-feira, 2 de março de 2026 09:14", "Assunto: RE: problema"),
        order="pedido n.",
        invoice="fatura número",
        bye="Atenciosamente",
    ),
    "it": Phrases(
        hello=("Buongiorno,", "Salve,"),
        problem=(
            "non riesco ad accedere.",
            "l'esportazione si ferma.",
            "ci è stato addebitato due volte.",
            "non arriva la posta.",
        ),
        email=("Mi può scrivere a {x}.", "Il mio indirizzo è {x}, grazie.", "Rispondete a {x}", "Posta: {x}"),
        phone=("Mi chiami al {x}.", "Il mio telefono è {x}.", "Tel. {x}", "oppure al cellulare {x}"),
        colleague=("La mia collega {n} ({x}) vede lo stesso.", "In copia il mio collega {n}, {x}."),
        desk=("Ho già scritto a {x}.", "Nessuno risponde a {x}."),
        cc="Cc: {x}",
        wrote="Il giorno lun 2 mar 2026 alle ore 09:14 {n} <{x}> ha scritto:",
        original="-----Messaggio originale-----",
        headers=("Da: {n} <{x}>", "Inviato: lunedì 2 marzo 2026 09:14", "Oggetto: R: problema"),
        order="ordine n.",
        invoice="fattura n.",
        bye="Cordiali saluti",
    ),
    "nl": Phrases(
        hello=("Hallo,", "Goedemorgen,"),
        problem=(
            "ik kan niet inloggen.",
            "de export stopt halverwege.",
            "we zijn twee keer belast.",
            "er komt geen mail aan.",
        ),
        email=(
            "U kunt mij bereiken op {x}.",
            "Mijn adres is {x}, graag daarheen.",
            "Antwoord graag aan {x}",
            "E-mail: {x}",
        ),
        phone=("Bel mij op {x}.", "Mijn telefoonnummer is {x}.", "Tel. {x}", "of mobiel {x}"),
        colleague=("Mijn collega {n} ({x}) ziet hetzelfde.", "In cc mijn collega {n}, {x}."),
        desk=("Ik schreef al naar {x}.", "Niemand antwoordt op {x}."),
        cc="Cc: {x}",
        wrote="Op ma 2 mrt 2026 om 09:14 schreef {n} <{x}>:",
        original="-----Oorspronkelijk bericht-----",
        headers=("Van: {n} <{x}>", "Verzonden: maandag 2 maart 2026 09:14", "Onderwerp: RE: probleem"),
        order="bestelling nr.",
        invoice="factuur nr.",
        bye="Met vriendelijke groet",
    ),
    "pl": Phrases(
        hello=("Dzień dobry,", "Witam,"),
        problem=(
            "nie mogę się zalogować.",
            "eksport się zatrzymuje.",
            "zapłaciliśmy dwa razy.",
            "poczta nie dochodzi.",
        ),
        email=("Proszę pisać na {x}.", "Mój adres to {x}, dziękuję.", "Proszę o odpowiedź na {x}", "E-mail: {x}"),
        phone=("Proszę dzwonić: {x}.", "Mój telefon to {x}.", "Tel. {x}", "albo na komórkę {x}"),
        colleague=("Moja koleżanka {n} ({x}) ma to samo.", "W kopii mój kolega {n}, {x}."),
        desk=("Pisałem już na {x}.", "Nikt nie odpowiada pod {x}."),
        cc="DW: {x}",
        wrote="pon., 2 mar 2026 o 09:14 {n} <{x}> napisał(a):",
        original="-----Oryginalna wiadomość-----",
        headers=("Od: {n} <{x}>", "Wysłano: poniedziałek, 2 marca 2026 09:14", "Temat: Odp: problem"),
        order="zamówienie nr",
        invoice="faktura nr",
        bye="Z poważaniem",
    ),
    "sv": Phrases(
        hello=("Hej,", "God morgon,"),
        problem=(
            "jag kan inte logga in.",
            "exporten stannar.",
            "vi har betalat två gånger.",
            "ingen post kommer fram.",
        ),
        email=("Du når mig på {x}.", "Min adress är {x}, tack.", "Svara gärna till {x}", "E-post: {x}"),
        phone=("Ring mig på {x}.", "Mitt telefonnummer är {x}.", "Tel: {x}", "eller mobil {x}"),
        colleague=("Min kollega {n} ({x}) ser samma sak.", "Kopia till min kollega {n}, {x}."),
        desk=("Jag skrev redan till {x}.", "Ingen svarar på {x}."),
        cc="Kopia: {x}",
        wrote="Den mån 2 mars 2026 kl 09:14 skrev {n} <{x}>:",
        original="-----Originalmeddelande-----",
        headers=("Från: {n} <{x}>", "Skickat: den 2 mars 2026 09:14", "Ämne: SV: problem"),
        order="beställning nr",
        invoice="faktura nr",
        bye="Med vänliga hälsningar",
    ),
}
