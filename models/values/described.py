"""A record that describes something once and never changes, made when the program starts."""

from typing import Any, dataclass_transform


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False)
class Described:
    """Takes the parts its class describes by their names, as a dataclass does; that one, as a named
    tuple, would be compiled whenever the program starts."""

    def __init__(self, **parts: Any) -> None:
        self.__dict__.update(parts)
