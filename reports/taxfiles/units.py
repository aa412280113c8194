"""Codes of units of measure for tax files: those of Coretax, and UN/ECE 20 and 21 for MyInvois.

Facts as the Indonesian tax office and UNECE number them (list of 39 units in Coretax, 2025;
UN/ECE Recommendation 20, revision 17, and 21 with a leading X for packages).
"""

from typing import Final

_ROWS: Final = """
UM.0001 TNE | metrik ton, ton, tonne, mt
UM.0003 KGM | kilogram, kg, kilo
UM.0004 GRM | gram, g, gr
UM.0005 CTM | karat, carat
UM.0006     | kiloliter, kl
UM.0007 LTR | liter, litre, ltr, l, lt
UM.0008 BLL | barel, barrel
UM.0010 AMP | ampere
UM.0011 CMQ | sentimeter kubik, cc, cm3
UM.0012 MTK | meter persegi, m2, sqm
UM.0013 MTR | meter, metre, m, m1, mtr
UM.0014 INH | inci, inch, inches
UM.0015 CMT | sentimeter, centimetre, cm
UM.0016 YRD | yard, yd
UM.0017 DZN | lusin, dozen, dzn, doz, lsn
UM.0018 C62 | unit, units, ea, each
UM.0019 SET | set
UM.0020     | lembar, lbr, sheet, helai
UM.0021 H87 | piece, pieces, pcs, pc, buah, bh, biji
UM.0022 XBX | boks, box, kotak, dus, bx
UM.0023 ANN | tahun, year, thn
UM.0024 MON | bulan, month, bln
UM.0025 WEE | minggu, week
UM.0026 DAY | hari, day
UM.0027 HUR | jam, hour, hr
UM.0028 MIN | menit, minute, minit
UM.0030 E48 | kegiatan, jasa, service, paket, lot
UM.0033 XPK | pak, pack, pkt, paket isi, pek
UM.0033 XBG | sak, zak, bag, karung, beg
UM.0033 XBO | botol, bottle, btl
UM.0033     | rim, ream, batang, btg, kodi
UM.0033 GRO | gros, gross
UM.0034 MTQ | meter kubik, m3, cbm
UM.0035 CMK | sentimeter persegi, cm2
UM.0036 XDR | drum
UM.0037 XCT | karton, carton, ctn, krt
UM.0038 KWH | kwh
UM.0039 XRO | roll, rol, gulung
"""


def _table() -> tuple[dict[str, str], dict[str, str]]:
    coretax, unece = {}, {}
    for row in _ROWS.strip().split("\n"):
        codes, _bar, names = row.partition("|")
        ours, *theirs = codes.split()
        for name in names.split(","):
            coretax[name.strip()] = ours
            unece[name.strip()] = theirs[0] if theirs else "C62"
    return coretax, unece


CORETAX_UNITS, UNECE_UNITS = _table()


def coretax_unit(name: str) -> str:
    """The Coretax code of a usual unit name (``UM.0021`` for pcs), "" for an unknown one."""
    return CORETAX_UNITS.get(_plain(name), "")


def unece_unit(name: str) -> str:
    """The UN/ECE code of a usual unit name (``H87`` for pcs), "" for an unknown one."""
    return UNECE_UNITS.get(_plain(name), "")


def _plain(name: str) -> str:
    return name.strip().casefold().replace("²", "2").replace("³", "3").rstrip(".")
