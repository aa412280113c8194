"""A mail with a document, put together so that no text of a person becomes a header."""

from email.message import EmailMessage
from email.policy import SMTP


def composed(
    *, sender: str, recipient: str, subject: str, body: str, message_id: str, name: str | None,
    content: bytes | None,
) -> EmailMessage:  # fmt: skip
    """A mail, with a PDF where there is one; line ends in header texts are folded away."""
    message = EmailMessage(policy=SMTP)
    message["From"] = " ".join(sender.split())
    message["To"] = " ".join(recipient.split())
    message["Subject"] = " ".join(subject.split())
    message["Message-ID"] = message_id
    message.set_content(body)
    if content is not None:
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return message
