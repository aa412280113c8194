"""The schema's history. `HEAD` lets the program check a database without loading Alembic."""

HEAD = "0002"
