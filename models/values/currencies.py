"""How many decimals a currency has, and what stored amounts are counted in."""

SCALE = 10_000
"""Money, quantities and percentages are stored as whole ten-thousandths."""

_NO_DECIMALS = frozenset(
    ("IDR", "JPY", "KRW", "VND", "CLP", "ISK", "UGX", "XAF", "XOF", "XPF", "PYG", "RWF")
)
_THREE_DECIMALS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))


def currency_decimals(currency: str) -> int:
    """Decimals in which amounts of a currency are written (ISO 4217; IDR in practice 0)."""
    if currency in _NO_DECIMALS:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


def decimals_by_currency() -> dict[str, int]:
    """The currencies whose amounts have other than two decimals."""
    return dict.fromkeys(sorted(_NO_DECIMALS), 0) | dict.fromkeys(sorted(_THREE_DECIMALS), 3)
