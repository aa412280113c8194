"""Numbers of issued documents: drawn in the transaction that issues, without gaps."""

import datetime as dt
import re

from sqlalchemy import select

from controllers.core.unit_of_work import UnitOfWork
from models.storage.postgres import service
from models.storage.tables import TABLES
from models.system.kinds import SERIES
from models.values.errors import DomainError
from models.values.settings import PATTERNS
from resources.languages import marked as _

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

NAMES = ("number", "monthly", "company", "year", "month", "roman_month", "day")
"""What a pattern may hold: `number` counts within the year, `monthly` within the month."""

ENGLISH_PATTERNS = {
    series: f"{letters}-{{year}}-{{number:04}}"
    for series, letters in (
        ("quotation", "QT"), ("order", "SO"), ("delivery", "DO"), ("return", "RT"),
        ("invoice", "INV"), ("credit_note", "CN"), ("payment", "RC"), ("contract", "CT"),
    )
}  # fmt: skip

_PLACE = re.compile(r"\{([a-z_]+)(?::0?([1-9]))?\}")
_COUNTERS = ("number", "monthly")


def suggested_pattern(series: str, language: str) -> str:
    """The usual pattern of a kind of document; Indonesian papers name the month in Roman."""
    return ENGLISH_PATTERNS[series] if language == "en" else PATTERNS[series]


def check_pattern(pattern: str) -> None:
    """Raise DomainError unless the pattern gives a number of its own to every document."""
    found = [match.group(1) for match in _PLACE.finditer(pattern)]
    unknown = [name for name in found if name not in NAMES]
    if unknown or set(_PLACE.sub("", pattern)) & set("{}") or not pattern.isprintable():
        raise _refused(_("The number pattern “{pattern}” may hold only {known}."), pattern)
    counters = [name for name in found if name in _COUNTERS]
    if len(counters) != 1:
        raise _refused(_("The number pattern “{pattern}” needs {number} once."), pattern)
    if counters == ["monthly"] and not ("year" in found and {"month", "roman_month"} & set(found)):
        raise _refused(_("The number pattern “{pattern}” needs year and month too."), pattern)
    if len(pattern) > 80:
        raise _refused(_("The number pattern “{pattern}” is too long; 80 letters."), pattern)


def _refused(message: str, pattern: str) -> DomainError:
    known = ", ".join(f"{{{name}}}" for name in NAMES)
    return DomainError(message, field="pattern", pattern=pattern, known=known, number="{number}")


def formatted(pattern: str, number: int, date: dt.date, company: str) -> str:
    """The number a pattern gives: ``012/SPH/SKU/III/2026``; an empty company leaves no mark."""
    values = {
        "number": number, "monthly": number, "company": company, "year": date.year,
        "month": f"{date.month:02}", "roman_month": ROMAN[date.month - 1], "day": f"{date.day:02}",
    }  # fmt: skip

    def value(match: re.Match[str]) -> str:
        name, width = match.groups()
        return str(values[name]).rjust(int(width or 0), "0")

    text = _PLACE.sub(value, pattern)
    return text if company else re.sub(r"([/.-])\1+", r"\1", text).strip("/.-")


def period(pattern: str, date: dt.date) -> str:
    """In which period the count goes on: the month, the year, or always."""
    if "{monthly" in pattern:
        return f"{date:%Y-%m}"
    return f"{date:%Y}" if "{year" in pattern else ""


def draw(uow: UnitOfWork, series: str, date: dt.date, pattern: str = "") -> str:
    """The next number of a series; numbers that imported documents bear already are passed over.

    `pattern` left empty is the company's own. DomainError at `pattern` where it is no good one.
    """
    pattern = pattern or uow.settings.patterns[series]
    check_pattern(pattern)
    company = uow.settings.short_name or initials(uow.settings.company)
    while True:
        number = formatted(pattern, _next(uow, series, period(pattern, date)), date, company)
        if not _is_taken(uow, series, number):
            return number


def _is_taken(uow: UnitOfWork, series: str, number: str) -> bool:
    """Whether any document bears a number; on a shared database also one that nobody here sees."""
    if not uow.is_embedded:
        return service.number_is_taken(uow.connection, series, number)
    table = TABLES[SERIES[series]]
    found = uow.connection.execute(select(table.c.id).where(table.c.number == number))
    return found.first() is not None


def _next(uow: UnitOfWork, series: str, period: str) -> int:
    """The series' row is locked until the commit; who else draws meanwhile waits for it."""
    if not uow.is_embedded:
        return service.draw_number(uow.connection, series, period)
    drawn = uow.connection.exec_driver_sql(
        "INSERT INTO number_series(name, period, last) VALUES (?, ?, 1) "
        "ON CONFLICT (name, period) DO UPDATE SET last = number_series.last + 1 RETURNING last",
        (series, period),
    )
    return int(drawn.scalar_one())


def initials(company: str) -> str:
    """The first letters of a company's name without its legal form: PT Sinar Kencana is SK."""
    words = re.findall(r"\w+", company)
    own = [word for word in words if word.upper() not in ("PT", "CV", "UD", "SDN", "BHD", "PTE",
                                                          "LTD", "TBK")]  # fmt: skip
    return "".join(word[0] for word in own[:5]).upper()
