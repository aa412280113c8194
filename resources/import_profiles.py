"""Mapping profiles that come with the program, for the sample business many people know."""

from typing import Any

DELIVERED: dict[str, dict[str, Any]] = {
    "northwind-employees": {
        "kind": "user",
        "map": {"EmployeeID": "name", "LastName": "full_name", "HomePhone": "phone",
                "Title": "job_title"},
        "set": {"role": "account_manager"},
    },
    "northwind-customers": {
        "kind": "account",
        "map": {"CustomerID": "code", "CompanyName": "name", "Region": "province",
                "PostalCode": "postcode", "ContactName": "-", "ContactTitle": "-", "Fax": "-"},
    },
    "northwind-contacts": {
        "kind": "contact",
        "map": {"CustomerID": "account", "ContactName": "name", "ContactTitle": "role",
                "CompanyName": "-", "Address": "-"},
    },
    "northwind-products": {
        "kind": "product",
        "map": {"ProductID": "sku", "ProductName": "name", "QuantityPerUnit": "description",
                "CategoryID": "category", "UnitPrice": "list_price", "UnitsInStock": "stock",
                "SupplierID": "-"},
        "values": {
            "category": {
                "1": "Beverages", "2": "Condiments", "3": "Confections", "4": "Dairy Products",
                "5": "Grains/Cereals", "6": "Meat/Poultry", "7": "Produce", "8": "Seafood",
            },
        },
    },
    "northwind-orders": {
        "kind": "order",
        "map": {"OrderID": "number", "CustomerID": "account", "EmployeeID": "owner",
                "OrderDate": "date", "RequiredDate": "required_date", "ProductID": "product",
                "UnitPrice": "unit_price", "Quantity": "quantity",
                "Discount": "discount_fraction"},
    },
}  # fmt: skip
