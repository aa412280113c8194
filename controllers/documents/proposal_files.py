"""Files that go into proposals: looked through when they are put there, refused in one sentence."""

from collections.abc import Callable
from typing import TypeVar

from models.values.errors import DomainError
from resources.languages import marked as _

T = TypeVar("T")

_PDF = {
    "encrypted": _("{name} is protected by a password; save it without one and attach it again."),
    "unreadable": _("{name} is not a readable PDF file; save it anew and attach it again."),
    "active": _("{name} contains a script or another action that starts by itself; print it into "
                "a new PDF and attach that."),
    "embedded": _("{name} carries other files, sound or film; print it into a new PDF and attach "
                  "that."),
    "empty": _("{name} has no pages; attach another file."),
}  # fmt: skip
_PICTURE = {
    "unreadable": _("{name} is neither a PDF nor a readable PNG or JPEG picture; attach another "
                    "file."),
    "too large": _("{name} has {megapixels} megapixels; make it smaller than {most}."),
}  # fmt: skip


def check(name: str, content: bytes) -> None:
    """Raise DomainError where a file cannot be printed in a proposal; says why and what helps."""
    from reports.documents.proposal.received import is_pdf, received_pages
    from reports.kit.pictures import picture_from

    if is_pdf(content):
        told(lambda: received_pages(content, name))
    else:
        told(lambda: picture_from(content, name))


def told(work: Callable[[], T]) -> T:
    """The answer of what prints; what a file is refused for becomes a sentence for people."""
    from reports.documents.proposal.received import AppendixProblem
    from reports.kit.pictures import LARGEST, PictureProblem

    try:
        return work()
    except AppendixProblem as error:
        raise DomainError(_PDF[error.reason], field="file", name=error.name) from error
    except PictureProblem as error:
        raise DomainError(
            _PICTURE[error.reason], field="file", name=error.name, megapixels=error.megapixels,
            most=LARGEST,
        ) from error  # fmt: skip
