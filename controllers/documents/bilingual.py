"""A paper in a second language beside the first: names of products, totals, the amount in words."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import frozen
from controllers.documents.paper import spoken, totals_of
from controllers.documents.stored import Stored
from controllers.documents.wording import words
from models.rules.words import in_words
from models.storage.tables import TABLES
from models.values.documents import SECTION, Draft, Priced
from reports.documents.data import DocumentLine, SalesDocument

Texts = Mapping[str, str]


def spoken_twice(
    uow: UnitOfWork,
    document: Stored,
    priced: Priced,
    paper: SalesDocument,
    language: str,
    texts: Texts,
) -> SalesDocument:
    """The paper in both languages; texts of lines that nobody translated stand there once.

    `texts` are given translations by the first text; a product keeps its name of the catalogue
    where its line was not reworded.
    """
    second = spoken(language)
    if not language or second == paper.language:
        return paper
    known = {**_names(uow, priced.draft, second), **texts}
    known |= _subtotals(priced.draft, second, known)
    tax = (document.frozen or frozen.now(uow, priced.draft))["tax"]
    labels = [each.label for each in totals_of(priced, tax, second)]
    return replace(
        paper,
        second_language=second,
        second_words=in_words(priced.totals.total, priced.draft.currency, second),
        lines=tuple(_line(each, known) for each in paper.lines),
        totals=tuple(
            replace(each, second_label=label)
            for each, label in zip(paper.totals, labels, strict=True)
        ),
    )


def to_translate(uow: UnitOfWork, draft: Draft, language: str) -> tuple[tuple[str, str], ...]:
    """Each text of the lines once, with what the catalogue calls it in `language`, "" if nothing.

    A text of several lines that stands in a detail is one text.
    """
    known = _names(uow, draft, spoken(language) or draft.language)
    texts = [text for line in draft.lines for text in (line.description, line.detail) if text]
    return tuple((text, known.get(text, "")) for text in dict.fromkeys(texts))


def _line(line: DocumentLine, known: Texts) -> DocumentLine:
    return replace(
        line,
        second_description=known.get(line.description, ""),
        second_detail=known.get(line.detail, ""),
    )


def _names(uow: UnitOfWork, draft: Draft, second: str) -> dict[str, str]:
    """What the lines' products are called in the second language, by their name in the first."""
    ids = {line.product for line in draft.lines if line.product is not None}
    product = TABLES["product"].c
    query = select(product.name, product.name_id, product.name_ms).where(product.id.in_(ids))
    by_language = {"id": "name_id", "ms": "name_ms"}
    made: dict[str, str] = {}
    for row in uow.connection.execute(query).mappings():
        first = row[by_language.get(draft.language, "name")] or row["name"]
        other = row[by_language.get(second, "name")] or row["name"]
        if other != first:
            made[first] = other
    return made


def _subtotals(draft: Draft, second: str, known: Texts) -> dict[str, str]:
    """The ends of sections, by what they are called in the first language."""
    first, other = words(draft.language)["section"], words(second)["section"]
    titles = [line.description for line in draft.lines if line.kind == SECTION]
    return {
        first.format(title=each).strip(): other.format(title=known.get(each, each)).strip()
        for each in titles
    }
