"""Files become records: read, map, understand, match, preview, write, and take back."""

from controllers.system.imports.importing import (
    Request,
    import_file,
    profiles,
    save_profile,
    undo,
)
from controllers.system.imports.outcome import Outcome

__all__ = ["Outcome", "Request", "import_file", "profiles", "save_profile", "undo"]
