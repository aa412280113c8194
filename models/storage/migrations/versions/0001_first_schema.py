"""The first schema: customers, catalogue, quotations, orders and what surrounds them."""

import sqlalchemy as sa
from alembic import op

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "archive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("channel", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive")),
    )
    op.create_index(
        "ix_archive_document", "archive", ["document", "document_id", "id"], unique=False
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tx", sa.BigInteger(), nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("station", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("changes", TEXT, nullable=True),
        sa.Column("costs", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_record", "audit", ["kind", "record_id", "id"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last", sa.Integer(), server_default="0", nullable=False),
        sa.Column("hash", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "audit_seal",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tx", sa.BigInteger(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("marks", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_seal")),
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("file", TEXT, nullable=False),
        sa.Column("created", sa.Integer(), server_default="0", nullable=False),
        sa.Column("updated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("undone_at", sa.String(27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_table(
        "mapping_profile",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mapping_profile")),
    )
    op.create_table(
        "number_series",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("period", TEXT, nullable=False),
        sa.Column("last", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("name", "period", name=op.f("pk_number_series")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("full_name", TEXT, nullable=True),
        sa.Column("full_name_key", TEXT, server_default="", nullable=False),
        sa.Column("role", TEXT, server_default="sales_support", nullable=False),
        sa.Column("team", TEXT, nullable=True),
        sa.Column("territory", TEXT, nullable=True),
        sa.Column("email", TEXT, nullable=True),
        sa.Column("phone", TEXT, nullable=True),
        sa.Column("job_title", TEXT, nullable=True),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("name", name=op.f("uq_person_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_person_archived",
        "person",
        ["full_name_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived = 1"),
        postgresql_where=sa.text("archived"),
    )
    op.create_index(
        "ix_person_full_name_key",
        "person",
        ["full_name_key", "id"],
        unique=False,
    )
    op.create_index("ix_person_name", "person", ["name", "id"], unique=False)
    op.create_table(
        "price_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_key", TEXT, server_default="", nullable=False),
        sa.Column("currency", TEXT, nullable=False),
        sa.Column("valid_from", sa.String(10), nullable=True),
        sa.Column("valid_to", sa.String(10), nullable=True),
        sa.Column("tax_included", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("notes", TEXT, nullable=True),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_list")),
        sa.UniqueConstraint("name", name=op.f("uq_price_list_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_price_list_archived",
        "price_list",
        ["name_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived = 1"),
        postgresql_where=sa.text("archived"),
    )
    op.create_index(
        "ix_price_list_name_key",
        "price_list",
        ["name_key", "id"],
        unique=False,
    )
    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("sku", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_key", TEXT, server_default="", nullable=False),
        sa.Column("name_id", TEXT, nullable=True),
        sa.Column("name_ms", TEXT, nullable=True),
        sa.Column("description", TEXT, nullable=True),
        sa.Column("unit", TEXT, server_default="unit", nullable=False),
        sa.Column("units", TEXT, nullable=True),
        sa.Column("category", TEXT, nullable=True),
        sa.Column("category_key", TEXT, server_default="", nullable=False),
        sa.Column("list_price", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("currency", TEXT, nullable=True),
        sa.Column("tax_class", TEXT, server_default="standard", nullable=True),
        sa.Column("stocked", sa.Boolean(), server_default=sa.text("TRUE"), nullable=False),
        sa.Column("stock", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("reserved", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("barcode", TEXT, nullable=True),
        sa.Column("picture", sa.LargeBinary(), nullable=True),
        sa.Column("notes", TEXT, nullable=True),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("sku", name=op.f("uq_product_sku")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_product_archived",
        "product",
        ["name_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived = 1"),
        postgresql_where=sa.text("archived"),
    )
    op.create_index("ix_product_category_key", "product", ["category_key", "id"], unique=False)
    op.create_index("ix_product_list_price", "product", ["list_price", "id"], unique=False)
    op.create_index(
        "ix_product_name_key",
        "product",
        ["name_key", "id"],
        unique=False,
    )
    op.create_index("ix_product_sku", "product", ["sku", "id"], unique=False)
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("maker", TEXT, server_default="", nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("kind", "name", "owner", name=op.f("uq_saved_view_kind_name_owner")),
    )
    op.create_table(
        "setting",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "tax",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_key", TEXT, server_default="", nullable=False),
        sa.Column("country", TEXT, nullable=True),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("included", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("base_numerator", sa.BigInteger(), server_default=sa.text("1"), nullable=True),
        sa.Column("base_denominator", sa.BigInteger(), server_default=sa.text("1"), nullable=True),
        sa.Column("base_label", TEXT, nullable=True),
        sa.Column("notes", TEXT, nullable=True),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax")),
        sa.UniqueConstraint("code", name=op.f("uq_tax_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_tax_archived",
        "tax",
        ["name_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived = 1"),
        postgresql_where=sa.text("archived"),
    )
    op.create_index("ix_tax_code", "tax", ["code", "id"], unique=False)
    op.create_index("ix_tax_name_key", "tax", ["name_key", "id"], unique=False)
    op.create_table(
        "writer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("station", TEXT, server_default="", nullable=False),
        sa.Column("tx", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writer")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_key", TEXT, server_default="", nullable=False),
        sa.Column("legal_form", TEXT, nullable=True),
        sa.Column("tax_number", TEXT, nullable=True),
        sa.Column("address", TEXT, nullable=True),
        sa.Column("city", TEXT, nullable=True),
        sa.Column("city_key", TEXT, server_default="", nullable=False),
        sa.Column("province", TEXT, nullable=True),
        sa.Column("postcode", TEXT, nullable=True),
        sa.Column("country", TEXT, nullable=True),
        sa.Column("delivery_address", TEXT, nullable=True),
        sa.Column("phone", TEXT, nullable=True),
        sa.Column("phone_e164", TEXT, nullable=True),
        sa.Column("email", TEXT, nullable=True),
        sa.Column("currency", TEXT, nullable=True),
        sa.Column("price_list_id", sa.Integer(), nullable=True),
        sa.Column("payment_term", TEXT, nullable=True),
        sa.Column("credit_limit", sa.BigInteger(), nullable=True),
        sa.Column("language", TEXT, nullable=True),
        sa.Column("tax_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("territory", TEXT, nullable=True),
        sa.Column("tags", TEXT, nullable=True),
        sa.Column("notes", TEXT, nullable=True),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_account_owner_id")),
        sa.ForeignKeyConstraint(
            ["price_list_id"], ["price_list.id"], name=op.f("fk_account_price_list_id")
        ),
        sa.ForeignKeyConstraint(["tax_id"], ["tax.id"], name=op.f("fk_account_tax_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("code", name=op.f("uq_account_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_account_archived",
        "account",
        ["name_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived = 1"),
        postgresql_where=sa.text("archived"),
    )
    op.create_index("ix_account_city_key", "account", ["city_key", "id"], unique=False)
    op.create_index("ix_account_code", "account", ["code", "id"], unique=False)
    op.create_index("ix_account_country", "account", ["country", "id"], unique=False)
    op.create_index("ix_account_credit_limit", "account", ["credit_limit", "id"], unique=False)
    op.create_index(
        "ix_account_name_key",
        "account",
        ["name_key", "id"],
        unique=False,
    )
    op.create_index("ix_account_owner_id", "account", ["owner_id", "id"], unique=False)
    op.create_index("ix_account_territory", "account", ["territory", "id"], unique=False)
    op.create_table(
        "import_row",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", TEXT, nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_import_row_run_id")),
        sa.PrimaryKeyConstraint("run_id", "record_id", name=op.f("pk_import_row")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("recipient", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("message_id", TEXT, nullable=False),
        sa.Column("archive_id", sa.Integer(), nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", TEXT, server_default="", nullable=False),
        sa.Column("next_at", sa.String(27), nullable=True),
        sa.Column("sent_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(["archive_id"], ["archive.id"], name=op.f("fk_outbox_archive_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
    )
    op.create_index("ix_outbox_state", "outbox", ["state", "id"], unique=False)
    op.create_table(
        "price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("code", TEXT, nullable=True),
        sa.Column("price_list_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("category", TEXT, nullable=True),
        sa.Column("minimum_quantity", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("valid_from", sa.String(10), nullable=True),
        sa.Column("valid_to", sa.String(10), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("discount_percent", sa.BigInteger(), nullable=True),
        sa.Column("formula", TEXT, nullable=True),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["price_list_id"], ["price_list.id"], name=op.f("fk_price_price_list_id")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_price_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price")),
        sa.UniqueConstraint("code", name=op.f("uq_price_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_price_code", "price", ["code", "id"], unique=False)
    op.create_index("ix_price_price_list_id", "price", ["price_list_id", "id"], unique=False)
    op.create_index("ix_price_product_id", "price", ["product_id", "id"], unique=False)
    op.create_table(
        "tax_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("code", TEXT, nullable=True),
        sa.Column("tax_id", sa.Integer(), nullable=False),
        sa.Column("tax_class", TEXT, server_default="standard", nullable=False),
        sa.Column("valid_from", sa.String(10), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.Column("source", TEXT, nullable=True),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.ForeignKeyConstraint(["tax_id"], ["tax.id"], name=op.f("fk_tax_rate_tax_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_rate")),
        sa.UniqueConstraint("code", name=op.f("uq_tax_rate_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tax_rate_code", "tax_rate", ["code", "id"], unique=False)
    op.create_index("ix_tax_rate_tax_id", "tax_rate", ["tax_id", "id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("code", TEXT, nullable=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_key", TEXT, server_default="", nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("role", TEXT, nullable=True),
        sa.Column("phone", TEXT, nullable=True),
        sa.Column("phone_e164", TEXT, nullable=True),
        sa.Column("email", TEXT, nullable=True),
        sa.Column("birthday", sa.String(10), nullable=True),
        sa.Column("language", TEXT, nullable=True),
        sa.Column("notes", TEXT, nullable=True),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_contact_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("code", name=op.f("uq_contact_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_account_id", "contact", ["account_id", "id"], unique=False)
    op.create_index(
        "ix_contact_archived",
        "contact",
        ["name_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived = 1"),
        postgresql_where=sa.text("archived"),
    )
    op.create_index(
        "ix_contact_name_key",
        "contact",
        ["name_key", "id"],
        unique=False,
    )
    op.create_table(
        "quotation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("number", TEXT, nullable=True),
        sa.Column("revision", sa.BigInteger(), server_default=sa.text("1"), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("date", sa.String(10), nullable=False),
        sa.Column("valid_until", sa.String(10), nullable=True),
        sa.Column("reference", TEXT, nullable=True),
        sa.Column("subject", TEXT, nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("currency", TEXT, nullable=False),
        sa.Column("price_list_id", sa.Integer(), nullable=True),
        sa.Column("language", TEXT, server_default="en", nullable=True),
        sa.Column("tax_id", sa.Integer(), nullable=True),
        sa.Column("payment_term", TEXT, nullable=True),
        sa.Column("delivery_term", TEXT, nullable=True),
        sa.Column("discount_percent", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("discount_amount", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("line_decimals", sa.BigInteger(), nullable=True),
        sa.Column("opening", TEXT, nullable=True),
        sa.Column("terms", TEXT, nullable=True),
        sa.Column("closing", TEXT, nullable=True),
        sa.Column("notes", TEXT, nullable=True),
        sa.Column("subtotal", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("discount", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("tax_base", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("tax_amount", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("rounding", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("total", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("cost_total", sa.BigInteger(), nullable=True),
        sa.Column("frozen", TEXT, nullable=True),
        sa.Column("stored_state", TEXT, server_default="draft", nullable=True),
        sa.Column("sent_at", sa.String(27), nullable=True),
        sa.Column("decided_at", sa.String(27), nullable=True),
        sa.Column("decision_note", TEXT, nullable=True),
        sa.Column("first_id", sa.Integer(), nullable=True),
        sa.Column("revision_note", TEXT, nullable=True),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_quotation_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_quotation_contact_id")
        ),
        sa.ForeignKeyConstraint(["first_id"], ["quotation.id"], name=op.f("fk_quotation_first_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_quotation_owner_id")),
        sa.ForeignKeyConstraint(
            ["price_list_id"], ["price_list.id"], name=op.f("fk_quotation_price_list_id")
        ),
        sa.ForeignKeyConstraint(["tax_id"], ["tax.id"], name=op.f("fk_quotation_tax_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotation")),
        sa.UniqueConstraint("number", name=op.f("uq_quotation_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_quotation_account_id", "quotation", ["account_id", "id"], unique=False)
    op.create_index("ix_quotation_date", "quotation", ["date", "id"], unique=False)
    op.create_index("ix_quotation_first_id", "quotation", ["first_id", "id"], unique=False)
    op.create_index("ix_quotation_number", "quotation", ["number", "id"], unique=False)
    op.create_index("ix_quotation_owner_id", "quotation", ["owner_id", "id"], unique=False)
    op.create_index("ix_quotation_stored_state", "quotation", ["stored_state", "id"], unique=False)
    op.create_index("ix_quotation_total", "quotation", ["total", "id"], unique=False)
    op.create_index("ix_quotation_valid_until", "quotation", ["valid_until", "id"], unique=False)
    op.create_table(
        "quotation_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("quotation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", TEXT, server_default="product", nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("sku", TEXT, nullable=True),
        sa.Column("description", TEXT, nullable=True),
        sa.Column("detail", TEXT, nullable=True),
        sa.Column("quantity", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("factor", sa.BigInteger(), server_default=sa.text("10000"), nullable=True),
        sa.Column("unit_price", sa.BigInteger(), nullable=True),
        sa.Column("pinned", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("price_reason", TEXT, nullable=True),
        sa.Column("discount_percent", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("discount_amount", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("tax_class", TEXT, server_default="standard", nullable=True),
        sa.Column("optional", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("net", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("tax_amount", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_quotation_line_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["quotation_id"], ["quotation.id"], name=op.f("fk_quotation_line_quotation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotation_line")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_quotation_line_product_id", "quotation_line", ["product_id", "id"], unique=False
    )
    op.create_index(
        "ix_quotation_line_quotation_id", "quotation_line", ["quotation_id", "id"], unique=False
    )
    op.create_table(
        "sales_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("number", TEXT, nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("date", sa.String(10), nullable=False),
        sa.Column("reference", TEXT, nullable=True),
        sa.Column("subject", TEXT, nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("currency", TEXT, nullable=False),
        sa.Column("price_list_id", sa.Integer(), nullable=True),
        sa.Column("language", TEXT, server_default="en", nullable=True),
        sa.Column("tax_id", sa.Integer(), nullable=True),
        sa.Column("payment_term", TEXT, nullable=True),
        sa.Column("delivery_term", TEXT, nullable=True),
        sa.Column("discount_percent", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("discount_amount", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("line_decimals", sa.BigInteger(), nullable=True),
        sa.Column("opening", TEXT, nullable=True),
        sa.Column("terms", TEXT, nullable=True),
        sa.Column("closing", TEXT, nullable=True),
        sa.Column("notes", TEXT, nullable=True),
        sa.Column("subtotal", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("discount", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("tax_base", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("tax_amount", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("rounding", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("total", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("cost_total", sa.BigInteger(), nullable=True),
        sa.Column("frozen", TEXT, nullable=True),
        sa.Column("quotation_id", sa.Integer(), nullable=True),
        sa.Column("required_date", sa.String(10), nullable=True),
        sa.Column("state", TEXT, server_default="draft", nullable=True),
        sa.Column("confirmed_at", sa.String(27), nullable=True),
        sa.Column("imported", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sales_order_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_sales_order_contact_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_sales_order_owner_id")),
        sa.ForeignKeyConstraint(
            ["price_list_id"], ["price_list.id"], name=op.f("fk_sales_order_price_list_id")
        ),
        sa.ForeignKeyConstraint(
            ["quotation_id"], ["quotation.id"], name=op.f("fk_sales_order_quotation_id")
        ),
        sa.ForeignKeyConstraint(["tax_id"], ["tax.id"], name=op.f("fk_sales_order_tax_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_order")),
        sa.UniqueConstraint("number", name=op.f("uq_sales_order_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sales_order_account_id", "sales_order", ["account_id", "id"], unique=False)
    op.create_index("ix_sales_order_date", "sales_order", ["date", "id"], unique=False)
    op.create_index("ix_sales_order_number", "sales_order", ["number", "id"], unique=False)
    op.create_index("ix_sales_order_owner_id", "sales_order", ["owner_id", "id"], unique=False)
    op.create_index(
        "ix_sales_order_quotation_id", "sales_order", ["quotation_id", "id"], unique=False
    )
    op.create_index("ix_sales_order_state", "sales_order", ["state", "id"], unique=False)
    op.create_index("ix_sales_order_total", "sales_order", ["total", "id"], unique=False)
    op.create_table(
        "sales_order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", TEXT, server_default="product", nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("sku", TEXT, nullable=True),
        sa.Column("description", TEXT, nullable=True),
        sa.Column("detail", TEXT, nullable=True),
        sa.Column("quantity", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("factor", sa.BigInteger(), server_default=sa.text("10000"), nullable=True),
        sa.Column("unit_price", sa.BigInteger(), nullable=True),
        sa.Column("pinned", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("price_reason", TEXT, nullable=True),
        sa.Column("discount_percent", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("discount_amount", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("tax_class", TEXT, server_default="standard", nullable=True),
        sa.Column("optional", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("net", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("tax_amount", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("reserved", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("delivered", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"], ["sales_order.id"], name=op.f("fk_sales_order_line_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_sales_order_line_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_order_line")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_sales_order_line_order_id", "sales_order_line", ["order_id", "id"], unique=False
    )
    op.create_index(
        "ix_sales_order_line_product_id", "sales_order_line", ["product_id", "id"], unique=False
    )
    for table, key in (
        ("account", "code"), ("contact", "code"), ("person", "name"), ("price", "code"),
        ("price_list", "name"), ("product", "sku"), ("tax", "code"), ("tax_rate", "code"),
    ):  # fmt: skip
        op.create_index(f"uq_{table}_{key}_lower", table, [sa.text(f"lower({key})")], unique=True)
