"""The credit check at confirmation: limit, what is owed and what is overdue, by the company's rule.

Figures are in the account's currency; documents in others are not compared, as no rate is kept.
"""

from sqlalchemy import select

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents.stored import Stored
from models.rules.credit import APPROVE, OFF, WARN, Standing
from models.storage import outlook
from models.storage.postgres import sharing
from models.storage.tables import TABLES
from models.values.errors import DomainError
from models.values.money import ZERO, currency_decimals, from_scaled, rounded
from models.values.reasons import grouped
from resources.languages import marked as _

_IN_FILE = outlook.of_account("?1", "?2", "?3", is_embedded=True)


def standing(uow: UnitOfWork, account: int) -> tuple[Standing, str]:
    """What an account owes, with the currency it is reckoned in."""
    table = TABLES["account"]
    query = select(table.c.credit_limit, table.c.currency).where(table.c.id == account)
    row = uow.connection.execute(query).one()
    currency = row.currency or uow.settings.currency
    today = uow.today.isoformat()
    found = (
        uow.connection.exec_driver_sql(_IN_FILE, (account, currency, today)).one()
        if uow.is_embedded
        else sharing.credit_standing(uow.connection, account, currency, today)
    )
    owed, overdue, ordered = map(from_scaled, found)
    return Standing(row.credit_limit, owed, ordered, overdue), currency


def problem(uow: UnitOfWork, document: Stored) -> DomainError | None:
    """What speaks against confirming an order on credit; None where nothing does."""
    if uow.settings.credit_check == OFF:
        return None
    found, currency = standing(uow, document.row["account_id"])
    ours = document.draft.currency == currency
    total = document.row["total"] if ours else ZERO
    excess = found.excess(total) if ours else ZERO
    facts = {
        name: f"{currency} {grouped(rounded(amount, currency_decimals(currency)))}"
        for name, amount in (
            ("used", found.used), ("overdue", found.overdue), ("excess", excess),
            ("limit", found.limit or ZERO), ("total", total),
        )
    } | {"order": document.name, "account": document.draft.account}  # fmt: skip
    if excess and found.overdue:
        message = _("{order}: {account} would go {excess} over the credit limit of {limit}, and "
                    "{overdue} are overdue.")  # fmt: skip
    elif excess:
        message = _("{order}: {account} has {used} open of a credit limit of {limit}; with this "
                    "order of {total} it would be {excess} over.")  # fmt: skip
    elif found.overdue:
        message = _("{order}: {overdue} of {account} are overdue.")
    else:
        return None
    return DomainError(message, field="account", **facts)


_REMEDIES = {
    "block": _("Collect the payment or raise the limit, then confirm."),
    APPROVE: _("Somebody who may decide approvals has to confirm it."),
}


def require(uow: UnitOfWork, document: Stored) -> None:
    """Raise DomainError where the company's rule keeps an order from being confirmed by whoever
    acts; a warning keeps nobody.
    """
    check = uow.settings.credit_check
    if check in (OFF, WARN) or (check == APPROVE and uow.may("approvals.decide")):
        return
    found = problem(uow, document)
    if found is not None:
        remedy = DomainError(_REMEDIES.get(check, _REMEDIES["block"]))
        raise CreditError(found, remedy)


class CreditError(DomainError):
    """A refusal for want of credit: what stands against it, then who can help."""

    def __init__(self, found: DomainError, remedy: DomainError) -> None:
        super().__init__(found.message, field=found.field, **found.facts)
        self._remedy = remedy

    def text(self, language: str = "en") -> str:
        """Both sentences."""
        return f"{super().text(language)} {self._remedy.text(language)}"
