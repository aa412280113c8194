"""The values of a history as a person reads them: names of linked records, amounts, days."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from controllers.core.unit_of_work import UnitOfWork
from models.system.kinds import KINDS, LINES
from models.values.fields import SCALED_KINDS, Field, FieldKind, RecordKind
from models.values.formatting import Style, formatter
from models.values.money import from_scaled
from models.values.parsing import as_plain
from resources.languages import marked as _
from resources.languages import translator


class Texts:
    """What one page of a history needs to be written."""

    def __init__(
        self, uow: UnitOfWork, kind: RecordKind, record_id: int, style: Style | None
    ) -> None:
        self._uow, self._kind, self._record_id, self._style = uow, kind, record_id, style
        self.say = translator(style.language if style else "en")
        self._titles: dict[tuple[str, int], str] = {}
        self._lines: dict[int, str] = {}
        self._currency = self._read_currency()

    def _read_currency(self) -> str:
        """The record's currency as it is now; that of a company's own where there is none."""
        if not self._kind.table or "currency" not in self._kind.by_name:
            return self._uow.settings.currency
        found = self._all(f"SELECT currency FROM {self._kind.table} WHERE id = ?", self._record_id)
        return (found[0][0] if found else "") or self._uow.settings.currency

    def _all(self, statement: str, *values: Any) -> list[Any]:
        return list(self._uow.connection.exec_driver_sql(statement, values))

    def learn(self, entries: Iterable[tuple[int | None, dict[str, Any]]]) -> None:
        """Look up, in one statement for each kind, all that these entries name."""
        wanted: dict[str, set[int]] = defaultdict(set)
        lines: set[int] = set()
        for line, changes in entries:
            kind = self._kind if line is None else LINES[self._kind.name]
            if line is not None:
                lines.add(line)
            for name, value in changes.items():
                field = kind.by_name.get(name)
                if field is not None and field.kind is FieldKind.LINK:
                    both = value if isinstance(value, list) else [value]
                    wanted[field.link] |= {each for each in both if each is not None}
        for linked, ids in wanted.items():
            self._look_up(KINDS[linked], ids)
        self._learn_lines(lines)

    def _look_up(self, kind: RecordKind, ids: set[int]) -> None:
        condition, values = self._uow.person.shown(kind.name, "t")
        named = ", ".join(map(str, sorted(ids)))
        statement = (
            f"SELECT t.id, t.{kind.title}, t.{kind.key} FROM {kind.table} t WHERE t.id IN ({named})"
        )
        rows = self._all(f"{statement} AND {condition}" if condition else statement, *values)
        for number, title, key in rows:
            self._titles[kind.name, number] = str((title if self._style else key) or key or "")

    def _learn_lines(self, ids: set[int]) -> None:
        """What lines say, now or when they were taken out."""
        if not ids:
            return
        table = LINES[self._kind.name].table
        named = ", ".join(map(str, sorted(ids)))
        told = "coalesce(nullif(description, ''), nullif(sku, ''), kind)"
        self._lines |= dict(self._all(f"SELECT id, {told} FROM {table} WHERE id IN ({named})"))
        gone = ", ".join(map(str, sorted(ids - self._lines.keys())))
        if gone:
            self._learn_gone(gone)

    def _learn_gone(self, ids: str) -> None:
        for line, changes in self._all(
            "SELECT line, changes FROM audit WHERE kind = ? AND record_id = ? "
            f"AND action = 'delete' AND line IN ({ids})",
            self._kind.name, self._record_id,
        ):  # fmt: skip
            values = json.loads(changes or "{}")
            self._lines[line] = values.get("description") or values.get("sku") or ""

    # Written

    def line(self, line_id: int) -> str:
        """What a line says."""
        return self._lines.get(line_id) or f"#{line_id}"

    def line_whole(self, values: dict[str, Any]) -> str:
        """Quantity, unit and price of a line that came or went, as far as it has them."""
        fields = LINES[self._kind.name].by_name
        shown = {each: self.value(fields[each], values.get(each)) for each in (
            "quantity", "unit", "unit_price", "discount_percent")}  # fmt: skip
        amount = f"{shown['quantity']} {shown['unit']}".strip()
        price = f"× {shown['unit_price']}" if shown["unit_price"] else ""
        less = (
            f"\N{MINUS SIGN} {shown['discount_percent']}" if values.get("discount_percent") else ""
        )
        if not price and values.get("kind") not in (None, "product", "item"):
            return self.value(fields["kind"], values["kind"])
        return " ".join(each for each in (amount, price, less) if each)

    def value(self, field: Field, value: Any) -> str:
        """One value; "" for nothing."""
        if value is None or value == "":
            return ""
        if field.kind is FieldKind.LINK:
            return self._titles.get((field.link, value)) or f"#{value}"
        if self._style is None:
            return _plain(field, value)
        if field.kind is FieldKind.BOOLEAN:
            return self.say(_("Yes")) if value else self.say(_("No"))
        if field.kind is FieldKind.PICTURE:
            return self.say(_("Picture")) if value else ""
        return formatter(field, self._style)(value, self._currency)


def _plain(field: Field, value: Any) -> str:
    if field.kind in SCALED_KINDS:
        return str(as_plain(field, from_scaled(value)))
    if field.kind in (FieldKind.BOOLEAN, FieldKind.PICTURE):
        return "true" if value else "false"
    return str(value)
