"""What an import brings in is history: who imports puts it right and takes it back."""

from pathlib import Path

import pytest

from controllers.core.app import App
from controllers.documents import quotations
from controllers.system import imports
from tests.builders import a_draft, a_line
from tests.models.storage.issued.test_consent import refuses
from tests.models.storage.rights.asking import Person, SignIn

pytestmark = pytest.mark.slow

HEAD = "number,account,date,description,quantity,unit_price,discount_percent\n"
FILES = {
    "quotation": f"{HEAD}{{number}},A-MANAGER,2026-03-01,Work,1,{{price}},50\n",
    "order": f"{HEAD}{{number}},A-MANAGER,2026-03-01,Work,1,{{price}},50\n",
    "invoice": "number,account,date,total\n{number},A-MANAGER,2026-03-01,{price}\n",
    "payment": "reference,account,date,amount\n{number},A-MANAGER,2026-03-01,{price}\n",
}


def imported(app: App, folder: Path, kind: str, price: int, number: str = "H1") -> imports.Outcome:
    path = folder / "history.csv"
    path.write_text(FILES[kind].format(number=number, price=price))
    return imports.import_file(app, imports.Request(kind, path))


@pytest.mark.parametrize("role", ["sales_support", "director"])
@pytest.mark.parametrize("kind", FILES)
def test_history_comes_in_and_is_taken_back(
    kind: str, role: str, person: Person, tmp_path: Path
) -> None:
    theirs = person(role)
    done = imported(theirs, tmp_path, kind, 500)
    assert (done.created, done.rejected) == (1, 0), done.reasons
    if kind in ("quotation", "order"):
        again = imported(theirs, tmp_path, kind, 400)
        assert again.updated == 1
        theirs.write(imports.undo, again.run or 0)
    theirs.write(imports.undo, done.run or 0)


def test_what_was_sent_from_here_is_changed_by_no_import(
    person: Person, sign_in: SignIn, tmp_path: Path
) -> None:
    theirs = person("sales_support")
    draft = theirs.write(quotations.new, a_draft(theirs, a_line(theirs), account="A-MANAGER"))
    number = theirs.write(quotations.send, draft.id or 0).number
    told = imported(theirs, tmp_path, "quotation", 1, number)
    assert told.rejected == 1
    assert "was sent from here" in str(told.reasons[0][-1])
    change = "UPDATE quotation_line SET unit_price = 1 WHERE quotation_id = %s"
    refuses(sign_in("sales_support"), change, draft.id)
