"""Every report there is, by name: what it shows, what it asks, and how it is run."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.insight import quotations, sales, stock
from controllers.insight.files import Progress, write_report
from controllers.insight.filtering import FILTERS
from controllers.insight.sales import SalesOptions
from models.values.errors import DomainError, NotFoundError
from reports.kit.table import TableReport
from resources.languages import marked as _


@dataclass(frozen=True)
class ReportInfo:
    """A report as the Reports page and the command line offer it. Texts are English messages."""

    name: str
    title: str
    description: str
    dimensions: tuple[str, ...]
    """What it can be shown by."""
    crossed: bool
    """Whether two dimensions can be crossed."""
    filters: tuple[str, ...]
    """What it can be narrowed to."""
    query: Callable[[UnitOfWork, SalesOptions], TableReport]
    one_currency: bool = False
    """Whether it adds amounts up and so needs one currency."""
    permission: str = ""
    """What a person needs to see it at all; "" is everybody's."""


_OF_QUOTATIONS = tuple(each for each in FILTERS if each in quotations.FILTERS)

REPORTS = {
    each.name: each
    for each in (
        ReportInfo(
            "sales",
            _("Sales"),
            _("What was ordered, by one or two of customer, product, category, salesperson, time."),
            tuple(each for each in sales.DIMENSIONS if each not in sales.UNKNOWN),
            True,
            tuple(FILTERS),
            sales.sales,
            one_currency=True,
        ),
        ReportInfo(
            "quotation_conversion",
            _("Quotation conversion"),
            _("How many quotations become orders, by month, salesperson or customer."),
            ("month", "year", "owner", "customer"),
            False,
            _OF_QUOTATIONS,
            quotations.conversion,
        ),
        ReportInfo(
            "answer_times",
            _("Answer times"),
            _("How long it takes to send a quotation, and the customer to answer it."),
            ("month", "year", "owner", "customer"),
            False,
            _OF_QUOTATIONS,
            quotations.answer_times,
        ),
        ReportInfo(
            "open_quotations",
            _("Open quotations"),
            _("What waits for an answer, the soonest to expire first."),
            (),
            False,
            _OF_QUOTATIONS,
            quotations.open_quotations,
        ),
        ReportInfo(
            "reorder",
            _("Purchase suggestions"),
            _("What falls under its reorder level, or short of what orders wait for."),
            (),
            False,
            stock.FILTERS,
            stock.reorder,
        ),
        ReportInfo(
            "stock",
            _("Stock and its value"),
            _("What lies in each warehouse and what it is worth, at the moving average."),
            (),
            False,
            stock.FILTERS,
            stock.valuation,
            permission="cost.see",
        ),
    )
}


def report(
    uow: UnitOfWork, name: str, options: SalesOptions, hidden: tuple[str, ...] = ()
) -> TableReport:
    """A report as data without the columns `hidden`; NotFoundError names the ones there are."""
    if name not in REPORTS:
        message = _("There is no report “{name}”; there are {known}.")
        raise NotFoundError(message, name=name, known=", ".join(REPORTS))
    found = REPORTS[name]
    if len(options.by) > 1 and not found.crossed:
        message = _("“{name}” can be shown by one dimension at a time.")
        raise DomainError(message, field="by", name=name)
    made = found.query(uow, options)
    return without(made, hidden) if hidden else made


def without(report: TableReport, hidden: tuple[str, ...]) -> TableReport:
    """The report without some columns that its summary does not speak of."""
    at = [place for place, each in enumerate(report.columns) if each.name not in hidden]
    return replace(
        report,
        columns=tuple(report.columns[place] for place in at),
        rows=[[row[place] for place in at] for row in report.rows],
        totals={name: total for name, total in report.totals.items() if name not in hidden},
    )


def run(
    app: App,
    name: str,
    path: Path,
    options: SalesOptions,
    progress: Progress | None = None,
    hidden: tuple[str, ...] = (),
) -> int:
    """Run a report into an XLSX, CSV or PDF file by its ending; answers its rows."""
    made = app.read(report, name, options, hidden)
    return write_report(made if path.suffix.lower() == ".pdf" else by_names(made), path, progress)


def by_names(report: TableReport) -> TableReport:
    """The report with its columns' names as headings, which scripts and formulas rely on."""
    columns = tuple(
        replace(each, label=each.name, caption=each.heading, currency="", decimals=each.places)
        if each.kind == "money"
        else replace(each, label=each.name, caption=each.heading)
        for each in report.columns
    )
    return replace(report, columns=columns)
