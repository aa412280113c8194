"""The tables: one for each kind of record, made from its fields, and the program's own."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)

from models.storage.search_index import archived_index, is_ordered
from models.storage.types import TEXT, Day, Moment, type_of
from models.storage.violations import spelling_index
from models.system.kinds import KINDS
from models.values.fields import SCALED_KINDS, Field, FieldKind, RecordKind
from models.values.money import SCALE

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _default(field: Field) -> Any:
    if field.default is None:
        return None
    if isinstance(field.default, bool):
        return text("TRUE" if field.default else "FALSE")
    if field.kind in SCALED_KINDS:
        return text(str(int(field.default) * SCALE))  # type: ignore[call-overload]
    return text(str(field.default)) if isinstance(field.default, int) else str(field.default)


def _columns(field: Field) -> list[Column[Any]]:
    target = [ForeignKey(f"{KINDS[field.link].table}.id")] if field.kind is FieldKind.LINK else []
    needed = field.required or (field.kind is FieldKind.BOOLEAN)
    column = Column[Any](
        field.column,
        type_of(field.kind),
        *target,
        nullable=not needed,
        server_default=_default(field),
    )
    if not field.folded:
        return [column]
    return [column, Column(f"{field.name}_key", TEXT, nullable=False, server_default="")]


def sort_column(field: Field) -> str:
    """The column a list is sorted by for this field."""
    return f"{field.name}_key" if field.folded else field.column


def _indexes(kind: RecordKind) -> list[Index]:
    """Every indexed field together with the id, so that pages can be cut anywhere."""
    made = [
        Index(f"ix_{kind.table}_{sort_column(each)}", sort_column(each), "id")
        for each in kind.stored
        if each.indexed
    ]
    if is_ordered(kind):
        columns = (sort_column(kind[kind.title]), "id")
        few, few_shared = text("archived = 1"), text("archived")
        made.append(
            Index(archived_index(kind), *columns, sqlite_where=few, postgresql_where=few_shared)
        )
    if kind.editable:
        made.append(Index(spelling_index(kind), text(f"lower({kind.key})"), unique=True))
    return made


def _table(kind: RecordKind) -> Table:
    """The table of a kind. An id is never dealt twice: a history outlives the record it is of."""
    own = [column for field in kind.stored for column in _columns(field)]
    searched = [Column("search_text", TEXT, nullable=False, server_default="")]
    return Table(
        kind.table,
        METADATA,
        Column("id", Integer, primary_key=True),
        Column("version", Integer, nullable=False, server_default="1"),
        Column("created_at", Moment),
        Column("changed_at", Moment),
        Column(
            "archived",
            Boolean(create_constraint=False),
            nullable=False,
            server_default=text("FALSE"),
        ),
        *own,
        *(searched if kind.searchable else []),
        *(UniqueConstraint(each.column) for each in kind.stored if each.unique),
        *(
            UniqueConstraint(*(kind[each].column for each in names))
            for names in kind.unique_together
        ),
        *_indexes(kind),
        sqlite_autoincrement=True,
    )


TABLES: dict[str, Table] = {kind.name: _table(kind) for kind in KINDS.values()}

SETTING = Table(
    "setting",
    METADATA,
    Column("name", TEXT, primary_key=True),
    Column("value", TEXT, nullable=False),
)

NUMBER_SERIES = Table(
    "number_series",
    METADATA,
    Column("name", TEXT, primary_key=True),
    Column("period", TEXT, primary_key=True),
    Column("last", BigInteger, nullable=False, server_default="0"),
)

WRITER = Table(
    "writer",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", TEXT, nullable=False),
    Column("station", TEXT, nullable=False, server_default=""),
    Column("tx", BigInteger, nullable=False, server_default="0"),
)
"""One row: who is writing now, from where, in which transaction; nobody between transactions."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("tx", BigInteger, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("who", TEXT, nullable=False),
    Column("station", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("record_id", Integer, nullable=False),
    Column("line", Integer),
    Column("action", TEXT, nullable=False),
    Column("changes", TEXT),
    Column("costs", TEXT),
    Index("ix_audit_record", "kind", "record_id", "id"),
)
"""What each change was, by field; see `models.storage.trail`."""

AUDIT_SEAL = Table(
    "audit_seal",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("tx", BigInteger, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("hash", TEXT, nullable=False),
    Column("marks", TEXT, nullable=False),
)
"""One row for each transaction that wrote entries; see `models.storage.chain`."""

AUDIT_HEAD = Table(
    "audit_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False, server_default="0"),
    Column("last", Integer, nullable=False, server_default="0"),
    Column("hash", TEXT, nullable=False, server_default=""),
)
"""One row: the newest seal a second time, with the last entry it holds."""

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("document", TEXT, nullable=False),
    Column("document_id", Integer, nullable=False),
    Column("recipient", TEXT, nullable=False),
    Column("subject", TEXT, nullable=False),
    Column("body", TEXT, nullable=False),
    Column("message_id", TEXT, nullable=False, unique=True),
    Column("archive_id", Integer, ForeignKey("archive.id")),
    Column("state", TEXT, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_error", TEXT, nullable=False, server_default=""),
    Column("next_at", Moment),
    Column("sent_at", Moment),
    Index("ix_outbox_state", "state", "id"),
)
"""Mail on its way: waiting, sending, sent, failed or unsure (a person decides)."""

ARCHIVE = Table(
    "archive",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("document", TEXT, nullable=False),
    Column("document_id", Integer, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("sha256", TEXT, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("channel", TEXT, nullable=False, server_default=""),
    Index("ix_archive_document", "document", "document_id", "id"),
)
"""What customers received, byte for byte; never rendered again."""

ATTACHMENT = Table(
    "attachment",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("document", TEXT, nullable=False),
    Column("document_id", Integer, nullable=False),
    Column("purpose", TEXT, nullable=False, server_default=""),
    Column("name", TEXT, nullable=False),
    Column("sha256", TEXT, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("who", TEXT, nullable=False, server_default=""),
    Index("ix_attachment_document", "document", "document_id", "id"),
)
"""Files people put to a document: a signed copy, the customer's order, a delivery note signed; and
those that proposals take in, of a product or a text block.
"""

PROPOSAL = Table(
    "proposal",
    METADATA,
    Column("quotation_id", Integer, ForeignKey("quotation.id"), primary_key=True),
    Column("changed_at", Moment, nullable=False),
    Column("who", TEXT, nullable=False, server_default=""),
    Column("value", TEXT, nullable=False),
)
"""What goes around a quotation when it is a proposal, as one JSON value."""

DELEGATION = Table(
    "delegation",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("delegate_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("since", Day, nullable=False),
    Column("until", Day, nullable=False),
    Index("ix_delegation_delegate_id", "delegate_id", "until"),
)
"""Who decides approvals in whose place, from one day to another."""

SAVED_VIEW = Table(
    "saved_view",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("owner", TEXT, nullable=False),
    Column("maker", TEXT, nullable=False, server_default=""),
    Column("value", TEXT, nullable=False),
    UniqueConstraint("kind", "name", "owner"),
)
"""Columns, filters and order under a name; an empty owner shares it with everybody."""

PROFILE = Table(
    "mapping_profile",
    METADATA,
    Column("name", TEXT, primary_key=True),
    Column("kind", TEXT, nullable=False),
    Column("value", TEXT, nullable=False),
)

IMPORT_RUN = Table(
    "import_run",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("file", TEXT, nullable=False),
    Column("created", Integer, nullable=False, server_default="0"),
    Column("updated", Integer, nullable=False, server_default="0"),
    Column("undone_at", Moment),
)

IMPORT_ROW = Table(
    "import_row",
    METADATA,
    Column("run_id", Integer, ForeignKey("import_run.id"), primary_key=True),
    Column("record_id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("before", TEXT),
    sqlite_with_rowid=False,
)
"""What an import did to each record: nothing before means that it made it."""
