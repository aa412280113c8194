"""How the cells of a workbook look: number formats by the kind of their column, the typeface."""

from typing import Final

from reports.kit.table import Column

FONT: Final = "Calibri"


def number_format(column: Column) -> str:
    """The Excel number format of a column: grouped figures, days first, no format for text."""
    decimals = f".{'0' * column.places}" if column.places else ""
    return {
        "integer": "#,##0",
        "quantity": f"#,##0{decimals}" if column.places else "#,##0.####",
        "money": f"#,##0{decimals}",
        "percent": f'0{decimals}"%"',
        "date": "dd/mm/yyyy",
        "datetime": "dd/mm/yyyy hh:mm",
    }.get(column.kind, "General")
