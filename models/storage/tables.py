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
    Text,
    UniqueConstraint,
    text,
)

from models.storage.derived import archived_index, order_index
from models.storage.types import Moment, type_of
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
        return text("1" if field.default else "0")
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
    return [column, Column(f"{field.name}_key", Text, nullable=False, server_default="")]


def sort_column(field: Field) -> str:
    """The column a list is sorted by for this field."""
    return f"{field.name}_key" if field.folded else field.column


def _indexes(kind: RecordKind) -> list[Index]:
    """Every indexed field together with the id, so that pages can be cut anywhere."""
    usual, made = order_index(kind), []
    for each in kind.stored:
        name = f"ix_{kind.table}_{sort_column(each)}"
        more = ("archived", "search_text") if name == usual else ()
        if each.indexed:
            made.append(Index(name, sort_column(each), "id", *more))
    if usual:
        columns = (sort_column(kind[kind.title]), "id")
        only = text("archived = 1")
        made.append(Index(archived_index(kind), *columns, sqlite_where=only))
    return made


def _table(kind: RecordKind) -> Table:
    own = [column for field in kind.stored for column in _columns(field)]
    searched = [Column("search_text", Text, nullable=False, server_default="")]
    return Table(
        kind.table,
        METADATA,
        Column("id", Integer, primary_key=True),
        Column("version", Integer, nullable=False, server_default="1"),
        Column("created_at", Moment),
        Column("changed_at", Moment),
        Column("archived", Boolean(create_constraint=False), nullable=False, server_default="0"),
        *own,
        *(searched if kind.searchable else []),
        *(UniqueConstraint(each.column) for each in kind.stored if each.unique),
        *_indexes(kind),
    )


TABLES: dict[str, Table] = {kind.name: _table(kind) for kind in KINDS.values()}

SETTING = Table(
    "setting",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

NUMBER_SERIES = Table(
    "number_series",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("last", BigInteger, nullable=False, server_default="0"),
)

WRITER = Table(
    "writer",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
)
"""One row: who is writing now. Set first in each transaction, read by the audit triggers."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record_id", Integer, nullable=False),
    Column("action", Text, nullable=False),
    Column("before", Text),
    Index("ix_audit_record", "kind", "record_id", "id"),
)
"""What was before each change; what came after stands in the next entry or in the record."""

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("document", Text, nullable=False),
    Column("document_id", Integer, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("message_id", Text, nullable=False, unique=True),
    Column("archive_id", Integer, ForeignKey("archive.id")),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_error", Text, nullable=False, server_default=""),
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
    Column("document", Text, nullable=False),
    Column("document_id", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("channel", Text, nullable=False, server_default=""),
    Index("ix_archive_document", "document", "document_id", "id"),
)
"""What customers received, byte for byte; never rendered again."""

SAVED_VIEW = Table(
    "saved_view",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("maker", Text, nullable=False, server_default=""),
    Column("value", Text, nullable=False),
    UniqueConstraint("kind", "name", "owner"),
)
"""Columns, filters and order under a name; an empty owner shares it with everybody."""

PROFILE = Table(
    "mapping_profile",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
)

IMPORT_RUN = Table(
    "import_run",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("file", Text, nullable=False),
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
    Column("before", Text),
    sqlite_with_rowid=False,
)
"""What an import did to each record: nothing before means that it made it."""
