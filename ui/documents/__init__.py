"""Quotations and orders, deliveries, invoices and payments: their editors and pages."""


def register() -> None:
    """Show every document in a page of its own."""
    from ui.documents.delivery_page import DeliveryPage
    from ui.documents.invoice_page import InvoicePage
    from ui.documents.new_payment import payment_page
    from ui.documents.order_page import OrderPage
    from ui.documents.quotation_page import QuotationPage
    from ui.shell import pages

    pages.register("quotation", QuotationPage)
    pages.register("order", OrderPage, makes_new=False)
    pages.register("delivery", DeliveryPage, makes_new=False)
    pages.register("invoice", InvoicePage, makes_new=False)
    pages.register("payment", payment_page)
