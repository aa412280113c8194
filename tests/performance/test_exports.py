"""Lists of any length become files in constant memory."""

import tracemalloc
from pathlib import Path

import pytest

from controllers.core.app import App
from controllers.insight.exports import export_list
from models.values.records import ListQuery

pytestmark = pytest.mark.performance


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_300_000_rows_stream_in_constant_memory(app: App, tmp_path: Path, ending: str) -> None:
    insert = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) "
        "INSERT INTO account(code, name, name_key, city) "
        "SELECT 'C' || i, 'Toko ' || i, 'toko ' || i, 'Ipoh' FROM n"
    )
    app.write(lambda uow: uow.connection.exec_driver_sql(insert))
    query = ListQuery("account", ("code", "name", "city"))
    export_list(app, ListQuery("account", ("code",), search="none"), tmp_path / f"warm.{ending}")
    tracemalloc.start()
    count = export_list(app, query, tmp_path / f"list.{ending}")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{ending}: {count:,} rows, peak {peak / 1e6:.1f} MB")
    assert count == 300_000
    assert peak < 32e6
