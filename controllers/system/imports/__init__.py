"""Files become records: read, map, understand, match, preview, write, and take back."""

from controllers.system.imports.importing import Request, import_file
from controllers.system.imports.outcome import Outcome
from controllers.system.imports.previewing import Preview, possible_fields, preview, save_rejected
from controllers.system.imports.profiles import profile, profiles, save_profile
from controllers.system.imports.undoing import ImportRun, history, undo

__all__ = [
    "ImportRun",
    "Outcome",
    "Preview",
    "Request",
    "history",
    "import_file",
    "possible_fields",
    "preview",
    "profile",
    "profiles",
    "save_profile",
    "save_rejected",
    "undo",
]
