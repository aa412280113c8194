"""What if: other terms tried beside the quotation, with figures, margin and approvals of both."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from controllers.core.catalogue import KINDS
from models.values.documents import Draft, Priced
from models.values.errors import DomainError
from models.values.money import currency_decimals
from models.values.roles import ROLES
from resources.languages import marked as _
from ui.documents.fields import AheadLink, Caption, ChoiceBox, CodeEdit, FigureEdit, TypedEdit
from ui.documents.line_grid.cells import margin_text
from ui.documents.panels.panel import Panel, table
from ui.kit import tasks, tokens
from ui.kit.errors import text_of
from ui.kit.language import tr
from ui.widgets.parts import button, clear, column, label, row

if TYPE_CHECKING:
    from controllers.documents.what_if import Answer
    from ui.documents.page import DocumentPage

_REST = 150
"""Milliseconds after the last change until it is reckoned."""

_HEADS = ("", _("Now"), _("What if"), _("Difference"))


def show(page: "DocumentPage") -> None:
    """Open the panel on the draft as it is now."""
    if page.session.is_loaded and page.session.is_editable:
        page.when_settled(lambda: page.show_panel(WhatIfPanel(page)))


class WhatIfPanel(Panel):
    """Nothing of it reaches the quotation before it is kept."""

    def __init__(self, page: "DocumentPage") -> None:
        super().__init__(_("What if …"))
        self._session, self._desk = page.session, page.desk
        self._row = page.grid.current_line()
        self.terms: dict[str, Any] = {}
        self.answer: Answer | None = None
        self.fields = dict(self._fields())
        self.figures = column()
        self.approval = label(role="soft", wrap=True)
        terms = row(*(self._captioned(each) for each in self.fields))
        for at in range(terms.count()):
            terms.setStretch(at, 1)
        self.body.addLayout(terms)
        self.body.addLayout(self.figures)
        self.body.addWidget(self.approval)
        self.add_button(button(_("Throw away"), self.close_panel))
        self._keep = self.add_button(button(_("Keep"), self.keep, role="primary"))
        self._timer = QTimer(self, singleShot=True, interval=_REST)
        self._timer.timeout.connect(self.reckon)
        self.fields["discount_percent"].setProperty("first", True)
        self.reckon()

    def _fields(self) -> Iterator[tuple[str, QWidget]]:
        kind, session = KINDS["quotation"], self._session
        draft = session.draft
        discount = FigureEdit(session, kind["discount_percent"])
        discount.show_figure(draft.discount_percent)
        yield "discount_percent", self._wired(discount, "discount_percent")
        term = ChoiceBox(kind["payment_term"].choices)
        term.show_code(draft.payment_term)
        term.committed.connect(lambda value: self.try_out(payment_term=value))
        yield "payment_term", term
        currency = CodeEdit(kind["currency"])
        currency.show_text(draft.currency)
        yield "currency", self._wired(currency, "currency")
        tax = AheadLink(session.desk.app.listing, "tax")
        tax.set_key(draft.tax, session.title_of("tax", draft.tax))
        tax.chosen.connect(lambda find: self.try_out(tax=str(find[1]) if find else "none"))
        yield "tax", tax
        if self._row is not None and draft.lines[self._row].counts:
            quantity = FigureEdit(session, KINDS["quotation_line"]["quantity"])
            quantity.show_figure(draft.lines[self._row].quantity)
            yield "quantity", self._wired(quantity, "quantity")

    def _wired(self, edit: TypedEdit, field: str) -> TypedEdit:
        edit.committed.connect(lambda value: self.try_out(**{field: value}))
        edit.textEdited.connect(lambda _text: self._typed(edit))
        edit.wrong.connect(self.show_problem)
        edit.setMaximumWidth(tokens.PANEL)
        return edit

    def _typed(self, edit: TypedEdit) -> None:
        """What can be read already is tried at once."""
        try:
            edit.read(edit.text())
        except DomainError:
            return
        edit.commit()

    def _captioned(self, field: str) -> Caption:
        texts = {"discount_percent": _("Discount %"), "payment_term": _("Payment"),
                 "currency": _("Currency"), "tax": _("Tax"),
                 "quantity": _("Quantity of the line")}  # fmt: skip
        return Caption(texts[field], self.fields[field])

    # Trying

    def try_out(self, **terms: Any) -> None:
        """Reckon with other terms once there is a rest."""
        self.terms |= terms
        self._timer.start()

    def scratch(self, draft: Draft) -> Draft:
        """A draft with the terms that are tried, but its currency."""
        terms = {name: value for name, value in self.terms.items()
                 if name not in ("quantity", "currency")}  # fmt: skip
        draft = replace(draft, **terms)
        if "quantity" in self.terms and self._row is not None:
            line = replace(draft.lines[self._row], quantity=self.terms["quantity"])
            draft = draft.with_line(self._row, line)
        return draft

    def reckon(self) -> None:
        """Ask what the quotation comes to and who would have to agree."""
        app, draft = self._desk.app, self._session.draft
        scratch, currency = self.scratch(draft), self.terms.get("currency")

        def work() -> "Answer":
            from controllers.documents import what_if
            from ui.documents import loading

            terms = {"currency": currency} if currency else {}
            return app.read(lambda uow: what_if.of_draft(
                uow, draft, loading.fitting(uow, scratch, terms)))  # fmt: skip

        tasks.run(work, self._take, self._refuse, key=(id(self), "what if"), owner=self)

    def _refuse(self, error: Exception) -> None:
        self.answer = None
        self._keep.setEnabled(False)
        self.show_problem(text_of(error))

    def _take(self, answer: "Answer") -> None:
        self.answer = answer
        self._keep.setEnabled(True)
        self.show_problem("")
        clear(self.figures)
        rows = list(self._rows(answer.before, answer.after))
        shown = table(_("What if …"), _HEADS, rows)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for at in range(len(rows) * len(_HEADS)):
            line, place = divmod(at, len(_HEADS))
            if place:
                index = shown.model().index(line, place)
                shown.model().setData(index, right, Qt.ItemDataRole.TextAlignmentRole)
        shown.horizontalHeader().setStretchLastSection(False)
        self.figures.addWidget(shown)
        self.approval.setText(self._approval(answer))

    def _rows(self, before: Priced, after: Priced) -> Iterator[tuple[str, ...]]:
        for text, field in ((_("Subtotal"), "subtotal"), (_("Discount"), "discount"),
                            (_("Tax"), "tax"), (_("Total"), "total")):  # fmt: skip
            now, then = (getattr(each.totals, field) for each in (before, after))
            same = before.draft.currency == after.draft.currency
            difference = self._money(then - now, after.draft.currency, sign=True) if same else "–"
            yield (tr(text), self._money(now, before.draft.currency),
                   self._money(then, after.draft.currency), difference)  # fmt: skip
        margins = [each.totals.margin_percent for each in (before, after)]
        if not self._desk.hides_cost and None not in margins:
            style = self._session.style
            yield (tr(_("Margin %")), *(margin_text(each, style) for each in margins), "")

    def _money(self, amount: Decimal, currency: str, *, sign: bool = False) -> str:
        text = self._session.style.number(amount, currency_decimals(currency))
        return f"+{text}" if sign and amount > 0 else f"{currency} {text}" if not sign else text

    def _approval(self, answer: "Answer") -> str:
        if not answer.needed:
            return tr(_("It would need no approval."))
        roles = dict(ROLES)
        who = [tr(roles.get(each.rule.approver_role, each.rule.name)) for each in answer.needed]
        return tr(_("It would need approval by {who}."), who=", ".join(dict.fromkeys(who)))

    # Keeping

    def keep(self) -> None:
        """Take the terms over into the draft; each can be undone."""
        session, terms = self._session, self.terms
        if self.answer is None:
            return
        for name in ("discount_percent", "payment_term"):
            if name in terms:
                session.set_field(name, terms[name])
        row, quantity = self._row, terms.get("quantity")
        if row is not None and quantity is not None:
            session.do(lambda editor: editor.set_quantity(row, quantity))
        if "tax" in terms:
            session.set_tax(terms["tax"])
        if terms.get("currency", session.draft.currency) != session.draft.currency:
            session.set_prices(currency=terms["currency"])
        self.close_panel()
