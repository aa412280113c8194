"""What lies over a received page: filled fields and remarks as drawings, and links into the web."""

from collections.abc import Iterator
from typing import Any, Final

from pypdf.generic import DictionaryObject, NumberObject, StreamObject

from reports.documents.proposal.entries import entry

Matrix = tuple[float, ...]

_SAME: Final = tuple(map(NumberObject, (1, 0, 0, 1, 0, 0)))
_UNSEEN: Final = 2 | 32
"""The flags hidden and no-view of an annotation (PDF 32000-1, 12.5.3)."""


def appearances(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """Each visible remark as its form and the matrix that puts it in place (12.5.5)."""
    for remark in _annotations(page):
        is_unseen = int(entry(remark, "/F", 0)) & _UNSEEN
        if is_unseen or entry(remark, "/Subtype") in ("/Link", "/Popup"):
            continue
        form, rectangle = _normal(remark), entry(remark, "/Rect")
        if isinstance(form, StreamObject) and rectangle:
            matrix = _placing(form, _numbers(rectangle))
            if matrix is not None:
                yield form.indirect_reference, matrix


def web_links(page: Any) -> Iterator[tuple[list[float], str]]:
    """Rectangles and addresses of the links that lead into the web or to a mail program."""
    for remark in _annotations(page):
        address, rectangle = entry(entry(remark, "/A"), "/URI"), entry(remark, "/Rect")
        if entry(remark, "/Subtype") != "/Link" or not rectangle:
            continue
        if str(address).lower().startswith(("https://", "http://", "mailto:")):
            yield _numbers(rectangle), str(address)


def _annotations(page: Any) -> Iterator[DictionaryObject]:
    for remark in entry(page, "/Annots", ()):
        found = remark.get_object()
        if isinstance(found, DictionaryObject):
            yield found


def _normal(remark: DictionaryObject) -> Any:
    """The appearance a remark has when nobody touches it, in the state it is in."""
    normal = entry(entry(remark, "/AP"), "/N")
    if isinstance(normal, StreamObject):
        return normal
    return entry(normal, entry(remark, "/AS", "/Off"))


def _placing(form: StreamObject, rectangle: list[float]) -> Matrix | None:
    """The form's box, as its own matrix leaves it, moved and stretched into the rectangle."""
    a, b, c, d, e, f = _numbers(entry(form, "/Matrix", _SAME))
    left, bottom, right, top = _numbers(form["/BBox"])
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    width, height = max(across) - min(across), max(up) - min(up)
    if not width or not height:
        return None
    x, other_x = sorted((rectangle[0], rectangle[2]))
    y, other_y = sorted((rectangle[1], rectangle[3]))
    wide, tall = (other_x - x) / width, (other_y - y) / height
    return wide, 0, 0, tall, x - min(across) * wide, y - min(up) * tall


def _numbers(values: Any) -> list[float]:
    return [float(value.get_object()) for value in values]
