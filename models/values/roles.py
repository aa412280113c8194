"""The roles a person may have."""

from resources.languages import marked as _

ROLES = (
    ("sales_support", _("Sales support")),
    ("account_manager", _("Account manager")),
    ("inside_sales", _("Inside sales")),
    ("pre_sales", _("Pre-sales")),
    ("sales_manager", _("Sales manager")),
    ("director", _("Director")),
    ("finance", _("Finance")),
    ("administrator", _("Administrator")),
    ("read_only", _("Read only")),
)
"""Name and label of each role."""
