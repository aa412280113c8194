"""The parts of a proposal as they are printed: texts of the library, files, product sheets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath

from sqlalchemy import select

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import attachments
from models.storage.tables import ATTACHMENT, TABLES
from models.values.documents import Draft
from models.values.errors import DomainError, NotFoundError
from models.values.proposals import Part, Proposal
from reports.documents.data import SalesDocument
from reports.documents.proposal.data import (
    Cover,
    Enclosure,
    Illustration,
    ProposalDocument,
    Section,
    Stationery,
)
from resources.languages import marked as _

File = tuple[str, bytes]
"""A name and the content."""


@dataclass(frozen=True)
class Block:
    """A text block of the library with its picture and its files."""

    title: str
    text: str
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Found:
    """A part with everything it takes from elsewhere."""

    title: str
    text: str
    files: tuple[File, ...] = ()
    new_page: bool = False

    @property
    def pictures(self) -> tuple[Illustration, ...]:
        """Its files as pictures; DomainError for one that is none."""
        return tuple(Illustration(content, name) for name, content in self.files)


@dataclass(frozen=True)
class Library:
    """What the parts of one quotation's proposal are taken from."""

    uow: UnitOfWork
    quotation: int
    new: Mapping[str, bytes] = field(default_factory=dict)
    """Files by name that are to be attached to the quotation."""
    _blocks: dict[str, Block] = field(default_factory=dict)

    @cached_property
    def _own(self) -> dict[str, int]:
        """The files of the quotation by name, the newest of each."""
        found = attachments.of_document(self.uow, "quotation", self.quotation)
        return {each.name: each.id for each in found if each.purpose == "proposal"}

    def part(self, part: Part) -> Found:
        """A part filled from the library; NotFoundError names a block or file that is not there."""
        block = self.block(part.block) if part.block else Block("", "")
        files = (*block.files, *map(self.file, part.files))
        return Found(part.title or block.title, part.text or block.text, files, part.new_page)

    def file(self, name: str) -> File:
        """A file of the quotation."""
        if name in self.new:
            return name, self.new[name]
        key = self._own.get(attachments.stored_name(name))
        if key is None:
            message = _("The quotation has no file “{name}”; attach it first.")
            raise NotFoundError(message, field="file", name=name)
        return attachments.content(self.uow, key)

    def block(self, code: str) -> Block:
        """A text block by its code."""
        if code not in self._blocks:
            self._blocks[code] = self._read(code)
        return self._blocks[code]

    def _read(self, code: str) -> Block:
        table = TABLES["text_block"]
        query = select(table.c.id, table.c.title, table.c.text, table.c.picture)
        row = self.uow.connection.execute(query.where(table.c.code == code)).one_or_none()
        if row is None:
            message = _("There is no text block “{key}”; look it up in the list.")
            raise NotFoundError(message, field="block", key=code)
        picture = ((row.title, bytes(row.picture)),) if row.picture else ()
        (files,) = self.files_of("text_block", [row.id]).values()
        return Block(row.title, row.text or "", (*picture, *files))

    def files_of(self, kind: str, ids: Sequence[int]) -> dict[int, tuple[File, ...]]:
        """The files of products or text blocks, by id, in the order they were put there."""
        columns = ATTACHMENT.c
        query = select(columns.document_id, columns.id).where(
            columns.document == kind, columns.document_id.in_(ids)
        )
        found: dict[int, tuple[File, ...]] = dict.fromkeys(ids, ())
        for record, key in self.uow.connection.execute(query.order_by(columns.id)).all():
            found[record] += (attachments.content(self.uow, key),)
        return found


def document(
    library: Library, proposal: Proposal, draft: Draft, paper: SalesDocument
) -> ProposalDocument:
    """The proposal around the paper of its quotation; NotFoundError or DomainError by part."""
    return ProposalDocument(
        quotation=paper,
        cover=_cover(library, proposal.cover),
        letter=library.part(proposal.letter).text if proposal.letter else "",
        sections=tuple(_section(library.part(each)) for each in proposal.sections),
        product_sheets=tuple(_sheets(library, draft)) if proposal.product_sheets else (),
        terms=library.part(proposal.terms).text if proposal.terms else "",
        appendices=tuple(_enclosures(library.part(each) for each in proposal.appendices)),
        has_contents=proposal.contents and not proposal.is_bare,
        stationery=_stationery(library, proposal.stationery),
    )


def _cover(library: Library, part: Part | None) -> Cover | None:
    if part is None:
        return None
    found = library.part(part)
    return Cover(found.title, found.text, next(iter(_only_pictures(found)), None))


def _section(found: Found) -> Section:
    return Section(found.title, found.text, _only_pictures(found), found.new_page)


def _only_pictures(found: Found) -> tuple[Illustration, ...]:
    for name, content in found.files:
        if _is_pdf(content):
            message = _("{name} is a PDF; put it among the appendices.")
            raise DomainError(message, field="file", name=name)
    return found.pictures


def _sheets(library: Library, draft: Draft) -> Iterable[Enclosure]:
    """The sheets of each product that is offered, in the order of the lines."""
    named = {line.product: line.description for line in draft.lines if line.product is not None}
    for product, files in library.files_of("product", list(named)).items():
        yield from (Enclosure(named[product] or name, content) for name, content in files)


def _enclosures(parts: Iterable[Found]) -> Iterable[Enclosure]:
    for part in parts:
        if not part.files:
            message = _("The appendix “{title}” has no file; attach one to it.")
            raise DomainError(message, field="file", title=part.title)
        for name, content in part.files:
            title = part.title if part.title and len(part.files) == 1 else PurePath(name).stem
            yield Enclosure(title, content)


def _stationery(library: Library, part: Part | None) -> Stationery | None:
    if part is None:
        return None
    for name, content in library.part(part).files:
        if _is_pdf(content):
            return Stationery(content, name)
    message = _("The stationery “{title}” has no PDF; attach one to its text block.")
    raise DomainError(message, field="file", title=part.title or part.block)


def _is_pdf(content: bytes) -> bool:
    from reports.documents.proposal.received import is_pdf

    return is_pdf(content)
