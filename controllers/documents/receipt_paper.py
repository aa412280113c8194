"""A payment as its receipt is set on paper: kuitansi, resit rasmi, official receipt."""

from sqlalchemy import select

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import payments, receivables
from models.documents.payment import METHODS
from models.rules.words import in_words
from models.storage.tables import TABLES
from models.values.money import currency_decimals
from reports.documents.receipt import Receipt
from resources.languages import marked as _
from resources.languages import translate


def receipt(uow: UnitOfWork, key: str | int) -> Receipt:
    """The receipt of a payment, in the customer's language."""
    found = payments.shown(uow, key)
    account = TABLES["account"]
    row = uow.connection.execute(
        select(account).where(account.c.code == found.account)
    ).mappings().one()  # fmt: skip
    form = receivables.form_of(uow, row, found.date, found.number)
    numbers = tuple(each.invoice for each in found.lines)
    listed = ", ".join(numbers)
    purpose = translate(_("Payment of {invoices}"), form.language, invoices=listed)
    if not numbers:
        purpose = translate(_("Payment on account"), form.language)
    return Receipt(
        form=form, amount=found.amount,
        words=in_words(found.amount, found.currency, form.language), purpose=purpose,
        method=translate(dict(METHODS).get(found.method, ""), form.language),
        currency=found.currency, decimals=currency_decimals(found.currency), invoices=numbers,
    )  # fmt: skip
