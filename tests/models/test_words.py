"""Amounts in words, read back by a reader that knows only the grammar."""

import random
from collections.abc import Callable
from decimal import Decimal

import pytest

from models.rules.words import LIMIT, in_words, spelled

MALAY = {"nol": 0, "sifar": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6}
MALAY |= {"tujuh": 7, "delapan": 8, "lapan": 8, "sembilan": 9}
FIXED = {"sepuluh": 10, "sebelas": 11, "seratus": 100}
POWERS = {
    "id": "ribu juta miliar triliun kuadriliun kuintiliun".split(),
    "ms": "ribu juta bilion trilion kuadrilion kuintilion".split(),
    "en": "thousand million billion trillion quadrillion quintillion".split(),
}
ENGLISH = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
ENGLISH += " sixteen seventeen eighteen nineteen"
SMALL = {word: at for at, word in enumerate(ENGLISH.split(), 1)}
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL |= {word: 10 * at for at, word in enumerate(TENS, 2)}


def read_malay(text: str, language: str) -> int:
    """The number behind Indonesian or Malay words; fails on words that do not belong there."""
    total = group = digit = 0
    for word in text.split():
        if word in MALAY:
            assert digit == 0
            digit = MALAY[word]
        elif word in FIXED:
            assert digit == 0
            group += FIXED[word]
        elif word in ("belas", "puluh", "ratus"):
            assert digit > 1
            group += {"belas": 10 + digit, "puluh": 10 * digit, "ratus": 100 * digit}[word]
            digit = 0
        elif word == "seribu":
            assert group == digit == 0
            total += 1000
        else:
            power = 1000 ** (POWERS[language].index(word) + 1)
            assert group + digit > (1 if power == 1000 else 0)
            assert total % (power * 1000) == 0
            total += (group + digit) * power
            group = digit = 0
    return total + group + digit


def read_english(text: str, language: str) -> int:
    """The number behind English words; every "and" must stand where British usage has it."""
    total = group = 0
    for word in text.replace("-", " ").replace(" and ", " ").split():
        if word in SMALL:
            group += SMALL[word]
        elif word == "hundred":
            assert 0 < group < 10
            group *= 100
        elif word != "zero":
            total += group * 1000 ** (POWERS[language].index(word) + 1)
            group = 0
    number = total + group
    groups = [number // 1000**power % 1000 for power in range(7)]
    ands = sum(group > 100 and group % 100 > 0 for group in groups)
    ands += number >= 1000 and 0 < number % 1000 < 100
    assert text.count(" and ") == ands
    return number


READERS: dict[str, Callable[[str, str], int]] = {
    "id": read_malay,
    "ms": read_malay,
    "en": read_english,
}


def numbers(count: int) -> list[int]:
    """Small numbers in order, then ones of every length, many of them with runs of noughts."""
    chance = random.Random(8)
    picked = list(range(count // 2))
    for _ in range(count - count // 2):
        number = chance.randrange(10 ** chance.randrange(1, 21))
        power = 1000 ** chance.randrange(7)
        picked.append(number - number % power + chance.choice((0, 1, number % 1000)))
    return picked


def check(language: str, count: int) -> None:
    read = READERS[language]
    wrong = [n for n in numbers(count) if read(spelled(n, language), language) != n]
    assert wrong == []


@pytest.mark.parametrize("language", ["id", "ms", "en"])
def test_words_read_back_as_the_number(language: str) -> None:
    check(language, 5_000)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "ms", "en"])
def test_two_hundred_thousand_words_read_back_as_their_numbers(language: str) -> None:
    check(language, 200_000)


@pytest.mark.parametrize("language", ["id", "ms", "en"])
def test_words_have_no_doubled_blanks(language: str) -> None:
    assert all("  " not in spelled(n, language) for n in numbers(2_000))


@pytest.mark.parametrize(
    ("number", "language", "words"),
    [
        (0, "id", "nol"),
        (11, "id", "sebelas"),
        (18, "id", "delapan belas"),
        (100, "id", "seratus"),
        (1_000, "id", "seribu"),
        (1_000_000, "id", "satu juta"),
        (1_001_000, "id", "satu juta seribu"),
        (1_001_850, "id", "satu juta seribu delapan ratus lima puluh"),
        (11_000, "id", "sebelas ribu"),
        (101_000, "id", "seratus satu ribu"),
        (1_000_000_000, "id", "satu miliar"),
        (10**12, "id", "satu triliun"),
        (0, "ms", "sifar"),
        (8, "ms", "lapan"),
        (1_234, "ms", "seribu dua ratus tiga puluh empat"),
        (10**9, "ms", "satu bilion"),
        (-5, "ms", "negatif lima"),
        (-5, "id", "minus lima"),
        (21, "en", "twenty-one"),
        (1_001, "en", "one thousand and one"),
        (1_100, "en", "one thousand one hundred"),
        (342_115, "en", "three hundred and forty-two thousand one hundred and fifteen"),
        (10**18, "en", "one quintillion"),
    ],
)
def test_numbers_are_spelled_as_people_write_them(number: int, language: str, words: str) -> None:
    assert spelled(number, language) == words


@pytest.mark.parametrize(
    ("amount", "currency", "language", "words"),
    [
        ("1200000", "IDR", "id", "Satu juta dua ratus ribu rupiah"),
        ("1500000.50", "IDR", "id", "Satu juta lima ratus ribu rupiah dan lima puluh sen"),
        ("0", "IDR", "id", "Nol rupiah"),
        ("0.05", "IDR", "id", "Lima sen"),
        ("-2000", "IDR", "id", "Minus dua ribu rupiah"),
        ("25", "USD", "id", "Dua puluh lima dolar Amerika Serikat"),
        ("25.40", "CHF", "id", "Dua puluh lima dan 40/100 CHF"),
        (
            "1234.56",
            "MYR",
            "ms",
            "Ringgit Malaysia: Seribu Dua Ratus Tiga Puluh Empat dan Sen Lima Puluh Enam Sahaja",
        ),
        (
            "48147.22",
            "MYR",
            "en",
            "Ringgit Malaysia: Forty-Eight Thousand One Hundred and "
            "Forty-Seven and Sen Twenty-Two Only",
        ),
        ("0.50", "SGD", "en", "Singapore Dollars: Cents Fifty Only"),
        ("-3", "EUR", "en", "Euros: Minus Three Only"),
        ("-3", "MYR", "ms", "Ringgit Malaysia: Negatif Tiga Sahaja"),
        ("100", "IDR", "en", "Indonesian Rupiah: One Hundred Only"),
        ("7.125", "KWD", "en", "KWD: Seven and 125/1000 Only"),
        ("0.004", "MYR", "ms", "Ringgit Malaysia: Sifar Sahaja"),
        ("-0.001", "MYR", "en", "Ringgit Malaysia: Zero Only"),
    ],
)
def test_amounts_are_worded_as_papers_have_them(
    amount: str, currency: str, language: str, words: str
) -> None:
    assert in_words(Decimal(amount), currency, language) == words


def test_half_a_cent_is_rounded_up() -> None:
    assert in_words(Decimal("1.005"), "MYR", "en") == "Ringgit Malaysia: One and Sen One Only"


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1E+21", "1E+1000000"])
def test_what_has_no_words_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match=r"not an amount|too large"):
        in_words(Decimal(amount), "IDR", "id")


def test_an_unknown_language_and_a_number_beyond_the_tables_are_refused() -> None:
    with pytest.raises(ValueError, match="language"):
        spelled(1, "fr")
    with pytest.raises(ValueError, match="language"):
        in_words(Decimal(1), "IDR", "fr")
    with pytest.raises(ValueError, match="too large"):
        spelled(LIMIT, "id")
