"""Many phones at once: plain numbers by the region's own number patterns, others one by one."""

import re
from collections.abc import Sequence

import phonenumbers
from phonenumbers import PhoneMetadata

from controllers.core.checks import international_phone, region_of

_SIGNS = re.compile(r"[ ()./-]")
_FOREIGN = re.compile(r"[^\d ()./+\n-]", re.ASCII)

REGIONS = ("ID", "MY", "SG")
"""Where the patterns of the region decide; numbers of other regions are parsed one by one."""


class Phones:
    """Answers what `international_phone` answers, remembering what it saw."""

    def __init__(self, country: str) -> None:
        self._country = country
        self._regions: dict[str | None, str] = {}
        self._patterns: dict[str, tuple[str, re.Pattern[str]]] = {}

    def column(
        self, texts: Sequence[str | None], countries: Sequence[str | None]
    ) -> list[str | None]:
        """E.164 of each phone as typed, where it is a valid number; None else."""
        plain = self._plain(texts)
        regions = {each: self._region(each) for each in set(countries)}
        if len(set(regions.values())) == 1 and plain is not None:
            region = next(iter(regions.values()))
            if region in REGIONS:
                return self._of_region(texts, plain, region)
        return [
            self._one(text, regions[country])
            for text, country in zip(texts, countries, strict=True)
        ]

    @staticmethod
    def _plain(texts: Sequence[str | None]) -> list[str] | None:
        """Digits and signs of plus alone; None where a text holds more than a number."""
        joined = "\n".join([text or "" for text in texts])
        if _FOREIGN.search(joined) or joined.count("\n") != len(texts) - 1:
            return None
        return _SIGNS.sub("", joined).split("\n")

    def _of_region(
        self, texts: Sequence[str | None], plain: list[str], region: str
    ) -> list[str | None]:
        code, pattern = self._pattern(region)
        match = pattern.fullmatch
        return [
            f"{code}{found[1]}" if (found := match(digits)) else self._one(text, region)
            for text, digits in zip(texts, plain, strict=True)
        ]

    def _one(self, text: str | None, region: str) -> str | None:
        if not text:
            return None
        plain = self._plain([text]) if region in REGIONS else None
        if plain:
            code, pattern = self._pattern(region)
            found = pattern.fullmatch(plain[0])
            if found:
                return f"{code}{found[1]}"
        return international_phone(text, region)

    def _region(self, country: str | None) -> str:
        region = self._regions.get(country)
        if region is None:
            region = self._regions[country] = region_of(country, self._country)
        return region

    def _pattern(self, region: str) -> tuple[str, re.Pattern[str]]:
        """A national number with its trunk zero, or one in the region's own international form."""
        if region not in self._patterns:
            self._patterns[region] = _loaded(region)
        return self._patterns[region]


def _loaded(region: str) -> tuple[str, re.Pattern[str]]:
    """The patterns of fixed and mobile numbers of a region, from phonenumbers' own data."""
    metadata = PhoneMetadata.metadata_for_region(region)
    kinds = (metadata.mobile, metadata.fixed_line) if metadata else ()
    found = [each.national_number_pattern for each in kinds if each is not None]
    national = "|".join(f"(?:{each})" for each in found if each)
    code = f"+{phonenumbers.country_code_for_region(region)}"
    return code, re.compile(rf"(?:{re.escape(code)}|0)(?!0)({national})", re.ASCII)
