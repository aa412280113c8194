"""What goes around a quotation when it is a proposal: plain values, as people put them together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a proposal: a block of the library, or written for this one alone.

    Where both are there, the own title and text stand in the place of the block's. `files` are
    names of files attached to the quotation: pictures, or whole documents among the appendices.
    """

    block: str = ""
    title: str = ""
    text: str = ""
    files: tuple[str, ...] = ()
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """The parts in the order they are printed; prices stand between sections and product sheets."""

    cover: Part | None = None
    letter: Part | None = None
    sections: tuple[Part, ...] = ()
    product_sheets: bool = False
    """The sheets of the products that are offered."""
    terms: Part | None = None
    appendices: tuple[Part, ...] = ()
    stationery: Part | None = None
    contents: bool = True
    second_language: str = ""
    """The quotation speaks it too; "" one language alone."""
    translations: tuple[tuple[str, str], ...] = ()
    """Texts of lines and what they are called in the second language."""

    @property
    def is_bare(self) -> bool:
        """Whether nothing goes around the quotation."""
        return not (self.parts or self.product_sheets)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part that is there."""
        single = (self.cover, self.letter, self.terms, self.stationery)
        return (*(each for each in single if each), *self.sections, *self.appendices)


NOTHING = Proposal()
