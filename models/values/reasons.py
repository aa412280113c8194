"""Why a price is what it is: a code with facts, stored with the line and worded where it is shown.

Stored form: the code alone, or the code, a space and its facts as JSON; where there is more to
say, each reason on a line of its own.
"""

import json
from decimal import Decimal

from models.values.money import plain
from resources.languages import marked as _
from resources.languages import translate

LIST_PRICE, BY_HAND, NO_PRICE = "list_price", "by_hand", "no_price"
RULE, RULE_FROM, RULE_OFF, LAST = "rule", "rule_from", "rule_off", "last"
RULE_OFF_FROM, EXPIRED, FUTURE, TOO_FEW = "rule_off_from", "expired", "future", "too_few"
COPIED, IMPORTED, OPTIONS = "copied", "imported", "options"

WORDINGS = {
    LIST_PRICE: _("list price"),
    BY_HAND: _("set by hand"),
    NO_PRICE: _("no price in {currency}"),
    RULE: _("{list}: {price}"),
    RULE_FROM: _("{list}, from {quantity}: {price}"),
    RULE_OFF: _("{list}: list price less {percent} %"),
    RULE_OFF_FROM: _("{list}, from {quantity}: list price less {percent} %"),
    LAST: _("last price to this customer on {date}"),
    EXPIRED: _("{list}: {price} was valid until {date}"),
    FUTURE: _("{list}: {price} is valid from {date}"),
    TOO_FEW: _("{list}: {price} is for {quantity} and more"),
    COPIED: _("as in {number}"),
    IMPORTED: _("as imported"),
    OPTIONS: _("with its options"),
}


def reason(code: str, **facts: str) -> str:
    """A reason in its stored form."""
    return f"{code} {json.dumps(facts, ensure_ascii=False)}" if facts else code


def reason_text(stored: str, language: str = "en") -> str:
    """A stored reason as a short sentence; a text that is no reason of ours stays as it is."""
    if stored.partition(" ")[0].partition("\n")[0] not in WORDINGS:
        return stored
    return "; ".join(_worded(each, language) for each in stored.split("\n"))


def _worded(stored: str, language: str) -> str:
    code, _space, rest = stored.partition(" ")
    if code not in WORDINGS:
        return stored
    try:
        return translate(WORDINGS[code], language, **(json.loads(rest) if rest else {}))
    except (ValueError, KeyError, TypeError):
        return stored


def grouped(number: Decimal) -> str:
    """A number with its thousands apart, in a form every language reads: ``4 890 000``."""
    whole, mark, fraction = plain(number).partition(".")
    return f"{int(whole):,}".replace(",", " ") + mark + fraction
