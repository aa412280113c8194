"""What a mail with a document says, by kind of document and language; templates for Jinja.

Names: number, date, valid_until, total, contact, account, company, sender, subject; of a delivery
order, carrier and tracking in the place of valid_until, total and subject.
"""

from typing import NamedTuple


class MailText(NamedTuple):
    """The templates of one mail."""

    subject: str
    body: str


def own_name(kind: str, part: str) -> str:
    """Under which name a company keeps its own template of a part: mail_subject or mail_body."""
    return part if kind == "quotation" else f"{kind}_{part}"


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
    ("delivery", "id"): MailText(
        "Surat jalan {{ number }} – {{ company }}",
        "Yth. {{ contact or account }},\n\n"
        "Barang pesanan {{ order }} sedang dikirim dengan surat jalan {{ number }} (terlampir)"
        "{% if carrier %} oleh {{ carrier }}{% endif %}"
        "{% if tracking %}, nomor resi {{ tracking }}{% endif %}.\n\n"
        "Mohon periksa barang saat diterima dan tanda tangani surat jalan.\n\n"
        "Hormat kami,\n{{ sender }}\n{{ company }}\n",
    ),
    ("delivery", "ms"): MailText(
        "Nota hantaran {{ number }} – {{ company }}",
        "Tuan/Puan {{ contact or account }},\n\n"
        "Barang bagi pesanan {{ order }} sedang dihantar dengan nota hantaran {{ number }} "
        "(disertakan){% if carrier %} melalui {{ carrier }}{% endif %}"
        "{% if tracking %}, nombor penjejakan {{ tracking }}{% endif %}.\n\n"
        "Sila semak barang semasa diterima dan tandatangani nota hantaran.\n\n"
        "Yang benar,\n{{ sender }}\n{{ company }}\n",
    ),
    ("delivery", "en"): MailText(
        "Delivery note {{ number }} – {{ company }}",
        "Dear {{ contact or account }},\n\n"
        "The goods of order {{ order }} are on their way with the attached delivery note "
        "{{ number }}{% if carrier %}, carried by {{ carrier }}{% endif %}"
        "{% if tracking %}, tracking number {{ tracking }}{% endif %}.\n\n"
        "Please look the goods over when they arrive, and sign the note.\n\n"
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
    ("delivery", "id"): "Halo {{ contact or account }}, barang pesanan {{ order }} sedang dikirim "
    "dengan surat jalan {{ number }}{% if carrier %} oleh {{ carrier }}{% endif %}"
    "{% if tracking %}, nomor resi {{ tracking }}{% endif %}. {{ company }}",
    ("delivery", "ms"): "Salam {{ contact or account }}, barang bagi pesanan {{ order }} sedang "
    "dihantar dengan nota hantaran {{ number }}{% if carrier %} melalui {{ carrier }}{% endif %}"
    "{% if tracking %}, nombor penjejakan {{ tracking }}{% endif %}. {{ company }}",
    ("delivery", "en"): "Hello {{ contact or account }}, the goods of order {{ order }} are on "
    "their way with delivery note {{ number }}{% if carrier %}, carried by {{ carrier }}{% endif %}"
    "{% if tracking %}, tracking number {{ tracking }}{% endif %}. {{ company }}",
}

APPROVAL_TEXTS: dict[tuple[str, str], MailText] = {
    ("asked", "id"): MailText(
        "Persetujuan diminta: {{ number }} – {{ account }}",
        "{{ asked_by }} meminta persetujuan Anda atas penawaran {{ number }} untuk {{ account }}."
        "\n\nAturan: {{ rules }}\n\nBuka halaman Hari Ini untuk memutuskan.\n",
    ),
    ("asked", "ms"): MailText(
        "Kelulusan diminta: {{ number }} – {{ account }}",
        "{{ asked_by }} meminta kelulusan anda bagi sebut harga {{ number }} untuk {{ account }}."
        "\n\nPeraturan: {{ rules }}\n\nBuka halaman Hari Ini untuk memutuskan.\n",
    ),
    ("asked", "en"): MailText(
        "Approval wanted: {{ number }} – {{ account }}",
        "{{ asked_by }} asks you to approve quotation {{ number }} for {{ account }}."
        "\n\nRules: {{ rules }}\n\nOpen the Today page to decide.\n",
    ),
    ("reminded", "id"): MailText(
        "Menunggu keputusan Anda: {{ number }} – {{ account }}",
        "Penawaran {{ number }} untuk {{ account }} masih menunggu keputusan Anda."
        "\n\nAturan: {{ rules }}\n\nBuka halaman Hari Ini untuk memutuskan.\n",
    ),
    ("reminded", "ms"): MailText(
        "Menunggu keputusan anda: {{ number }} – {{ account }}",
        "Sebut harga {{ number }} untuk {{ account }} masih menunggu keputusan anda."
        "\n\nPeraturan: {{ rules }}\n\nBuka halaman Hari Ini untuk memutuskan.\n",
    ),
    ("reminded", "en"): MailText(
        "Waiting for your decision: {{ number }} – {{ account }}",
        "Quotation {{ number }} for {{ account }} still waits for your decision."
        "\n\nRules: {{ rules }}\n\nOpen the Today page to decide.\n",
    ),
    ("approved", "id"): MailText(
        "Disetujui: {{ number }} – {{ account }}",
        "Penawaran {{ number }} untuk {{ account }} disetujui dan boleh dikirim."
        "{% if comment %}\n\n{{ comment }}{% endif %}\n",
    ),
    ("approved", "ms"): MailText(
        "Diluluskan: {{ number }} – {{ account }}",
        "Sebut harga {{ number }} untuk {{ account }} diluluskan dan boleh dihantar."
        "{% if comment %}\n\n{{ comment }}{% endif %}\n",
    ),
    ("approved", "en"): MailText(
        "Approved: {{ number }} – {{ account }}",
        "Quotation {{ number }} for {{ account }} was approved and may be sent."
        "{% if comment %}\n\n{{ comment }}{% endif %}\n",
    ),
    ("refused", "id"): MailText(
        "Ditolak: {{ number }} – {{ account }}",
        "Penawaran {{ number }} untuk {{ account }} tidak disetujui; ubah lalu ajukan lagi."
        "{% if comment %}\n\n{{ comment }}{% endif %}\n",
    ),
    ("refused", "ms"): MailText(
        "Tidak diluluskan: {{ number }} – {{ account }}",
        "Sebut harga {{ number }} untuk {{ account }} tidak diluluskan; ubah dan minta semula."
        "{% if comment %}\n\n{{ comment }}{% endif %}\n",
    ),
    ("refused", "en"): MailText(
        "Refused: {{ number }} – {{ account }}",
        "Quotation {{ number }} for {{ account }} was not approved; change it and ask again."
        "{% if comment %}\n\n{{ comment }}{% endif %}\n",
    ),
}
"""Mails inside the company; names: number, account, rules, comment, asked_by, company."""
