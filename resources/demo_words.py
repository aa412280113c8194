"""Words the demo business is made of: companies, people, streets, goods. All invented here."""

COUNTRIES = {
    "ID": {
        "currency": "IDR", "language": "id", "tax": "ppn", "price_list": "Dealer Indonesia",
        "cities": (
            ("Jakarta", "DKI Jakarta", "10"), ("Bandung", "Jawa Barat", "40"),
            ("Surabaya", "Jawa Timur", "60"), ("Semarang", "Jawa Tengah", "50"),
            ("Medan", "Sumatera Utara", "20"), ("Makassar", "Sulawesi Selatan", "90"),
            ("Denpasar", "Bali", "80"), ("Yogyakarta", "DI Yogyakarta", "55"),
            ("Palembang", "Sumatera Selatan", "30"), ("Balikpapan", "Kalimantan Timur", "76"),
        ),
        "shapes": ("PT {a} {b}", "PT {a} {b} {c}", "CV {a} {b}", "UD {a} {b}", "Toko {a} {b}",
                   "Koperasi {a} {b}", "Yayasan Pendidikan {b}", "Hotel {a} {b}", "Klinik {a} {b}"),
        "streets": ("Jalan {s} No. {n}", "Jl. {s} {n}", "Ruko {s} Blok B-{n}"),
        "phone": "08{p}{d}-{d4}-{d4}",
    },
    "MY": {
        "currency": "MYR", "language": "ms", "tax": "sst_service",
        "price_list": "Pengedar Malaysia",
        "cities": (
            ("Kuala Lumpur", "Wilayah Persekutuan", "50"), ("Shah Alam", "Selangor", "40"),
            ("George Town", "Pulau Pinang", "10"), ("Johor Bahru", "Johor", "80"),
            ("Ipoh", "Perak", "30"), ("Melaka", "Melaka", "75"), ("Kuching", "Sarawak", "93"),
        ),
        "shapes": ("{a} {b} Sdn Bhd", "Syarikat {a} {b} Sdn Bhd", "{a} {c} Enterprise",
                   "Percetakan {b} Sdn Bhd", "Kolej {a}", "Klinik {b}"),
        "streets": ("No. {n}, Jalan {s}", "Lot {n}, Jalan {s}", "{n}-G, Jalan {s}"),
        "phone": "01{q}-{d3} {d4}",
    },
    "SG": {
        "currency": "SGD", "language": "en", "tax": "gst", "price_list": "Singapore Trade",
        "cities": (("Singapore", "", "06"), ("Singapore", "", "38"), ("Singapore", "", "60")),
        "shapes": ("{a} {c} Pte Ltd", "{b} {c} Pte Ltd", "{a} & {b} LLP", "{c} Academy Pte Ltd"),
        "streets": ("{n} {s} Road", "{n} {s} Avenue #0{f}-1{f}", "Block {n} {s} Street"),
        "phone": "6{d3} {d4}",
    },
}  # fmt: skip

FIRST = (
    "Sinar", "Maju", "Karya", "Bumi", "Andalas", "Graha", "Cipta", "Mitra", "Harapan", "Sumber",
    "Cahaya", "Berkat", "Nusa", "Samudra", "Rimba", "Lentera", "Pelita", "Wahana", "Surya",
    "Bintang", "Mutiara", "Teratai", "Kencana", "Perdana", "Gemilang", "Permata", "Anugerah",
)
SECOND = (
    "Makmur", "Sentosa", "Abadi", "Jaya", "Mandiri", "Lestari", "Sejahtera", "Bersama", "Utama",
    "Kertas", "Media", "Grafika", "Niaga", "Lintas", "Persada", "Raya", "Indah", "Setia", "Murni",
    "Cemerlang", "Melati", "Kasih", "Damai", "Bestari",
)
THIRD = (
    "Trading", "Supplies", "Logistik", "Teknik", "Solusi", "Express", "Industri", "Global",
    "Partners", "Digital", "Kemasan", "Office", "Print", "Pacific", "Harbour",
)
STREETS = (
    "Merdeka", "Kenanga", "Cempaka", "Anggrek", "Gatotkaca", "Pahlawan", "Melur", "Perdana",
    "Mawar", "Bukit Hijau", "Sungai Biru", "Teluk Indah", "Orchid", "Harbour", "Lake View",
    "Pandan", "Cendana", "Rajawali", "Merpati", "Seroja",
)
PEOPLE = {
    "ID": ("Sari Wulandari", "Budi Santosa", "Dewi Lestari", "Agus Prasetyo", "Rina Marlina",
           "Hendra Gunawan", "Putri Ayu", "Yusuf Hidayat", "Maya Kartika", "Eko Nugroho",
           "Fitri Handayani", "Bayu Saputra", "Intan Permata", "Rudi Hartono Jati"),
    "MY": ("Nur Aisyah Rahman", "Ahmad Faizal", "Lim Wei Ling", "Siti Hajar", "Raj Kumar Nair",
           "Tan Boon Keat", "Farah Nadia", "Hafiz Omar", "Chong Mei Yee", "Zulkifli Hassan"),
    "SG": ("Grace Tan", "Daniel Lim", "Priya Menon", "Marcus Goh", "Wei Jie Ong", "Elaine Chua",
           "Farid Ismail", "Cheryl Ng"),
}  # fmt: skip
ROLES = {
    "ID": ("Manajer Pembelian", "Staf Pengadaan", "Direktur", "Kepala Gudang", "Keuangan"),
    "MY": ("Pengurus Perolehan", "Pegawai Tadbir", "Pengarah", "Akauntan"),
    "SG": ("Purchasing Manager", "Office Manager", "Director", "Accountant"),
}

TEAM = (
    ("sari", "Sari Wulandari", "sales_support", "West", "Sales Support"),
    ("budi", "Budi Santosa", "account_manager", "West", "Account Manager"),
    ("dewi", "Dewi Lestari", "account_manager", "East", "Account Manager"),
    ("agus", "Agus Prasetyo", "inside_sales", "East", "Inside Sales"),
    ("aisyah", "Nur Aisyah Rahman", "account_manager", "Malaysia", "Pengurus Akaun"),
    ("weiling", "Lim Wei Ling", "inside_sales", "Malaysia", "Jualan Dalaman"),
    ("grace", "Grace Tan", "account_manager", "Singapore", "Account Manager"),
    ("hendra", "Hendra Gunawan", "sales_manager", "West", "Sales Manager"),
)
"""Name, full name, role, team and the title under it on documents."""

OWNERS = {"ID": ("budi", "dewi", "agus"), "MY": ("aisyah", "weiling"), "SG": ("grace",)}

GOODS = (
    # category, SKU prefix, Indonesian, Malay, English, unit, price in rupiah, variants
    ("Paper", "KRT", "Kertas", "Kertas", "Paper", "ream", 52_000,
     ("A4 70 gsm", "A4 80 gsm", "A3 80 gsm", "A3 100 gsm", "F4 70 gsm", "A4 colour mix",
      "A5 80 gsm", "A4 recycled")),
    ("Ink and toner", "TNT", "Tinta", "Dakwat", "Ink", "btl", 98_000,
     ("black 70 ml", "cyan 70 ml", "magenta 70 ml", "yellow 70 ml", "set of four", "photo black",
      "black 1 l", "pigment black")),
    ("Ink and toner", "TNR", "Toner", "Toner", "Toner", "unit", 640_000,
     ("12A compatible", "85A compatible", "05X high yield", "30A compatible", "CF410 black",
      "CF411 cyan")),
    ("Printers", "PRN", "Printer", "Pencetak", "Printer", "unit", 4_890_000,
     ("A3 tank colour", "A4 laser mono", "A4 laser colour", "label thermal", "receipt 80 mm",
      "A4 tank duplex")),
    ("Binding", "JLD", "Mesin jilid", "Mesin jilid", "Binding machine", "unit", 1_750_000,
     ("spiral 20 sheets", "thermal A4", "comb 12 sheets")),
    ("Binding", "LMN", "Laminator", "Laminator", "Laminator", "unit", 1_180_000,
     ("A3 hot", "A4 hot and cold", "roll 350 mm")),
    ("Stationery", "ALT", "Alat tulis", "Alat tulis", "Stationery", "box", 36_500,
     ("ballpoint blue", "ballpoint black", "pencil 2B", "marker permanent", "highlighter mix",
      "correction tape", "stapler no. 10", "staples no. 10", "paper clips", "sticky notes")),
    ("Filing", "ARS", "Map arsip", "Fail arkib", "Lever arch file", "pcs", 27_500,
     ("folio blue", "folio black", "A4 grey", "A5 red")),
    ("Packaging", "KMS", "Kardus", "Kotak", "Carton box", "pcs", 8_900,
     ("20x15x10 cm", "30x20x15 cm", "40x30x20 cm", "60x40x40 cm", "mailer A4")),
    ("Packaging", "LKB", "Lakban", "Pita pelekat", "Packing tape", "roll", 14_500,
     ("clear 48 mm", "brown 48 mm", "fragile 48 mm")),
    ("Services", "JSA", "Jasa", "Servis", "Service", "visit", 620_000,
     ("printer maintenance", "installation on site", "training half day", "network set-up")),
)  # fmt: skip
"""What the demo company sells; services have no stock."""

SAID = {
    "black": ("hitam", "hitam"), "blue": ("biru", "biru"), "red": ("merah", "merah"),
    "grey": ("abu-abu", "kelabu"), "yellow": ("kuning", "kuning"), "brown": ("cokelat", "coklat"),
    "clear": ("bening", "jernih"), "colour": ("warna", "warna"), "mix": ("campur", "campur"),
    "recycled": ("daur ulang", "kitar semula"), "photo": ("foto", "foto"),
    "pigment": ("pigmen", "pigmen"), "set of four": ("set isi empat", "set empat"),
    "compatible": ("kompatibel", "serasi"), "high yield": ("kapasitas besar", "kapasiti tinggi"),
    "tank": ("tangki", "tangki"), "thermal": ("termal", "terma"), "receipt": ("struk", "resit"),
    "label": ("label", "label"), "duplex": ("bolak-balik", "dua muka"),
    "sheets": ("lembar", "helai"), "comb": ("sisir", "sikat"), "hot and cold": (
        "panas dan dingin", "panas dan sejuk"), "hot": ("panas", "panas"),
    "roll": ("gulung", "gulung"), "ballpoint": ("pulpen", "pen mata bulat"),
    "pencil": ("pensil", "pensel"), "marker": ("spidol", "pen penanda"),
    "permanent": ("permanen", "kekal"), "highlighter": ("stabilo", "pen penyerlah"),
    "correction tape": ("pita koreksi", "pita pembetulan"), "stapler": ("stapler", "pengokot"),
    "staples": ("isi stapler", "dawai kokot"), "paper clips": ("klip kertas", "klip kertas"),
    "sticky notes": ("kertas tempel", "nota lekat"), "mailer": ("amplop", "sampul"),
    "fragile": ("mudah pecah", "mudah pecah"), "printer maintenance": (
        "perawatan printer", "penyelenggaraan pencetak"),
    "installation on site": ("pemasangan di lokasi", "pemasangan di tapak"),
    "training half day": ("pelatihan setengah hari", "latihan setengah hari"),
    "network set-up": ("penyiapan jaringan", "persediaan rangkaian"),
}  # fmt: skip
"""What a variant's English words are in Indonesian and Malay; longer ones go first."""
