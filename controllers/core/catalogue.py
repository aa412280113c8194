"""The field catalogue of every kind of record, for those above who may not see the entities."""

from models.system.kinds import KINDS, LINES, kind_of

__all__ = ["KINDS", "LINES", "kind_of"]
