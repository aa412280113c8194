"""The connection page as a workspace of the window."""

from controllers.system.opening import is_shared
from ui.kit.desk import Desk
from ui.shell.connection.page import ConnectionPage


class ConnectionHome(ConnectionPage):
    """Opens another database in the place of the present one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        url = desk.app.database.url
        if is_shared(url):
            self.show_place(url)
