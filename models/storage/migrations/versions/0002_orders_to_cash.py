"""Stock by moves, deliveries, invoices, payments, approvals, contracts and templates."""

import sqlalchemy as sa
from alembic import op

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables and columns, and book what is in stock as its opening."""
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("purpose", TEXT, server_default="", nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("who", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(
        "ix_attachment_document", "attachment", ["document", "document_id", "id"], unique=False
    )
    op.create_table(
        "template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_key", TEXT, server_default="", nullable=False),
        sa.Column("subject", TEXT, nullable=True),
        sa.Column("language", TEXT, nullable=True),
        sa.Column("content", TEXT, nullable=False),
        sa.Column("section", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template")),
        sa.UniqueConstraint("name", name=op.f("uq_template_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_template_archived",
        "template",
        ["name_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived = 1"),
        postgresql_where=sa.text("archived"),
    )
    op.create_index("ix_template_name_key", "template", ["name_key", "id"], unique=False)
    op.create_table(
        "text_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("title_key", TEXT, server_default="", nullable=False),
        sa.Column("purpose", TEXT, server_default="section", nullable=False),
        sa.Column("language", TEXT, server_default="en", nullable=False),
        sa.Column("text", TEXT, nullable=True),
        sa.Column("picture", sa.LargeBinary(), nullable=True),
        sa.Column("notes", TEXT, nullable=True),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_block")),
        sa.UniqueConstraint("code", name=op.f("uq_text_block_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_text_block_archived",
        "text_block",
        ["title_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived = 1"),
        postgresql_where=sa.text("archived"),
    )
    op.create_index("ix_text_block_code", "text_block", ["code", "id"], unique=False)
    op.create_index("ix_text_block_title_key", "text_block", ["title_key", "id"], unique=False)
    op.create_table(
        "warehouse",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_key", TEXT, server_default="", nullable=False),
        sa.Column("address", TEXT, nullable=True),
        sa.Column("notes", TEXT, nullable=True),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warehouse")),
        sa.UniqueConstraint("code", name=op.f("uq_warehouse_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_warehouse_archived",
        "warehouse",
        ["name_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived = 1"),
        postgresql_where=sa.text("archived"),
    )
    op.create_index("ix_warehouse_code", "warehouse", ["code", "id"], unique=False)
    op.create_index("ix_warehouse_name_key", "warehouse", ["name_key", "id"], unique=False)
    op.create_table(
        "approval_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_key", TEXT, server_default="", nullable=False),
        sa.Column("measure", TEXT, nullable=False),
        sa.Column("threshold", sa.BigInteger(), nullable=False),
        sa.Column("currency", TEXT, nullable=True),
        sa.Column("role", TEXT, nullable=True),
        sa.Column("team", TEXT, nullable=True),
        sa.Column("level", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("approver_role", TEXT, server_default="sales_manager", nullable=False),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("remind_days", sa.BigInteger(), server_default=sa.text("1"), nullable=True),
        sa.Column("notes", TEXT, nullable=True),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["person.id"], name=op.f("fk_approval_rule_approver_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_rule")),
        sa.UniqueConstraint("name", name=op.f("uq_approval_rule_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_approval_rule_archived",
        "approval_rule",
        ["name_key", "id"],
        unique=False,
        sqlite_where=sa.text("archived = 1"),
        postgresql_where=sa.text("archived"),
    )
    op.create_index("ix_approval_rule_name_key", "approval_rule", ["name_key", "id"], unique=False)
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.String(10), nullable=False),
        sa.Column("until", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["person.id"], name=op.f("fk_delegation_delegate_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_delegation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    op.create_index(
        "ix_delegation_delegate_id", "delegation", ["delegate_id", "until"], unique=False
    )
    op.create_table(
        "stock_level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("warehouse_id", sa.Integer(), nullable=False),
        sa.Column("lot", TEXT, server_default="", nullable=False),
        sa.Column("quantity", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_stock_level_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id"], ["warehouse.id"], name=op.f("fk_stock_level_warehouse_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_level")),
        sa.UniqueConstraint(
            "product_id",
            "warehouse_id",
            "lot",
            name=op.f("uq_stock_level_product_id_warehouse_id_lot"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stock_level_lot", "stock_level", ["lot", "id"], unique=False)
    op.create_index("ix_stock_level_product_id", "stock_level", ["product_id", "id"], unique=False)
    op.create_index(
        "ix_stock_level_warehouse_id", "stock_level", ["warehouse_id", "id"], unique=False
    )
    op.create_table(
        "stock_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("date", sa.String(10), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("warehouse_id", sa.Integer(), nullable=False),
        sa.Column("lot", TEXT, server_default="", nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("unit_cost", sa.BigInteger(), nullable=True),
        sa.Column("document", TEXT, nullable=True),
        sa.Column("document_id", sa.BigInteger(), nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("who", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_stock_move_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id"], ["warehouse.id"], name=op.f("fk_stock_move_warehouse_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_move")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stock_move_date", "stock_move", ["date", "id"], unique=False)
    op.create_index("ix_stock_move_document_id", "stock_move", ["document_id", "id"], unique=False)
    op.create_index("ix_stock_move_lot", "stock_move", ["lot", "id"], unique=False)
    op.create_index("ix_stock_move_product_id", "stock_move", ["product_id", "id"], unique=False)
    op.create_index(
        "ix_stock_move_warehouse_id", "stock_move", ["warehouse_id", "id"], unique=False
    )
    op.create_table(
        "supply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("code", TEXT, nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("warehouse_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("supplier", TEXT, nullable=True),
        sa.Column("reference", TEXT, nullable=True),
        sa.Column("unit_cost", sa.BigInteger(), nullable=True),
        sa.Column("notes", TEXT, nullable=True),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_supply_product_id")),
        sa.ForeignKeyConstraint(
            ["warehouse_id"], ["warehouse.id"], name=op.f("fk_supply_warehouse_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supply")),
        sa.UniqueConstraint("code", name=op.f("uq_supply_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_supply_code", "supply", ["code", "id"], unique=False)
    op.create_index("ix_supply_due", "supply", ["due", "id"], unique=False)
    op.create_index("ix_supply_product_id", "supply", ["product_id", "id"], unique=False)
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("number", TEXT, nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.String(10), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", TEXT, nullable=False),
        sa.Column("method", TEXT, server_default="transfer", nullable=True),
        sa.Column("reference", TEXT, nullable=True),
        sa.Column("bank", TEXT, nullable=True),
        sa.Column("withheld", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("slip", TEXT, nullable=True),
        sa.Column("slip_date", sa.String(10), nullable=True),
        sa.Column("allocated", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("state", TEXT, server_default="posted", nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("notes", TEXT, nullable=True),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_payment_account_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_payment_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("number", name=op.f("uq_payment_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_payment_account_id", "payment", ["account_id", "id"], unique=False)
    op.create_index("ix_payment_amount", "payment", ["amount", "id"], unique=False)
    op.create_index("ix_payment_date", "payment", ["date", "id"], unique=False)
    op.create_index("ix_payment_number", "payment", ["number", "id"], unique=False)
    op.create_index("ix_payment_owner_id", "payment", ["owner_id", "id"], unique=False)
    op.create_index("ix_payment_state", "payment", ["state", "id"], unique=False)
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("quotation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("rule_name", TEXT, nullable=False),
        sa.Column("measure", TEXT, nullable=False),
        sa.Column("threshold", sa.BigInteger(), nullable=False),
        sa.Column("figure", sa.BigInteger(), nullable=True),
        sa.Column("level", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("approver_role", TEXT, nullable=False),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("state", TEXT, server_default="waiting", nullable=True),
        sa.Column("asked_at", sa.String(27), nullable=True),
        sa.Column("asked_by", TEXT, nullable=True),
        sa.Column("remind_at", sa.String(10), nullable=True),
        sa.Column("decided_at", sa.String(27), nullable=True),
        sa.Column("decided_by", TEXT, nullable=True),
        sa.Column("comment", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_approval_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["person.id"], name=op.f("fk_approval_approver_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_approval_owner_id")),
        sa.ForeignKeyConstraint(
            ["quotation_id"], ["quotation.id"], name=op.f("fk_approval_quotation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_approval_account_id", "approval", ["account_id", "id"], unique=False)
    op.create_index("ix_approval_asked_at", "approval", ["asked_at", "id"], unique=False)
    op.create_index("ix_approval_owner_id", "approval", ["owner_id", "id"], unique=False)
    op.create_index("ix_approval_quotation_id", "approval", ["quotation_id", "id"], unique=False)
    op.create_index("ix_approval_state", "approval", ["state", "id"], unique=False)
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("number", TEXT, nullable=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_key", TEXT, server_default="", nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("starts", sa.String(10), nullable=False),
        sa.Column("ends", sa.String(10), nullable=True),
        sa.Column("notice_days", sa.BigInteger(), server_default=sa.text("30"), nullable=True),
        sa.Column("renew_days", sa.BigInteger(), server_default=sa.text("60"), nullable=True),
        sa.Column(
            "escalation_percent", sa.BigInteger(), server_default=sa.text("0"), nullable=True
        ),
        sa.Column("every", TEXT, server_default="none", nullable=True),
        sa.Column("next_on", sa.String(10), nullable=True),
        sa.Column("renewal_id", sa.Integer(), nullable=True),
        sa.Column("notes", TEXT, nullable=True),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_contract_account_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_contract_owner_id")),
        sa.ForeignKeyConstraint(
            ["renewal_id"], ["quotation.id"], name=op.f("fk_contract_renewal_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["quotation.id"], name=op.f("fk_contract_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("number", name=op.f("uq_contract_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contract_account_id", "contract", ["account_id", "id"], unique=False)
    op.create_index("ix_contract_ends", "contract", ["ends", "id"], unique=False)
    op.create_index("ix_contract_name_key", "contract", ["name_key", "id"], unique=False)
    op.create_index("ix_contract_next_on", "contract", ["next_on", "id"], unique=False)
    op.create_index("ix_contract_number", "contract", ["number", "id"], unique=False)
    op.create_index("ix_contract_owner_id", "contract", ["owner_id", "id"], unique=False)
    op.create_index("ix_contract_starts", "contract", ["starts", "id"], unique=False)
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("quotation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("done_at", sa.String(27), nullable=True),
        sa.Column("done_by", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_follow_up_account_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_follow_up_owner_id")),
        sa.ForeignKeyConstraint(
            ["quotation_id"], ["quotation.id"], name=op.f("fk_follow_up_quotation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_follow_up_account_id", "follow_up", ["account_id", "id"], unique=False)
    op.create_index("ix_follow_up_due", "follow_up", ["due", "id"], unique=False)
    op.create_index("ix_follow_up_owner_id", "follow_up", ["owner_id", "id"], unique=False)
    op.create_index("ix_follow_up_quotation_id", "follow_up", ["quotation_id", "id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("number", TEXT, nullable=True),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("date", sa.String(10), nullable=False),
        sa.Column("direction", TEXT, server_default="out", nullable=False),
        sa.Column("returned_id", sa.Integer(), nullable=True),
        sa.Column("warehouse_id", sa.Integer(), nullable=True),
        sa.Column("state", TEXT, server_default="draft", nullable=True),
        sa.Column("reference", TEXT, nullable=True),
        sa.Column("carrier", TEXT, nullable=True),
        sa.Column("vehicle", TEXT, nullable=True),
        sa.Column("tracking", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("received_by", TEXT, nullable=True),
        sa.Column("received_on", sa.String(10), nullable=True),
        sa.Column("shipped_at", sa.String(27), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("language", TEXT, server_default="en", nullable=True),
        sa.Column("address", TEXT, nullable=True),
        sa.Column("notes", TEXT, nullable=True),
        sa.Column("imported", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("frozen", TEXT, nullable=True),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_delivery_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_delivery_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["sales_order.id"], name=op.f("fk_delivery_order_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_delivery_owner_id")),
        sa.ForeignKeyConstraint(
            ["returned_id"], ["delivery.id"], name=op.f("fk_delivery_returned_id")
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id"], ["warehouse.id"], name=op.f("fk_delivery_warehouse_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("number", name=op.f("uq_delivery_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_delivery_account_id", "delivery", ["account_id", "id"], unique=False)
    op.create_index("ix_delivery_date", "delivery", ["date", "id"], unique=False)
    op.create_index("ix_delivery_number", "delivery", ["number", "id"], unique=False)
    op.create_index("ix_delivery_order_id", "delivery", ["order_id", "id"], unique=False)
    op.create_index("ix_delivery_owner_id", "delivery", ["owner_id", "id"], unique=False)
    op.create_index("ix_delivery_returned_id", "delivery", ["returned_id", "id"], unique=False)
    op.create_index("ix_delivery_state", "delivery", ["state", "id"], unique=False)
    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("number", TEXT, nullable=True),
        sa.Column("type", TEXT, server_default="invoice", nullable=False),
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
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("credits_id", sa.Integer(), nullable=True),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("percent", sa.BigInteger(), nullable=True),
        sa.Column("due", sa.String(10), nullable=True),
        sa.Column("state", TEXT, server_default="draft", nullable=True),
        sa.Column("issued_at", sa.String(27), nullable=True),
        sa.Column("paid", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("withheld", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("credited", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("adjusted", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("tax_invoice", TEXT, nullable=True),
        sa.Column("dunned", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("dunned_on", sa.String(10), nullable=True),
        sa.Column("imported", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_invoice_account_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_invoice_contact_id")),
        sa.ForeignKeyConstraint(["credits_id"], ["invoice.id"], name=op.f("fk_invoice_credits_id")),
        sa.ForeignKeyConstraint(["order_id"], ["sales_order.id"], name=op.f("fk_invoice_order_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_invoice_owner_id")),
        sa.ForeignKeyConstraint(
            ["price_list_id"], ["price_list.id"], name=op.f("fk_invoice_price_list_id")
        ),
        sa.ForeignKeyConstraint(["tax_id"], ["tax.id"], name=op.f("fk_invoice_tax_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("number", name=op.f("uq_invoice_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_invoice_account_id", "invoice", ["account_id", "id"], unique=False)
    op.create_index("ix_invoice_credits_id", "invoice", ["credits_id", "id"], unique=False)
    op.create_index("ix_invoice_date", "invoice", ["date", "id"], unique=False)
    op.create_index("ix_invoice_due", "invoice", ["due", "id"], unique=False)
    op.create_index("ix_invoice_number", "invoice", ["number", "id"], unique=False)
    op.create_index("ix_invoice_order_id", "invoice", ["order_id", "id"], unique=False)
    op.create_index("ix_invoice_owner_id", "invoice", ["owner_id", "id"], unique=False)
    op.create_index("ix_invoice_state", "invoice", ["state", "id"], unique=False)
    op.create_index("ix_invoice_total", "invoice", ["total", "id"], unique=False)
    op.create_table(
        "delivery_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("order_line_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("sku", TEXT, nullable=True),
        sa.Column("description", TEXT, nullable=True),
        sa.Column("detail", TEXT, nullable=True),
        sa.Column("quantity", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("factor", sa.BigInteger(), server_default=sa.text("10000"), nullable=True),
        sa.Column("lot", TEXT, server_default="", nullable=True),
        sa.Column("destination", TEXT, server_default="stock", nullable=True),
        sa.Column("back", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_delivery_line_delivery_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["sales_order_line.id"], name=op.f("fk_delivery_line_order_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_delivery_line_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_line")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_delivery_line_delivery_id", "delivery_line", ["delivery_id", "id"], unique=False
    )
    op.create_index(
        "ix_delivery_line_order_line_id", "delivery_line", ["order_line_id", "id"], unique=False
    )
    op.create_index(
        "ix_delivery_line_product_id", "delivery_line", ["product_id", "id"], unique=False
    )
    op.create_table(
        "invoice_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
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
        sa.Column("alternative", TEXT, nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("net", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("tax_amount", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("order_line_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("billed", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("credited_line_id", sa.Integer(), nullable=True),
        sa.Column("recounted", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.ForeignKeyConstraint(
            ["credited_line_id"], ["invoice_line.id"], name=op.f("fk_invoice_line_credited_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_invoice_line_invoice_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["sales_order_line.id"], name=op.f("fk_invoice_line_order_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_invoice_line_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["invoice.id"], name=op.f("fk_invoice_line_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_line")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_invoice_line_credited_line_id", "invoice_line", ["credited_line_id", "id"], unique=False
    )
    op.create_index(
        "ix_invoice_line_invoice_id", "invoice_line", ["invoice_id", "id"], unique=False
    )
    op.create_index(
        "ix_invoice_line_order_line_id", "invoice_line", ["order_line_id", "id"], unique=False
    )
    op.create_index(
        "ix_invoice_line_product_id", "invoice_line", ["product_id", "id"], unique=False
    )
    op.create_table(
        "payment_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(27), nullable=True),
        sa.Column("changed_at", sa.String(27), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("settled", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("withheld", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("adjusted", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_payment_line_invoice_id")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_payment_line_payment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_line")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_payment_line_invoice_id", "payment_line", ["invoice_id", "id"], unique=False
    )
    op.create_index(
        "ix_payment_line_payment_id", "payment_line", ["payment_id", "id"], unique=False
    )
    op.create_table(
        "proposal",
        sa.Column("quotation_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.String(27), nullable=False),
        sa.Column("who", TEXT, server_default="", nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["quotation_id"], ["quotation.id"], name=op.f("fk_proposal_quotation_id")
        ),
        sa.PrimaryKeyConstraint("quotation_id", name=op.f("pk_proposal")),
    )
    op.add_column("account", sa.Column("registration", TEXT, nullable=True))
    op.add_column("product", sa.Column("tracking", TEXT, server_default="none", nullable=True))
    op.add_column(
        "product",
        sa.Column("reorder_level", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
    )
    op.add_column(
        "product",
        sa.Column("reorder_quantity", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
    )
    op.add_column("product", sa.Column("lead_days", sa.BigInteger(), nullable=True))
    op.add_column("product", sa.Column("average_cost", sa.BigInteger(), nullable=True))
    op.add_column("product", sa.Column("components", TEXT, nullable=True))
    op.add_column("product", sa.Column("configuration", TEXT, nullable=True))
    op.add_column("quotation", sa.Column("decided_by", TEXT, nullable=True))
    op.add_column("quotation", sa.Column("decided_how", TEXT, nullable=True))
    op.add_column("quotation", sa.Column("lost_reason", TEXT, nullable=True))
    op.add_column("quotation_line", sa.Column("alternative", TEXT, nullable=True))
    op.add_column("sales_order", sa.Column("promised_date", sa.String(10), nullable=True))
    op.add_column(
        "sales_order",
        sa.Column("amendment", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
    )
    op.add_column("sales_order", sa.Column("amendment_note", TEXT, nullable=True))
    op.add_column("sales_order_line", sa.Column("alternative", TEXT, nullable=True))
    op.add_column(
        "sales_order_line",
        sa.Column("shipped", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
    )
    op.add_column(
        "sales_order_line",
        sa.Column("returned", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
    )
    op.add_column(
        "sales_order_line",
        sa.Column("invoiced", sa.BigInteger(), server_default=sa.text("0"), nullable=True),
    )
    op.add_column("sales_order_line", sa.Column("promised", sa.String(10), nullable=True))
    for table, key in (
        ("approval_rule", "name"), ("contract", "number"), ("supply", "code"),
        ("text_block", "code"), ("warehouse", "code"),
    ):  # fmt: skip
        op.create_index(f"uq_{table}_{key}_lower", table, [sa.text(f"lower({key})")], unique=True)
    _open_stock()
    op.execute(
        "UPDATE sales_order_line SET shipped = quantity WHERE order_id IN "
        "(SELECT id FROM sales_order WHERE state IN ('delivered', 'closed'))"
    )


def _open_stock() -> None:
    """What products have on hand becomes their opening stock in one warehouse."""
    stocked = "FROM product p, warehouse w WHERE w.code = 'MAIN' AND p.stock <> 0"
    op.execute(
        "INSERT INTO warehouse (code, name, name_key, search_text) "
        "SELECT 'MAIN', 'Main warehouse', 'main warehouse', 'main main warehouse' "
        "WHERE EXISTS (SELECT 1 FROM product WHERE stock <> 0)"
    )
    op.execute(
        "INSERT INTO stock_level (product_id, warehouse_id, lot, quantity) "
        f"SELECT p.id, w.id, '', p.stock {stocked}"
    )
    op.execute(
        "INSERT INTO stock_move (date, product_id, warehouse_id, lot, quantity, reason, unit_cost) "
        "SELECT coalesce(substr(p.created_at, 1, 10), '2026-01-01'), p.id, w.id, '', p.stock, "
        f"'opening', p.cost {stocked}"
    )
    op.execute("UPDATE product SET average_cost = cost WHERE stock <> 0 AND cost IS NOT NULL")
