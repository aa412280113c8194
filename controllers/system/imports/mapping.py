"""Which column means which field: by name, by label in any language, by alias, or as told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from controllers.system.imports.sources import Source
from models.system.kinds import LINES
from models.values.errors import DomainError
from models.values.fields import Field, FieldKind, RecordKind
from models.values.folding import letters
from models.values.formatting import Style
from models.values.parsing import parse
from resources.languages import LANGUAGES, translator
from resources.languages import marked as _

FRACTION = "discount_fraction"
"""A discount written as 0.15 for 15 %."""


PAID_OUT, SIDE, TRANSACTION = "paid_out", "side", "transaction"

_OF_A_STATEMENT = {
    PAID_OUT: Field(PAID_OUT, _("Money out"), FieldKind.MONEY,
                    aliases=("debit", "debet", "withdrawal", "mutasi debet", "keluar")),
    SIDE: Field(SIDE, _("In or out"), help=_("CR or DB, as banks write it."),
                aliases=("db/cr", "cr/db", "d/c", "dr/cr", "d/k")),
    TRANSACTION: Field(TRANSACTION, _("Bank reference"),
                       aliases=("reference number", "ref no", "no ref", "no referensi",
                                "transaction id", "no rujukan")),
}  # fmt: skip
"""What a bank writes of a line beside the fields of a payment."""

_MONEY_IN = ("credit", "kredit", "deposit", "mutasi kredit", "masuk", "nominal")

DOCUMENT = "document_"
"""Begins the name of a head's field where the lines have one of the same name."""


@dataclass(frozen=True)
class Plan:
    """How a file is read: column by field, fixed values, and how figures and days are written."""

    columns: dict[str, int]
    """Field name to the column's place."""
    fixed: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    """By field, what a text in the file stands for."""
    key: str = ""
    decimals: str = ""
    dates: str = ""
    unmapped: tuple[str, ...] = ()


def importable_fields(kind: RecordKind) -> dict[str, Field]:
    """The fields of a file of this kind; a document's head and lines together."""
    heads = [each for each in kind.fields if each.importable]
    lines = LINES[kind.name].fields[1:] if kind.name in LINES else ()
    found = {each.name: each for each in (*heads, *lines) if each.importable}
    found |= {
        (name := f"{DOCUMENT}{each.name}"): each._replace(name=name, aliases=())
        for each in heads
        if found[each.name] is not each
    }
    if "discount_percent" in found:
        found[FRACTION] = Field(FRACTION, _("Discount as a fraction"), FieldKind.QUANTITY)
    if kind.name == "payment":
        found["amount"] = found["amount"]._replace(aliases=_MONEY_IN)
        found |= _OF_A_STATEMENT
    return found


def plan(
    kind: RecordKind,
    headings: Sequence[str],
    told: Mapping[str, str],
    fixed: Mapping[str, str],
    profile: Mapping[str, Any],
) -> Plan:
    """The plan for these headings; what is told goes before the profile, and that before names.

    `told` and ``profile["map"]`` go from heading to field; "" or "-" leaves a column out.
    Raises DomainError for columns, fields and clashes that cannot be.
    """
    fields = importable_fields(kind)
    wanted = {**profile.get("map", {}), **told}
    fixed = {**profile.get("set", {}), **fixed}
    for name in fixed:
        _known(kind, fields, name)
    columns: dict[str, int] = {}
    for heading, name in wanted.items():
        if heading not in headings and heading in told:
            message = _("The file has no column “{heading}”; it has {headings}.")
            raise DomainError(message, heading=heading, headings=", ".join(headings))
        if heading in headings and name not in ("", "-"):
            _known(kind, fields, name)
            _claim(columns, name, headings.index(heading), headings)
    _by_names(fields, headings, wanted, columns, set(fixed))
    used = set(columns.values())
    return Plan(
        columns=columns,
        fixed=dict(fixed),
        values={name: dict(each) for name, each in profile.get("values", {}).items()},
        key=profile.get("key", ""),
        decimals=profile.get("decimals", ""),
        dates=profile.get("dates", ""),
        unmapped=tuple(each for at, each in enumerate(headings) if at not in used),
    )


def check_key(kind: RecordKind, key: str) -> None:
    """Raise DomainError for a key that cannot find records; documents have their number only."""
    known = ("number",) if kind.name in LINES else tuple(importable_fields(kind))
    if key and key not in known:
        message = _("“{key}” cannot find records; choose --key from {known}.")
        raise DomainError(message, field="key", key=key, known=", ".join(known))


def without_misfits(kind: RecordKind, plan: Plan, source: Source, told: Collection[str]) -> Plan:
    """The plan without columns that only their name speaks for: no cell is one of the choices.

    So the state of an address is not taken for the state of an order.
    """
    fields = importable_fields(kind)
    misfits = {
        name: at
        for name, at in plan.columns.items()
        if fields[name].choices and source.headings[at] not in told and name not in plan.values
        and not _any_fits(fields[name], {row[at] for row in source.rows})
    }  # fmt: skip
    return replace(
        plan,
        columns={name: at for name, at in plan.columns.items() if name not in misfits},
        unmapped=(*plan.unmapped, *(source.headings[at] for at in misfits.values())),
    )


def _any_fits(field: Field, cells: Collection[Any]) -> bool:
    """Whether a cell is one of the choices, or there is nothing to go by."""
    texts = [str(each) for each in cells if each not in (None, "")]
    return not texts or any(_fits(field, text) for text in texts)


def _fits(field: Field, text: str) -> bool:
    try:
        parse(field, text, Style())
    except DomainError:
        return False
    return True


def _claim(columns: dict[str, int], name: str, at: int, headings: Sequence[str]) -> None:
    if name in columns:
        raise DomainError(
            _("Columns “{first}” and “{second}” are both mapped to {name}; choose one."),
            first=headings[columns[name]],
            second=headings[at],
            name=name,
        )
    columns[name] = at


def _by_names(
    fields: Mapping[str, Field],
    headings: Sequence[str],
    wanted: Mapping[str, str],
    columns: dict[str, int],
    fixed: set[str],
) -> None:
    """Map the headings nobody spoke of: exact names first, then labels, then aliases."""
    free = {letters(each): at for at, each in reversed(list(enumerate(headings)))
            if each not in wanted}  # fmt: skip
    for names in (_names, _labels, _aliases):
        for field_name, each in fields.items():
            if field_name in columns or field_name in fixed:
                continue
            match = next((letter for letter in names(each) if letter in free), None)
            if match is not None:
                columns[field_name] = free.pop(match)


def _names(each: Field) -> list[str]:
    return [letters(each.name)]


def _labels(each: Field) -> list[str]:
    return [letters(translator(language)(each.label)) for language in LANGUAGES]


def _aliases(each: Field) -> list[str]:
    return [letters(alias) for alias in each.aliases]


def _known(kind: RecordKind, fields: Mapping[str, Field], name: str) -> None:
    if name not in fields:
        raise DomainError(
            _("{kind} has no field “{name}” to import; there are {known}."),
            kind=kind.label,
            name=name,
            known=", ".join(fields),
        )
