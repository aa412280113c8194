"""The outbox: mail on its way, in the database; a crash loses nothing and sends nothing twice.

An entry goes waiting → sending → sent. It is marked as sending, and committed, before the server
is spoken to. A failure before the server had the whole mail puts it back to waiting, a refusal for
good to failed. Where nobody can know whether the server took it, it becomes unsure: a person
decides, the program never sends it again by itself.

While it is being sent, an entry says in ``next_at`` how long that may take. No try hands a mail
over later than that; so where the time is over and the entry still says sending, the program that
sent it ended meanwhile, and other programs on the database may say unsure.
"""

import datetime as dt
import smtplib
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.policy import SMTP
from email.utils import make_msgid
from typing import Any

from sqlalchemy import ColumnElement, case, func, insert, or_, select, update

from controllers.core import reach
from controllers.core.app import App
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import mail_password
from controllers.documents.mail import composed
from models.storage.tables import ARCHIVE, OUTBOX, TABLES
from models.values.errors import DomainError
from models.values.settings import Mail
from resources.languages import marked as _

TIMEOUT = 20.0
"""Seconds a server may take for one answer."""

LONGEST_TRY = dt.timedelta(minutes=15)
"""How long one try may take, from the claim to the server's last answer."""

_LATEST_HAND_OVER = LONGEST_TRY.total_seconds() / 3
"""Seconds after which a try no longer hands the mail over, so that its answer comes in time."""

_RETRY_MINUTES = (1, 5, 15, 60, 240)

_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one entry."""

    id: int
    recipient: str
    state: str
    reason: str = ""


class _UnsureError(Exception):
    """The connection ended after the whole mail was handed over and before the answer."""


def require_server(uow: UnitOfWork) -> None:
    """Raise DomainError where no mail server is set up."""
    if not uow.settings.mail.host:
        raise DomainError(
            _("No mail server is set up; name one in Settings, or issue it without mail."),
            field="mail",
        )


def add(uow: UnitOfWork, **values: Any) -> int:
    """A new waiting entry with its own Message-ID."""
    result = uow.connection.execute(
        insert(OUTBOX).values(
            created_at=uow.now,
            message_id=make_msgid(domain="saudagar.local"),
            state="waiting",
            **values,
        )
    )
    (entry_id,) = result.inserted_primary_key or (0,)
    uow.changed("outbox", int(entry_id))
    return int(entry_id)


def deliver(app: App) -> list[Delivered]:
    """Send every entry that is due, one after the other; answers what became of each.

    One delivery goes on at a time in a program; several programs may deliver at once, as an entry
    is claimed in a transaction of its own. DomainError at `mail_password` where the password is
    not known or the server refuses it; then what waits goes on waiting.
    """
    if not app.may("documents.change"):
        return []
    with _one_at_a_time:
        app.write(recover)
        if not app.read(due):
            return []
        server = app.read(server_of)
        return list(_delivered(app, server, mail_password.required(app, server)))


def _delivered(app: App, server: Mail, secret: str) -> Iterator[Delivered]:
    while (entry := app.write(_claim)) is not None:
        tried = entry["attempts"] + 1
        try:
            state, reason = _attempt(server, secret, entry)
        except smtplib.SMTPAuthenticationError as error:
            app.write(_put_back, entry["id"], tried, mail_password.words(error))
            raise mail_password.refused(app, server, error) from error
        app.write(_settle, entry["id"], tried, state, reason)
        yield Delivered(entry["id"], entry["recipient"], state, reason)


def server_of(uow: UnitOfWork) -> Mail:
    """The mail server that is set up; its host is "" where there is none."""
    return uow.settings.mail


def due(uow: UnitOfWork) -> int:
    """How many mails are to be sent now."""
    query = select(func.count()).where(_is_due(uow), reach.of_documents(uow, OUTBOX))
    return int(uow.connection.execute(query).scalar_one())


def unfinished(uow: UnitOfWork) -> int:
    """How many mails a delivery would do something about: due ones, and those of a crash."""
    if not uow.settings.mail.host or not uow.may("documents.change"):
        return 0
    open_ones = or_(_is_due(uow), _is_lost(uow))
    query = select(func.count()).where(open_ones, reach.of_documents(uow, OUTBOX))
    return int(uow.connection.execute(query).scalar_one())


def _is_due(uow: UnitOfWork) -> ColumnElement[bool]:
    now = or_(OUTBOX.c.next_at.is_(None), OUTBOX.c.next_at <= uow.now)
    return (OUTBOX.c.state == "waiting") & now


@needs("documents.change")
def recover(uow: UnitOfWork) -> int:
    """After a crash: entries whose time for being sent is over become unsure; answers how many."""
    theirs = reach.of_documents(uow, OUTBOX, "change")
    statement = update(OUTBOX).where(_is_lost(uow), theirs).returning(OUTBOX.c.id)
    reason = "The program ended while it was being sent."
    lost = uow.connection.execute(statement.values(state="unsure", last_error=reason)).scalars()
    for entry_id in (found := lost.all()):
        uow.changed("outbox", entry_id)
    return len(found)


def _is_lost(uow: UnitOfWork) -> ColumnElement[bool]:
    """Being sent for longer than that can take."""
    over = or_(OUTBOX.c.next_at.is_(None), OUTBOX.c.next_at <= uow.now)
    return (OUTBOX.c.state == "sending") & over


def _is_undecided(uow: UnitOfWork) -> ColumnElement[bool]:
    return or_(OUTBOX.c.state.in_(("unsure", "failed")), _is_lost(uow))


@needs("documents.change")
def decide(uow: UnitOfWork, entry_id: int, *, send_again: bool) -> None:
    """A person's word on an unsure or failed entry: send it again, or take it as sent."""
    state = "waiting" if send_again else "sent"
    changed = uow.connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.id == entry_id, _is_undecided(uow))
        .where(reach.of_documents(uow, OUTBOX, "change"))
        .values(state=state, next_at=None, sent_at=None if send_again else uow.now)
    ).rowcount
    if not changed:
        raise DomainError(_("Mail {entry} waits for no decision."), entry=entry_id)
    uow.changed("outbox", entry_id)


def undecided(uow: UnitOfWork) -> int:
    """How many mails wait for a person's word."""
    query = select(func.count()).where(_is_undecided(uow), reach.of_documents(uow, OUTBOX))
    return int(uow.connection.execute(query).scalar_one())


def entries(
    uow: UnitOfWork, document: str = "", document_id: int = 0, limit: int | None = None
) -> list[dict[str, Any]]:
    """The mails of a document, or all, newest first, each with the document's number."""
    columns: list[ColumnElement[Any]] = [OUTBOX.c[each] for each in
               ("id", "document", "document_id", "recipient", "subject", "attempts",
                "last_error", "created_at", "next_at", "sent_at")]  # fmt: skip
    columns.append(case((_is_lost(uow), "unsure"), else_=OUTBOX.c.state).label("state"))
    numbers = [
        select(TABLES[kind].c.number)
        .where(OUTBOX.c.document == kind, TABLES[kind].c.id == OUTBOX.c.document_id)
        .scalar_subquery()
        for kind in ("quotation", "order")
    ]
    number = func.coalesce(*numbers, "").label("number")
    theirs = reach.of_documents(uow, OUTBOX)
    query = select(*columns, number).where(theirs).order_by(OUTBOX.c.id.desc()).limit(limit)
    if document:
        query = query.where(OUTBOX.c.document == document, OUTBOX.c.document_id == document_id)
    return [dict(row) for row in uow.connection.execute(query).mappings()]


@needs("documents.change")
def _claim(uow: UnitOfWork) -> dict[str, Any] | None:
    """Mark the oldest due entry as being sent and answer it whole."""
    query = (
        select(OUTBOX, ARCHIVE.c.content, ARCHIVE.c.name)
        .outerjoin(ARCHIVE, ARCHIVE.c.id == OUTBOX.c.archive_id)
        .where(_is_due(uow), reach.of_documents(uow, OUTBOX, "change"))
        .order_by(OUTBOX.c.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=OUTBOX)
    )
    row = uow.connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    uow.connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.id == row["id"])
        .values(state="sending", attempts=row["attempts"] + 1, next_at=uow.now + LONGEST_TRY)
    )
    return dict(row)


@needs("documents.change")
def _settle(uow: UnitOfWork, entry_id: int, tried: int, state: str, reason: str) -> None:
    """Write down what became of a try, unless a person decided or another try began meanwhile."""
    values: dict[str, Any] = {"state": state, "last_error": reason, "next_at": None}
    if state == "sent":
        values["sent_at"] = uow.now
    if state == "waiting":
        minutes = _RETRY_MINUTES[min(tried, len(_RETRY_MINUTES)) - 1]
        values["next_at"] = uow.now + dt.timedelta(minutes=minutes)
    open_states = ("sending", "unsure", "waiting") if state == "sent" else ("sending", "unsure")
    uow.connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.id == entry_id, OUTBOX.c.attempts == tried)
        .where(OUTBOX.c.state.in_(open_states))
        .values(values)
    )
    uow.changed("outbox", entry_id)


@needs("documents.change")
def _put_back(uow: UnitOfWork, entry_id: int, tried: int, reason: str) -> None:
    """A sign-in the server refused was no try of the mail: it is due as before."""
    uow.connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.id == entry_id, OUTBOX.c.attempts == tried)
        .where(OUTBOX.c.state == "sending")
        .values(state="waiting", attempts=tried - 1, next_at=None, last_error=reason)
    )
    uow.changed("outbox", entry_id)


def _attempt(server: Mail, password: str, entry: dict[str, Any]) -> tuple[str, str]:
    """Try once; the entry's new state and the reason. A refused sign-in is the caller's."""
    try:
        _transmit(server, password, entry)
    except _UnsureError as error:
        return "unsure", str(error)
    except smtplib.SMTPResponseException as error:
        if isinstance(error, smtplib.SMTPAuthenticationError) and error.smtp_code >= 500:
            raise
        state = "failed" if error.smtp_code >= 500 else "waiting"
        return state, mail_password.words(error)
    except smtplib.SMTPRecipientsRefused as error:
        return "failed", str(error)
    except (OSError, smtplib.SMTPException) as error:
        return "waiting", str(error) or type(error).__name__
    except ValueError as error:
        return "failed", str(error)
    return "sent", ""


def _transmit(server: Mail, password: str, entry: dict[str, Any]) -> None:
    latest = time.monotonic() + _LATEST_HAND_OVER
    message = composed(
        sender=server.sender or server.user,
        recipient=entry["recipient"],
        subject=entry["subject"],
        body=entry["body"],
        message_id=entry["message_id"],
        name=entry["name"],
        content=entry["content"],
    )
    with _talking(server) as smtp:
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, password)
        sender = server.sender or server.user
        code, answer = smtp.mail(sender)
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, answer, sender)
        code, answer = smtp.rcpt(entry["recipient"])
        if code not in (250, 251):
            raise smtplib.SMTPResponseException(code, answer)
        if time.monotonic() > latest:
            raise smtplib.SMTPException("The server took too long.")
        _hand_over(smtp, message.as_bytes(policy=SMTP))


def _hand_over(smtp: smtplib.SMTP, content: bytes) -> None:
    """The last step: from here on, silence and nonsense mean that nobody knows."""
    try:
        code, answer = smtp.data(content)
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        raise _UnsureError(str(error) or "The server fell silent.") from error
    if 200 <= code < 300:
        return
    if 400 <= code < 600:
        raise smtplib.SMTPDataError(code, answer)
    raise _UnsureError(f"The server answered {code} {answer.decode('utf-8', 'replace')}".strip())


@contextmanager
def _talking(server: Mail) -> Iterator[smtplib.SMTP]:
    """A connection to send over; what the server says to the farewell changes nothing any more."""
    smtp = connected(server)
    try:
        yield smtp
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()
    finally:
        smtp.close()


def connected(server: Mail) -> smtplib.SMTP:
    """A connection to the mail server, encrypted as it was chosen."""
    if server.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    if server.security == "starttls":
        try:
            smtp.starttls(context=ssl.create_default_context())
        except (OSError, smtplib.SMTPException):
            smtp.close()
            raise
    return smtp
