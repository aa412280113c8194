"""The words of invoices, delivery notes, statements and count sheets in three languages.

Usual forms of Indonesian, Malaysian and Singaporean business papers: Faktur, Surat Jalan, Nota
Retur, Kuitansi; Invois, Nota Penghantaran, Resit Rasmi; Tax Invoice, Delivery Order, Receipt.
"""

from typing import Final

_ROWS: Final = """
invoice | Faktur (Invoice) | Invois | Invoice
credit_note | Nota Kredit | Nota Kredit | Credit Note
down_payment | Faktur Uang Muka | Invois Deposit | Down Payment Invoice
tax invoice | Tax Invoice | Tax Invoice | Tax Invoice
tax credit_note | Nota Kredit | Nota Kredit | Credit Note
tax down_payment | Tax Invoice (Uang Muka) | Tax Invoice (Deposit) | Tax Invoice (Down Payment)
invoice number | No. Faktur | No. Invois | Invoice no.
credit_note number | No. Nota Kredit | No. Nota Kredit | Credit note no.
down_payment number | No. Faktur | No. Invois | Invoice no.
invoice closing | Mohon cantumkan nomor faktur pada pembayaran Anda. Terima kasih. \
| Sila nyatakan nombor invois semasa membuat bayaran. Sekian, terima kasih. \
| Please quote the invoice number with your payment. Thank you for your business.
credit_note closing | Jumlah ini kami kreditkan ke rekening Anda pada kami. \
| Jumlah ini dikreditkan ke akaun tuan/puan dengan kami. \
| The amount is credited to your account with us.
SST number | No. SST | No. SST | SST No.
GST number | GST Reg. No. | GST Reg. No. | GST Reg. No.
due | Jatuh tempo | Tarikh akhir bayaran | Due date
order | No. pesanan | No. pesanan | Order no.
deliveries | No. surat jalan | No. nota penghantaran | Delivery no.
customer order | No. PO Anda | No. PO tuan/puan | Your PO no.
corrects | Mengoreksi faktur | Membetulkan invois | Corrects invoice
of | {number} tanggal {date} | {number} bertarikh {date} | {number} of {date}
reason | Alasan | Sebab | Reason
less down payment | Dikurangi uang muka {number} | Tolak deposit {number} \
| Less down payment {number}
paid | Sudah dibayar | Telah dibayar | Paid
withheld | PPh 23 dipotong | Cukai ditahan | Tax withheld
open | Sisa yang harus dibayar | Baki perlu dibayar | Amount due
home totals | Dalam {currency} | Dalam {currency} | In {currency}
home totals at | Dalam {currency}, kurs {rate} | Dalam {currency}, kadar {rate} \
| In {currency} at {rate}
qris | Bayar dengan QRIS | Bayar dengan QRIS | Pay with QRIS
qris hint | Pindai dengan aplikasi bank atau dompet digital. \
| Imbas dengan aplikasi bank atau e-dompet. | Scan with a banking app or an e-wallet.
stamp duty | Meterai {amount} | Setem {amount} | Stamp duty {amount}
void | BATAL | BATAL | VOID
pick list | Daftar Pengambilan Barang | Senarai Pengambilan Barang | Pick List
delivery note | Surat Jalan | Nota Penghantaran | Delivery Note
return note | Nota Retur | Nota Pemulangan Barang | Return Note
pick list number | Nomor | No. Rujukan | Number
delivery note number | No. surat jalan | No. nota penghantaran | Delivery no.
return note number | No. retur | No. pemulangan | Return no.
delivery address | Alamat pengiriman | Alamat penghantaran | Deliver to
return address | Diambil dari | Diambil dari | Collected from
carrier | Ekspedisi | Syarikat pengangkutan | Carrier
driver | Pengemudi | Pemandu | Driver
vehicle | No. kendaraan | No. kenderaan | Vehicle no.
tracking | No. resi | No. penjejakan | Tracking no.
packages | Jumlah koli | Bilangan bungkusan | Packages
invoice reference | No. faktur | No. invois | Invoice no.
warehouse | Gudang | Gudang | Warehouse
customer | Pelanggan | Pelanggan | Customer
location | Lokasi | Lokasi | Location
product | Barang | Barang | Product
lot | No. lot/seri | No. lot/siri | Lot/serial no.
lot below | Lot/seri: {lot} | Lot/siri: {lot} | Lot/serial: {lot}
quantity | Jumlah | Kuantiti | Quantity
ordered | Dipesan | Dipesan | Ordered
delivered | Dikirim | Dihantar | Delivered
remaining | Sisa | Baki | To follow
returned | Dikembalikan | Dipulangkan | Returned
picked | Diambil | Diambil | Picked
note | Catatan | Catatan | Note
sender | Pengirim | Penghantar | Sent by
hauler | Pengangkut | Pengangkut | Carried by
receiver | Diterima oleh | Diterima oleh | Received by
returner | Dikembalikan oleh | Dipulangkan oleh | Returned by
picker | Diambil oleh | Diambil oleh | Picked by
checker | Diperiksa oleh | Disemak oleh | Checked by
counter | Dihitung oleh | Dikira oleh | Counted by
witness | Disaksikan oleh | Disaksikan oleh | Witnessed by
approver | Disetujui oleh | Diluluskan oleh | Approved by
name | Nama | Nama | Name
date | Tanggal | Tarikh | Date
sign and stamp | Tanda tangan & cap | Tandatangan & cap | Signature & stamp
sign | Tanda tangan | Tandatangan | Signature
received well | Barang diterima dengan baik dan lengkap. Kekurangan mohon dicatat di sini. \
| Barang diterima dalam keadaan baik dan lengkap. Sila catatkan kekurangan di sini. \
| Goods received complete and in good condition. Please note any shortage here.
statement | Rincian Piutang | Penyata Akaun | Statement of Account
statement number | Nomor | No. Rujukan | Number
period | Periode | Tempoh | Period
from to | {start} s.d. {end} | {start} hingga {end} | {start} to {end}
opening balance | Saldo awal | Baki awal | Opening balance
closing balance | Saldo akhir | Baki akhir | Closing balance
document | Dokumen | Dokumen | Document
text | Keterangan | Butiran | Details
charge | Tagihan | Debit | Charges
credit | Pembayaran | Kredit | Credits
balance | Saldo | Baki | Balance
ageing | Umur piutang | Umur hutang | Ageing
current | Belum jatuh tempo | Belum matang | Not yet due
days | {first}–{last} hari | {first}–{last} hari | {first}–{last} days
days over | > {last} hari | > {last} hari | > {last} days
days late | Hari lewat | Hari lewat | Days overdue
amount | Jumlah | Jumlah | Amount
open amount | Sisa | Baki | Open
total overdue | Total terutang | Jumlah tertunggak | Total outstanding
reminder 1 | Pengingat Pembayaran | Peringatan Bayaran | Payment Reminder
reminder 2 | Surat Tagihan Kedua | Peringatan Kedua | Second Reminder
reminder 3 | Surat Peringatan Terakhir | Peringatan Terakhir | Final Demand
receipt | Kuitansi | Resit Rasmi | Official Receipt
receipt number | No. kuitansi | No. resit | Receipt no.
received from | Sudah terima dari | Diterima daripada | Received from
sum of | Uang sejumlah | Jumlah sebanyak | The sum of
payment for | Untuk pembayaran | Bayaran untuk | In payment of
paid by | Cara pembayaran | Cara bayaran | Paid by
count sheet | Lembar Stok Opname | Helaian Kiraan Stok | Stock Count Sheet
count sheet number | Nomor | No. Rujukan | Number
sku | Kode barang | Kod barang | SKU
unit | Satuan | Unit | Unit
book | Stok buku | Stok buku | Book quantity
counted | Hasil hitung | Kiraan | Counted
line | No. | Bil. | No.
blind | Jumlah menurut buku sengaja tidak dicantumkan. | Kuantiti buku sengaja tidak dinyatakan. \
| The book quantities are left out on purpose.
"""


def _table() -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = {"id": {}, "ms": {}, "en": {}}
    for row in _ROWS.strip().split("\n"):
        name, *texts = (cell.strip() for cell in row.split(" | "))
        for language, text in zip(tables, texts, strict=True):
            tables[language][name] = text
    return tables


_WORDS: Final = _table()


def words(language: str) -> dict[str, str]:
    """The wording of one language by name; an unknown language speaks English."""
    return _WORDS.get(language, _WORDS["en"])
