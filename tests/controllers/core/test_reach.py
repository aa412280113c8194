"""What belongs to documents and imports is narrowed as these are, the same on both engines."""

from dataclasses import replace

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import attachments, handover, outbox, quotations
from controllers.system import imports, settings
from models.values.errors import DomainError, NotFoundError
from models.values.permissions import scope
from models.values.records import Filter, ListQuery
from models.values.settings import Mail
from tests.builders import a_draft, a_line
from tests.controllers.conftest import SignIn
from tests.models.storage.people_of_every_role import ACCOUNTS, ROLE_NAMES, reached


def _mail_all(app: App) -> dict[int, str]:
    """A mail about every account's quotation; by the quotation its account."""
    server = replace(app.read(settings.load), mail=Mail(host="mail.example", sender="a@b.example"))
    app.write(settings.save, server)
    about: dict[int, str] = {}
    for code in ACCOUNTS:
        draft = app.write(quotations.new, replace(a_draft(app, a_line(app)), account=code,
                                                  contact="", owner=ACCOUNTS[code][0]))  # fmt: skip
        app.write(handover.issue, draft.id or 0, address="c@d.example")
        about[draft.id or 0] = code
    return about


@pytest.fixture(scope="module")
def mailed() -> dict[str, dict[int, str]]:
    """By the database what was mailed in it, once for all tests."""
    return {}


def _mailed(known: dict[str, dict[int, str]], app: App) -> dict[int, str]:
    key = app.database.engine_name
    return known.get(key) or known.setdefault(key, _mail_all(app))


@pytest.mark.parametrize("name", [*ROLE_NAMES, "loner"])
def test_mails_and_papers_are_seen_as_their_documents(
    name: str, sign_in: SignIn, mailed: dict[str, dict[int, str]]
) -> None:
    theirs = sign_in(name)
    about = _mailed(mailed, sign_in("administrator"))
    role = "account_manager" if name == "loner" else name
    wanted = reached(name, scope(role, "documents.see"))
    assert {about[each["document_id"]] for each in theirs.read(outbox.entries)} == wanted
    for draft, code in about.items():
        kept = theirs.read(handover.archived, "quotation", draft)
        assert (kept is not None) == (code in wanted)


def test_nobody_decides_about_a_mail_that_is_not_theirs(
    sign_in: SignIn, mailed: dict[str, dict[int, str]]
) -> None:
    boss, theirs = sign_in("administrator"), sign_in("account_manager")
    _mailed(mailed, boss)
    for entry in boss.read(outbox.entries):
        boss.write(_make_unsure, entry["id"])
    seen = {each["id"] for each in theirs.read(outbox.entries)}
    hidden = {each["id"] for each in boss.read(outbox.entries)} - seen
    assert hidden
    for entry in hidden:
        with pytest.raises(DomainError, match="waits for no decision"):
            theirs.write(outbox.decide, entry, send_again=False)
    assert boss.read(outbox.undecided) == len(seen | hidden)
    assert theirs.read(outbox.undecided) == len(seen)


def _make_unsure(uow: UnitOfWork, entry: int) -> None:
    uow.connection.exec_driver_sql("UPDATE outbox SET state = 'unsure' WHERE id = ?", (entry,))


def test_a_colleagues_document_does_not_name_a_customer_out_of_reach(sign_in: SignIn) -> None:
    """A mate may quote to somebody else's customer; the team sees the paper, not the customer."""
    boss, theirs = sign_in("administrator"), sign_in("account_manager")
    made = boss.write(quotations.new, replace(a_draft(boss, a_line(boss)), account="A-OTHER",
                                              contact="", owner="mate"))  # fmt: skip
    assert theirs.read(quotations.show, made.id or 0).account == ""
    assert boss.read(quotations.show, made.id or 0).account == "A-OTHER"
    for by_key in (False, True):
        query = ListQuery("quotation", ("account",), links_by_key=by_key)
        rows = {row[0]: row[1] for row in theirs.listing.first_page(query).rows}
        assert rows[made.id or 0] is None
    query = ListQuery("quotation", ("account",), sort="account",
                      filters=(Filter("account", "in", ("A-OTHER",)),))  # fmt: skip
    assert theirs.listing.first_page(query).rows == []
    assert theirs.listing.count(query) == 0


def test_imports_are_those_of_who_made_them(sign_in: SignIn, tmp_path: object) -> None:
    boss, theirs = sign_in("director"), sign_in("sales_support")
    file = tmp_path / "file.csv"  # type: ignore[operator]
    runs = {}
    for app, code in ((boss, "IMP1"), (theirs, "IMP2")):
        file.write_text(f"code,name\n{code},PT {code}\n")
        runs[code] = imports.import_file(app, imports.Request("account", file)).run or 0
    assert {each.id for each in boss.read(imports.history)} >= set(runs.values())
    assert [each.id for each in theirs.read(imports.history)] == [runs["IMP2"]]
    assert sign_in("finance").read(imports.history) == []
    with pytest.raises(NotFoundError):
        theirs.write(imports.undo, runs["IMP1"])
    for app, code in ((boss, "IMP1"), (theirs, "IMP2")):
        app.write(imports.undo, runs[code])
        with pytest.raises(NotFoundError):
            app.read(records.show, "account", code)


@pytest.mark.parametrize("name", [*ROLE_NAMES, "loner"])
def test_files_are_put_to_the_documents_whose_papers_a_person_issues(
    name: str, sign_in: SignIn, mailed: dict[str, dict[int, str]]
) -> None:
    theirs = sign_in(name)
    about = _mailed(mailed, sign_in("administrator"))
    role = "account_manager" if name == "loner" else name
    wanted = reached(name, scope(role, "papers.send"))
    for draft, code in about.items():
        words = ("quotation", draft, "order.pdf", b"%PDF")
        if code in wanted:
            theirs.write(attachments.remove, theirs.write(attachments.add, *words))
        else:
            with pytest.raises(DomainError, match=r"papers you may issue|no right for this"):
                theirs.write(attachments.add, *words)


def test_a_file_is_taken_away_by_who_may_put_it_there(
    sign_in: SignIn, mailed: dict[str, dict[int, str]]
) -> None:
    about = _mailed(mailed, sign_in("administrator"))
    (mates,) = (draft for draft, code in about.items() if code == "A-MATE")
    kept = sign_in("mate").write(attachments.add, "quotation", mates, "order.pdf", b"%PDF")
    theirs = sign_in("account_manager")
    assert theirs.read(attachments.content, kept)[0] == "order.pdf"
    with pytest.raises(DomainError, match="papers you may issue"):
        theirs.write(attachments.remove, kept)
    sign_in("mate").write(attachments.remove, kept)
