"""What the status bar tells of a list: how many, how many selected, and the sums."""

from models.values.fields import Field, FieldKind
from models.values.formatting import Style, formatter
from resources.languages import marked as _
from ui.kit.language import tr
from ui.widgets.record_list.model import ListModel

Sums = dict[str, dict[str, int]]


def summary(model: ListModel, selected: int, sums: Sums) -> str:
    """``1,000,000 customers · 3 selected · Stock on hand 1,840``."""
    style = model.desk.style
    more = "" if model.is_complete else "+"
    words = tr(model.kind.label if model.rowCount() == 1 else model.kind.plural)
    parts = [f"{style.number(model.rowCount())}{more} {words.lower()}"]
    if selected > 1:
        parts.append(tr(_("{count} selected"), count=style.number(selected)))
    parts += [
        _sum_text(each, sums[each.name], style) for each in model.fields if sums.get(each.name)
    ]
    return " · ".join(parts)


def _sum_text(field: Field, sums: dict[str, int], style: Style) -> str:
    write = formatter(field, style)
    if field.kind is FieldKind.MONEY:
        figures = [f"{currency} {write(figure, currency)}" for currency, figure in sums.items()]
    else:
        figures = [write(sum(sums.values()), "")]
    return f"{tr(field.label)} {' + '.join(each.strip() for each in figures)}"
