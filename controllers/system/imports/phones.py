"""Many phones at once: plain numbers by the region's own number patterns, others one by one."""

import re

import phonenumbers
from phonenumbers import PhoneMetadata

from controllers.core.checks import international_phone, region_of

_PLAIN = re.compile(r"^\+?[\d ()./-]+$")
_SIGNS = re.compile(r"[^\d+]")


class Phones:
    """Answers what `international_phone` answers, remembering what it saw."""

    def __init__(self, country: str) -> None:
        self._country = country
        self._regions: dict[str | None, str] = {}
        self._patterns: dict[str, tuple[str, list[re.Pattern[str]]]] = {}

    def international(self, text: str | None, country: str | None) -> str | None:
        """E.164 of a phone as typed, where it is a valid number; None else."""
        if not text:
            return None
        region = self._regions.get(country)
        if region is None:
            region = self._regions[country] = region_of(country, self._country)
        if region in ("ID", "MY", "SG") and _PLAIN.match(text):
            quick = self._by_pattern(text, region)
            if quick:
                return quick
        return international_phone(text, region)

    def _by_pattern(self, text: str, region: str) -> str | None:
        """A national number with its trunk zero, or one in the region's own international form."""
        code, patterns = self._patterns.get(region) or self._load(region)
        digits = _SIGNS.sub("", text)
        if digits.startswith("+"):
            if not digits.startswith(f"+{code}"):
                return None
            national = digits[len(code) + 1 :]
        elif digits.startswith("0") and not digits.startswith("00"):
            national = digits[1:]
        else:
            return None
        if "+" in national or national.startswith("0"):
            return None
        if any(pattern.fullmatch(national) for pattern in patterns):
            return f"+{code}{national}"
        return None

    def _load(self, region: str) -> tuple[str, list[re.Pattern[str]]]:
        """The patterns of fixed and mobile numbers of a region, from phonenumbers' own data."""
        metadata = PhoneMetadata.metadata_for_region(region)
        kinds = (metadata.mobile, metadata.fixed_line) if metadata else ()
        found = [each.national_number_pattern for each in kinds if each is not None]
        patterns = [re.compile(each) for each in found if each]
        loaded = (str(phonenumbers.country_code_for_region(region)), patterns)
        self._patterns[region] = loaded
        return loaded
