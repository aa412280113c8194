"""Every colour, distance and size of the window; no other file holds a colour or pixel literal."""

from models.values.described import Described


class Tokens(Described):
    """The colours of one theme."""

    dark: bool
    ground: str
    paper: str
    line: str
    border: str
    """Of what can be typed in or pressed: three to one against paper."""
    ink: str
    soft: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_ground: str
    hover: str
    good: str
    good_ground: str
    warn: str
    warn_ground: str
    bad: str
    bad_ground: str
    info: str
    info_ground: str
    handle: str
    """Of scroll bars."""
    quiet: str
    quiet_ground: str

    def tone(self, name: str) -> tuple[str, str]:
        """Text and ground of a tone: good, warn, bad, info, quiet or accent."""
        return getattr(self, name), getattr(self, f"{name}_ground")


LIGHT = Tokens(
    dark=False,
    ground="#F6F7F8", paper="#FFFFFF", line="#E2E6EA", border="#868F99",
    ink="#17202A", soft="#5B6774",
    accent="#0F6E64", accent_hover="#0B5A52", on_accent="#FFFFFF", accent_ground="#E3F1EF",
    hover="#F1F4F5",
    good="#1B7F4B", good_ground="#EAF7F0", warn="#A84C06", warn_ground="#FDEFE1",
    bad="#B3261E", bad_ground="#FBE6E4", info="#2459A6", info_ground="#E5EDF8",
    handle="#C3CAD1", quiet="#55616D", quiet_ground="#EDF0F2",
)  # fmt: skip

DARK = Tokens(
    dark=True,
    ground="#14181C", paper="#1B2127", line="#2C343C", border="#6F7B87",
    ink="#E7ECF0", soft="#94A1AD",
    accent="#4DB6A8", accent_hover="#68C6B9", on_accent="#0C1614", accent_ground="#17332F",
    hover="#222A31",
    good="#6CC897", good_ground="#17301F", warn="#E6A15C", warn_ground="#38270F",
    bad="#EF8A80", bad_ground="#3A1C1A", info="#86B1EC", info_ground="#1A2A43",
    handle="#434E58", quiet="#A9B4BE", quiet_ground="#2A323A",
)  # fmt: skip

# Distances
TINY, SMALL, MEDIUM, LARGE, WIDE, HUGE = 4, 8, 12, 16, 24, 32
CORNER, CORNER_LARGE = 6, 8
HAIR = 1
FOCUS = 2

# Text, as parts of the system's own size
CAPTION, BODY, SECTION, TITLE = 0.85, 1.0, 1.15, 1.5
SMALLEST_POINTS = 9.75
"""Body text is never smaller, whatever the system says."""

ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)

# Rows: added to the height of the font
DENSITY = {"compact": 8, "normal": 14, "comfortable": 20}

# Pieces of the window
ICON, ICON_LARGE = 16, 32
WINDOW = (1280, 720)
WINDOW_LEAST = (1024, 640)
RAIL, RAIL_NARROW = 188, 52
STATUS = 26
"""The least height of what stands in the status bar, so that it never grows under a page."""
SEARCH_BOX = 420
PALETTE = (640, 420)
PANEL, PANEL_LEAST = 352, 280
PREVIEW, PREVIEW_LEAST = 416, 280
FORM = 1040
POPUP = 360
TOAST = 420
DIALOG = 560
LOGO = 96
COLUMN_LEAST, COLUMN_MOST = 64, 420
