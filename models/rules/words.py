"""Amounts in words, as Indonesian, Malay and English papers print them below a total."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from models.values.money import currency_decimals

LIMIT = 10**21
"""Numbers from here on have no name in the tables below."""

_ID_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_MS_DIGITS = ("sifar", *_ID_DIGITS[1:8], "lapan", "sembilan")
_ID_POWERS = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun", "kuintiliun")
_MS_POWERS = ("", "ribu", "juta", "bilion", "trilion", "kuadrilion", "kuintilion")
_EN_POWERS = ("", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion")
_EN_SMALL = tuple(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen".split()
)
_EN_TENS = ("", "", *"twenty thirty forty fifty sixty seventy eighty ninety".split())

_ID_NAMES = {
    "IDR": "rupiah",
    "MYR": "ringgit Malaysia",
    "SGD": "dolar Singapura",
    "USD": "dolar Amerika Serikat",
    "EUR": "euro",
}
_MS_NAMES = {
    "IDR": ("Rupiah Indonesia", "Sen"),
    "MYR": ("Ringgit Malaysia", "Sen"),
    "SGD": ("Dolar Singapura", "Sen"),
    "USD": ("Dolar Amerika Syarikat", "Sen"),
    "EUR": ("Euro", "Sen"),
}
_EN_NAMES = {
    "IDR": ("Indonesian Rupiah", "Sen"),
    "MYR": ("Ringgit Malaysia", "Sen"),
    "SGD": ("Singapore Dollars", "Cents"),
    "USD": ("US Dollars", "Cents"),
    "EUR": ("Euros", "Cents"),
}


def in_words(amount: Decimal, currency: str, language: str) -> str:
    """An amount in words: ``Satu juta dua ratus ribu rupiah``.

    `currency` is an ISO 4217 code, `language` one of id, ms and en. Finer parts than the
    currency's smallest coin are rounded half up. Malaysian and English wording follow the way
    cheques are filled in there (currency first, "Sahaja" or "Only" last). Raises ValueError for
    an unknown language, for 10^21 and more, and for what is not a number.
    """
    if language not in _WRITERS:
        raise ValueError(f"no words for the language {language!r}")
    whole, part, places = _split(amount, currency)
    text = _WRITERS[language](whole, part, places, currency)
    return _MINUS[language](text) if amount < 0 and (whole or part) else text


def spelled(number: int, language: str) -> str:
    """A whole number in small letters: ``seribu dua ratus``; negative ones begin with minus."""
    if language not in _GROUPS:
        raise ValueError(f"no words for the language {language!r}")
    if abs(number) >= LIMIT:
        raise ValueError(f"too large for words: {number}")
    if number < 0:
        return f"{'negatif' if language == 'ms' else 'minus'} {spelled(-number, language)}"
    return _GROUPS[language](number)


def _split(amount: Decimal, currency: str) -> tuple[int, int, int]:
    """Whole units, smallest coins, and how many decimals those coins have."""
    if not amount.is_finite():
        raise ValueError(f"not an amount: {amount}")
    if amount.copy_abs() >= LIMIT - 1:
        raise ValueError(f"too large for words: {amount}")
    places = max(2, currency_decimals(currency))
    scaled = int(amount.copy_abs().scaleb(places).to_integral_value(ROUND_HALF_UP))
    whole, part = divmod(scaled, 10**places)
    return whole, part, places


def _indonesian(whole: int, part: int, places: int, currency: str) -> str:
    name = _ID_NAMES.get(currency)
    if name is None:
        text = f"{_indonesian_number(whole)}{_fraction(' dan', part, places)} {currency}"
    elif not part:
        text = f"{_indonesian_number(whole)} {name}"
    else:
        units = f"{_indonesian_number(whole)} {name} dan " if whole else ""
        text = f"{units}{_indonesian_number(part)} sen"
    return text[0].upper() + text[1:]


def _malay(whole: int, part: int, places: int, currency: str) -> str:
    number = _titled(_malay_number(whole))
    return f"{_cheque(number, whole, part, places, currency, 'ms')} Sahaja"


def _english(whole: int, part: int, places: int, currency: str) -> str:
    number = _titled(_english_number(whole))
    return f"{_cheque(number, whole, part, places, currency, 'en')} Only"


def _cheque(number: str, whole: int, part: int, places: int, currency: str, language: str) -> str:
    """Currency first, as cheques in Malaysia and Singapore have it."""
    names, and_ = (_MS_NAMES, "dan") if language == "ms" else (_EN_NAMES, "and")
    if currency not in names:
        return f"{currency}: {number}{_fraction(f' {and_}', part, places)}"
    unit, coin = names[currency]
    if not part:
        return f"{unit}: {number}"
    coins = f"{coin} {_titled(spelled(part, language))}"
    return f"{unit}: {number} {and_} {coins}" if whole else f"{unit}: {coins}"


def _fraction(joint: str, part: int, places: int) -> str:
    return f"{joint} {part:0{places}d}/{10**places}" if part else ""


def _titled(text: str) -> str:
    """Every word with a capital, the word "and" without."""
    return "-".join(_capitals(piece) for piece in text.split("-"))


def _capitals(text: str) -> str:
    words = text.split(" ")
    return " ".join(word if word in ("dan", "and") else word.capitalize() for word in words)


def _indonesian_number(number: int) -> str:
    return _grouped(number, _ID_DIGITS, _ID_POWERS)


def _malay_number(number: int) -> str:
    return _grouped(number, _MS_DIGITS, _MS_POWERS)


def _grouped(number: int, digits: tuple[str, ...], powers: tuple[str, ...]) -> str:
    """Groups of three digits; one hundred and one thousand are se-, one million is satu juta."""
    if number == 0:
        return digits[0]
    words: list[str] = []
    for power in range(len(powers) - 1, -1, -1):
        group = number // 1000**power % 1000
        if group == 1 and power == 1:
            words.append("seribu")
        elif group:
            words += _hundreds(group, digits)
            words += [powers[power]] * bool(power)
    return " ".join(words)


def _hundreds(group: int, digits: tuple[str, ...]) -> list[str]:
    hundred, rest = divmod(group, 100)
    words = [] if not hundred else ["seratus"] if hundred == 1 else [digits[hundred], "ratus"]
    if rest == 10:
        return [*words, "sepuluh"]
    if rest == 11:
        return [*words, "sebelas"]
    ten, one = divmod(rest, 10)
    if ten == 1:
        return [*words, digits[one], "belas"]
    words += [digits[ten], "puluh"] if ten else []
    return [*words, digits[one]] if one else words


def _english_number(number: int) -> str:
    """British wording: "and" before the tens of each group and before a last small group."""
    if number < 1000:
        return _english_hundreds(number)
    words = ""
    for power in range(len(_EN_POWERS) - 1, -1, -1):
        group = number // 1000**power % 1000
        if group:
            joint = " and " if power == 0 and group < 100 else " " if words else ""
            words += f"{joint}{_english_hundreds(group)}{' ' * bool(power)}{_EN_POWERS[power]}"
    return words


def _english_hundreds(group: int) -> str:
    if group < 20:
        return _EN_SMALL[group]
    if group < 100:
        ten, one = divmod(group, 10)
        return _EN_TENS[ten] + (f"-{_EN_SMALL[one]}" if one else "")
    hundred, rest = divmod(group, 100)
    tail = f" and {_english_hundreds(rest)}" if rest else ""
    return f"{_EN_SMALL[hundred]} hundred{tail}"


_GROUPS: dict[str, Callable[[int], str]] = {
    "id": _indonesian_number,
    "ms": _malay_number,
    "en": _english_number,
}
_WRITERS: dict[str, Callable[[int, int, int, str], str]] = {
    "id": _indonesian,
    "ms": _malay,
    "en": _english,
}
_MINUS: dict[str, Callable[[str], str]] = {
    "id": lambda text: f"Minus {text[0].lower()}{text[1:]}",
    "ms": lambda text: text.replace(": ", ": Negatif ", 1),
    "en": lambda text: text.replace(": ", ": Minus ", 1),
}
