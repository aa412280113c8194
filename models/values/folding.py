"""Text without case and accents: what sort keys and search are made of."""

from collections.abc import Sequence


def folded(text: str) -> str:
    """`text` in lower case, without accents and outer blanks; the same for every spelling."""
    if text.isascii():
        return text.strip().lower()
    import unicodedata  # a third of a megabyte that most texts do not need

    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in parts if not unicodedata.combining(each)).strip()


def folded_all(texts: Sequence[str]) -> list[str]:
    """Each text folded; plain ones all at once."""
    joined = "\n".join(texts)
    if joined.isascii() and joined.count("\n") == len(texts) - 1:
        return list(map(str.strip, joined.lower().split("\n")))
    return [folded(text) for text in texts]


def letters(text: str) -> str:
    """Only the folded letters and digits of a heading, so that "Customer ID" is "customerid"."""
    return "".join(each for each in folded(text) if each.isalnum())


def terms(text: str) -> tuple[str, ...]:
    """The folded words of a search."""
    return tuple(folded(text).split())
