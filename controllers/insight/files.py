"""A report becomes the file its name asks for: XLSX, CSV or PDF."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from models.values.errors import DomainError
from reports.kit.table import TableReport
from resources.languages import marked as _

Progress = Callable[[int], bool]


def write_report(report: TableReport, path: Path, progress: Progress | None = None) -> int:
    """Write a report by the file's ending and answer its rows; the file is whole or not there.

    Raises DomainError for another ending, a folder, or where there is no room or right to write;
    reports.kit.files.Cancelled where `progress` answered False.
    """
    ending = path.suffix.lower()
    if ending not in (".xlsx", ".csv", ".pdf"):
        raise DomainError(_("{path} must end in .xlsx, .csv or .pdf."), path=path)
    if path.is_dir():
        raise DomainError(_("{path} is a folder; name a file in it."), path=path)
    try:
        return _write(report, path, ending, progress)
    except OSError as error:
        raise unwritable(path, error) from error


def _write(report: TableReport, path: Path, ending: str, progress: Progress | None) -> int:
    if ending == ".xlsx":
        from reports.kit.workbook import write_workbook

        return write_workbook(report, path, progress=progress)
    if ending == ".csv":
        from reports.kit.delimited import write_csv

        return write_csv(report, path, bom=False, progress=progress)
    from reports.insight.table_pdf import render_table_pdf
    from reports.kit.files import Cancelled
    from reports.kit.fonts import MissingGlyph

    rows = list(report.rows)
    try:
        content = render_table_pdf(replace(report, rows=rows))
    except MissingGlyph as error:
        raise unprintable(error.character, error.text) from error
    if progress and not progress(len(rows)):
        raise Cancelled
    write_bytes(path, content)
    return len(rows)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a whole file or leave the old one; DomainError as for a report."""
    from reports.kit.files import whole_file

    if path.is_dir():
        raise DomainError(_("{path} is a folder; name a file in it."), path=path)
    try:
        with whole_file(path) as file:
            file.write(content)
    except OSError as error:
        raise unwritable(path, error) from error


def unprintable(character: str, text: str) -> DomainError:
    """The refusal for a text that no typeface of this computer can print."""
    return DomainError(
        _("No font here has {sign} ({code}) of “{text}”; change it, or install a font that has."),
        sign=character if character.isprintable() else "",
        code=f"U+{ord(character):04X}",
        text=text[:60],
    )


def unwritable(path: Path, error: OSError) -> DomainError:
    """The refusal for a file the system will not write."""
    message = _("{path} cannot be written ({reason}); nothing was changed.")
    return DomainError(message, path=path, reason=error.strerror or error)
