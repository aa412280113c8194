"""Papers beside the documents themselves, written into files: statements, reminders, receipts, tax
files.
"""

import datetime as dt
import re
from pathlib import Path

from controllers.core.app import App
from controllers.documents import handover, receipt_paper, receivables, tax_files
from controllers.insight.files import write_bytes
from models.values.errors import DomainError
from reports.documents.reminder import Reminder
from reports.documents.statement import Statement
from resources.languages import marked as _


def save_statement(
    app: App, account: str, since: dt.date, until: dt.date, currency: str, path: Path
) -> Statement:
    """Write a customer's statement of account as a PDF; answers what it says."""
    from reports.documents.statement import render_statement

    found = app.read(receivables.statement, account, since, until, currency)
    write_bytes(path, handover.printed(lambda: render_statement(found)))
    return found


def save_reminder(app: App, account: str, currency: str, level: int, path: Path) -> Reminder:
    """Write a reminder as a PDF, then count it with its invoices; answers the letter.

    Where the file cannot be written nothing is counted.
    """
    from reports.documents.reminder import render_reminder

    letter, _late = app.read(receivables.reminder, account, currency, level)
    write_bytes(path, handover.printed(lambda: render_reminder(letter)))
    return app.write(receivables.remind, account, currency, level)


def save_receipt(app: App, payment: str | int, path: Path) -> None:
    """Write the receipt of a payment as a PDF."""
    from reports.documents.receipt import render_receipt

    found = app.read(receipt_paper.receipt, payment)
    write_bytes(path, handover.printed(lambda: render_receipt(found)))


def save_coretax(app: App, month: str, path: Path) -> None:
    """Write the invoices of a month (``2026-11``) as Coretax XML."""
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", month)
    if match is None:
        message = _("“{month}” is no month; write it as 2026-11.")
        raise DomainError(message, field="month", month=month)
    year, number = map(int, match.groups())
    write_bytes(path, app.read(tax_files.coretax_file, year, number))


def save_myinvois(app: App, invoice: str | int, path: Path) -> None:
    """Write an invoice for MyInvois, as JSON or XML by the file's ending."""
    is_json = path.suffix.lower() == ".json"
    write_bytes(path, app.read(tax_files.myinvois_file, invoice, is_json=is_json))
