"""The index of words on a server that has PostgreSQL's trigram extension; without it texts are
read through, which is right as well and slower from some ten thousand records on.
"""

from collections.abc import Iterator

from models.system.kinds import KINDS

EXTENSION = """
    DO $$ BEGIN
        IF EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
            CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
        END IF;
    EXCEPTION WHEN insufficient_privilege THEN
        NULL;
    END $$"""
"""Makes the extension where the server has it and the login may; it is a trusted one."""


def statements() -> Iterator[str]:
    """Every statement that makes the indexes where the extension is there."""
    for kind in KINDS.values():
        if kind.searchable:
            yield f"""
                DO $$ DECLARE home text; BEGIN
                    SELECT n.nspname INTO home FROM pg_extension e
                    JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm';
                    IF home IS NOT NULL THEN
                        EXECUTE format(
                            'CREATE INDEX IF NOT EXISTS {kind.table}_search ON {kind.table} '
                            'USING gin (search_text %I.gin_trgm_ops)', home);
                    END IF;
                END $$"""
