"""Describe a parsed mail as plain JSON values, for `haoke mail parse` and the pages of support."""

from haoke.channels.rules.automatic import automatic_reason
from haoke.channels.rules.mails import ParsedMail


def describe(mail: ParsedMail, own_names: frozenset[str]) -> dict[str, object]:
    """Return what a mail says and what was made of it; attachments by name, type and size only."""
    reason = automatic_reason(mail, own_names)
    return {
        "from": mail.sender.address if mail.sender else "",
        "name": mail.sender.name if mail.sender else "",
        "reply_to": mail.reply_to.address if mail.reply_to else "",
        "to": [address.address for address in mail.to],
        "cc": [address.address for address in mail.cc],
        "subject": mail.subject,
        "sent_at": mail.sent_at.isoformat() if mail.sent_at else None,
        "text": mail.text,
        "html": mail.html,
        "attachments": [
            {"name": attachment.name, "type": attachment.media_type, "bytes": len(attachment.content)}
            for attachment in mail.attachments
        ],
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "automatic": {"is": reason is not None, "why": reason},
        "defects": list(mail.defects),
    }
