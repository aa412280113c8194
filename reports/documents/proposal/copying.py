"""Objects of one PDF file copied into another, each once, in the same order every time."""

from typing import Any, Final

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
)

from reports.documents.proposal.entries import entry

_LEFT: Final = {
    "/StructParent", "/StructParents", "/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/Ref",
}  # fmt: skip
"""What a drawing says besides what it shows; it leads to the rest of its file, or to others."""

_TREE: Final = ("/Page", "/Pages", "/Catalog")


class Copier:
    """Copies into one writer. What two pages of a file share is shared in the copy as well."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._readers: dict[int, Any] = {}
        self._known: dict[tuple[int, int, int], IndirectObject] = {}
        self._waiting: list[tuple[IndirectObject, IndirectObject]] = []

    def add(self, made: Any) -> IndirectObject:
        """Put an object made here into the file; answers the reference to it."""
        return self._writer._add_object(made)

    def copy(self, value: Any) -> Any:
        """A value with everything it leads to, ready to be put into the writer's file."""
        copied = self._copied(value)
        while self._waiting:
            place, source = self._waiting.pop()
            found = self._copied(source.get_object())
            found.indirect_reference = place
            self._writer._objects[place.idnum - 1] = found
        return copied

    def stream(self, source: StreamObject) -> StreamObject:
        """A stream as it is packed, without being opened."""
        copied = type(source)()
        copied._data = source._data
        copied.update(self.copy(_entries(source)))
        return copied

    def layers(self) -> DictionaryObject | None:
        """The layers that were copied, those off that their own files have off (8.11.4)."""
        shown, off = ArrayObject(), ArrayObject()
        for reader in self._readers.values():
            settings = entry(reader.root_object, "/OCProperties")
            usual = entry(settings, "/D")
            ours = [group for group in entry(settings, "/OCGs", ()) if _key(group) in self._known]
            hidden = set(map(_key, entry(usual, "/OFF", ())))
            if entry(usual, "/BaseState") == "/OFF":
                hidden |= set(map(_key, ours)) - set(map(_key, entry(usual, "/ON", ())))
            shown += [self._known[_key(group)] for group in ours]
            off += [self._known[_key(group)] for group in ours if _key(group) in hidden]
        if not shown:
            return None
        state = DictionaryObject({NameObject("/OFF"): off})
        return DictionaryObject({NameObject("/OCGs"): shown, NameObject("/D"): state})

    def _copied(self, value: Any) -> Any:
        if isinstance(value, IndirectObject):
            return self._reference(value)
        if isinstance(value, StreamObject):
            copied = type(value)()
            copied._data = value._data
            copied.update(self._entries(_entries(value)))
            return copied
        if isinstance(value, DictionaryObject):
            return NullObject() if entry(value, "/Type") in _TREE else self._entries(value)
        if isinstance(value, ArrayObject):
            return ArrayObject([self._copied(each) for each in value])
        return NullObject() if value is None else value

    def _entries(self, found: DictionaryObject) -> DictionaryObject:
        return DictionaryObject({name: self._copied(found.raw_get(name)) for name in found})

    def _reference(self, source: IndirectObject) -> IndirectObject:
        key = _key(source)
        if key not in self._known:
            self._readers[id(source.pdf)] = source.pdf
            self._known[key] = self.add(NullObject())
            self._waiting.append((self._known[key], source))
        return self._known[key]


def _key(source: IndirectObject) -> tuple[int, int, int]:
    return id(source.pdf), source.idnum, source.generation


def _entries(stream: StreamObject) -> DictionaryObject:
    kept = (name for name in stream if name not in _LEFT)
    return DictionaryObject({name: stream.raw_get(name) for name in kept})
