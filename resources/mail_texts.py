"""What a mail with a document says, by kind of document and language; templates for Jinja.

Names: number, date, valid_until, total, contact, account, company, sender, subject.
"""

from typing import NamedTuple


class MailText(NamedTuple):
    """The templates of one mail."""

    subject: str
    body: str


MAIL_TEXTS: dict[tuple[str, str], MailText] = {
    ("quotation", "id"): MailText(
        "Penawaran harga {{ number }} – {{ company }}",
        "Yth. {{ contact or account }},\n\n"
        "Terlampir kami sampaikan penawaran harga {{ number }} senilai {{ total }}"
        "{% if valid_until %}, berlaku sampai {{ valid_until }}{% endif %}.\n\n"
        "Kami siap membantu bila ada pertanyaan.\n\n"
        "Hormat kami,\n{{ sender }}\n{{ company }}\n",
    ),
    ("quotation", "ms"): MailText(
        "Sebut harga {{ number }} – {{ company }}",
        "Tuan/Puan {{ contact or account }},\n\n"
        "Disertakan sebut harga {{ number }} berjumlah {{ total }}"
        "{% if valid_until %}, sah sehingga {{ valid_until }}{% endif %}.\n\n"
        "Sila hubungi kami untuk sebarang pertanyaan.\n\n"
        "Yang benar,\n{{ sender }}\n{{ company }}\n",
    ),
    ("quotation", "en"): MailText(
        "Quotation {{ number }} – {{ company }}",
        "Dear {{ contact or account }},\n\n"
        "Please find attached our quotation {{ number }} over {{ total }}"
        "{% if valid_until %}, valid until {{ valid_until }}{% endif %}.\n\n"
        "We are glad to answer any question.\n\n"
        "Yours faithfully,\n{{ sender }}\n{{ company }}\n",
    ),
    ("order", "id"): MailText(
        "Konfirmasi pesanan {{ number }} – {{ company }}",
        "Yth. {{ contact or account }},\n\n"
        "Terima kasih atas pesanan Anda. Terlampir konfirmasi pesanan {{ number }} "
        "senilai {{ total }}.\n\nHormat kami,\n{{ sender }}\n{{ company }}\n",
    ),
    ("order", "ms"): MailText(
        "Pengesahan pesanan {{ number }} – {{ company }}",
        "Tuan/Puan {{ contact or account }},\n\n"
        "Terima kasih atas pesanan anda. Disertakan pengesahan pesanan {{ number }} "
        "berjumlah {{ total }}.\n\nYang benar,\n{{ sender }}\n{{ company }}\n",
    ),
    ("order", "en"): MailText(
        "Order confirmation {{ number }} – {{ company }}",
        "Dear {{ contact or account }},\n\n"
        "Thank you for your order. Please find attached our confirmation {{ number }} "
        "over {{ total }}.\n\nYours faithfully,\n{{ sender }}\n{{ company }}\n",
    ),
    ("invoice", "id"): MailText(
        "Faktur {{ number }} – {{ company }}",
        "Yth. {{ contact or account }},\n\n"
        "Terlampir kami kirimkan faktur {{ number }} senilai {{ total }}.\n\n"
        "Terima kasih atas kerja samanya.\n\n"
        "Hormat kami,\n{{ sender }}\n{{ company }}\n",
    ),
    ("invoice", "ms"): MailText(
        "Invois {{ number }} – {{ company }}",
        "Tuan/Puan {{ contact or account }},\n\n"
        "Disertakan invois {{ number }} berjumlah {{ total }}.\n\n"
        "Terima kasih atas urusan tuan/puan.\n\n"
        "Yang benar,\n{{ sender }}\n{{ company }}\n",
    ),
    ("invoice", "en"): MailText(
        "Invoice {{ number }} – {{ company }}",
        "Dear {{ contact or account }},\n\n"
        "Please find attached our invoice {{ number }} over {{ total }}.\n\n"
        "Thank you for your business.\n\n"
        "Yours faithfully,\n{{ sender }}\n{{ company }}\n",
    ),
}

WHATSAPP_TEXTS: dict[tuple[str, str], str] = {
    ("quotation", "id"): "Halo {{ contact or account }}, berikut penawaran {{ number }} dari "
    "{{ company }} senilai {{ total }}{% if valid_until %}, berlaku sampai {{ valid_until }}"
    "{% endif %}.",
    ("quotation", "ms"): "Salam {{ contact or account }}, ini sebut harga {{ number }} daripada "
    "{{ company }} berjumlah {{ total }}{% if valid_until %}, sah sehingga {{ valid_until }}"
    "{% endif %}.",
    ("quotation", "en"): "Hello {{ contact or account }}, here is quotation {{ number }} of "
    "{{ company }} over {{ total }}{% if valid_until %}, valid until {{ valid_until }}{% endif %}.",
    ("order", "id"): "Halo {{ contact or account }}, pesanan {{ number }} senilai {{ total }} "
    "sudah kami konfirmasi. Terima kasih. {{ company }}",
    ("order", "ms"): "Salam {{ contact or account }}, pesanan {{ number }} berjumlah {{ total }} "
    "telah kami sahkan. Terima kasih. {{ company }}",
    ("order", "en"): "Hello {{ contact or account }}, your order {{ number }} over {{ total }} is "
    "confirmed. Thank you. {{ company }}",
    ("invoice", "id"): "Halo {{ contact or account }}, berikut faktur {{ number }} dari "
    "{{ company }} senilai {{ total }}.",
    ("invoice", "ms"): "Salam {{ contact or account }}, ini invois {{ number }} daripada "
    "{{ company }} berjumlah {{ total }}.",
    ("invoice", "en"): "Hello {{ contact or account }}, here is invoice {{ number }} of "
    "{{ company }} over {{ total }}.",
}
