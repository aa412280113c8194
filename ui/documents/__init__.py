"""Quotations and orders: the editor and its pages."""


def register() -> None:
    """Show quotations and orders in their own pages."""
    from ui.documents.order_page import OrderPage
    from ui.documents.quotation_page import QuotationPage
    from ui.shell import pages

    pages.register("quotation", QuotationPage)
    pages.register("order", OrderPage, makes_new=False)
