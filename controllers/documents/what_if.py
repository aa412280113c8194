"""What if: a quotation reckoned with other terms on a scratch copy, and who would have to agree."""

from dataclasses import dataclass
from typing import Any

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import approvals, drafting, quotation_json, quotations
from models.rules.approval import Hit
from models.values.documents import Draft, Priced
from models.values.money import plain
from models.values.roles import ROLES


@dataclass(frozen=True)
class Answer:
    """What the scratch copy comes to, and the approvals it would need."""

    before: Priced
    after: Priced
    needed: tuple[Hit, ...]


def of_draft(uow: UnitOfWork, stored: Draft, scratch: Draft) -> Answer:
    """A draft as it is and as it would be; nothing is written."""
    before, after = drafting.settled(uow, stored), drafting.settled(uow, scratch)
    return Answer(before, after, approvals.needed(uow, after))


def with_values(uow: UnitOfWork, key: str | int, values: dict[str, Any]) -> Answer:
    """A quotation with other values, as `change` takes them; nothing is written."""
    shown = quotations.shown(uow, key)
    return of_draft(uow, shown.draft, quotation_json.changed_draft(uow, shown, values))


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer for scripts: figures before and after, and who would have to agree."""
    money, value = quotation_json.money, quotation_json.plain_value
    return {
        side: {
            "subtotal": money(priced.totals.subtotal), "discount": money(priced.totals.discount),
            "total": money(priced.totals.total),
            "margin_percent": value(priced.totals.margin_percent),
        }
        for side, priced in (("before", answer.before), ("after", answer.after))
    } | {
        "approval": [
            {
                "rule": each.rule.name, "measure": each.rule.measure,
                "figure": None if each.figure is None else plain(each.figure),
                "limit": plain(each.rule.threshold),
                "who": dict(ROLES).get(each.rule.approver_role, ""),
            }
            for each in answer.needed
        ]
    }  # fmt: skip
