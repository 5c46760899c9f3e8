"""What a playing customer sees of the mailbox, and who may sign in to look at the demo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q
from django.utils import translation
from django.utils.html import urlize
from django.utils.translation import gettext as _
from markupsafe import Markup

from haoke.accounts.choices import Role
from haoke.channels import queries as channels
from haoke.core.errors import NotFound
from haoke.demo.choices import Direction, SendingState
from haoke.demo.models import CustomerMail
from haoke.demo.rules import language_of
from haoke.demo.story import company
from haoke.demo.story.customers import CUSTOMERS

MOST_MAILS = 300


@dataclass(frozen=True)
class Mailbox:
    """One customer's address; `last_at` is None while nothing was written."""

    address: str
    name: str
    mail_count: int
    last_at: datetime | None


@dataclass(frozen=True)
class Thread:
    """Mails that belong together, as one line of a mailbox."""

    last_id: int
    subject: str
    preview: str
    mail_count: int
    last_at: datetime
    is_answered: bool
    state: str


@dataclass(frozen=True)
class ShownFile:
    position: int
    name: str
    size_bytes: int
    media_type: str


@dataclass(frozen=True)
class ShownMail:
    """One mail ready to be read: everything of it is safe to show."""

    id: int
    is_sent: bool
    author: str
    sender: str
    recipient: str
    at: datetime
    subject: str
    body: Markup
    quoted: Markup
    files: list[ShownFile]
    state: str
    state_label: str
    failure: str


def demo_logins() -> list[dict[str, str]]:
    """Who may sign in to look at the demo, as the rows shown at the start."""
    return [
        {"name": each.name, "role": _in_both_languages(each.role), "mail": each.address, "password": company.PASSWORD}
        for each in company.STAFF
    ]


def mailboxes() -> list[Mailbox]:
    """Every address that wrote or got a mail, the latest first, then the demo's other customers."""
    sent = CustomerMail.objects.filter(direction=Direction.OUT).order_by("pk")
    names = {each.mail: each.writer for each in CUSTOMERS} | dict(sent.values_list("mailbox", "sender_name"))
    found = {
        row["mailbox"]: Mailbox(row["mailbox"], names.get(row["mailbox"], ""), row["count"], row["last_at"])
        for row in CustomerMail.objects.values("mailbox")
        .annotate(count=Count("pk"), last_at=Max("received_at"))
        .order_by("-last_at")
    }
    silent = [Mailbox(address, name, 0, None) for address, name in names.items() if address not in found]
    return [*found.values(), *silent]


def writer_name(mailbox: str) -> str:
    """How the owner of a mailbox signs: as in their last mail, else as the story calls them."""
    sent = CustomerMail.objects.filter(mailbox=mailbox, direction=Direction.OUT).order_by("-pk")
    last = sent.values_list("sender_name", flat=True).first()
    return last or next((each.writer for each in CUSTOMERS if each.mail == mailbox), "")


def company_address() -> str:
    """Where customers write to, empty while there is no mailbox."""
    channel = channels.default_channel()
    return channel.address if channel else ""


def mark_of(mailbox: str) -> str:
    """Changes whenever something in the mailbox does, so that an open page is left alone otherwise; one query."""
    counts = CustomerMail.objects.filter(mailbox=mailbox).aggregate(
        mails=Count("pk"),
        queued=Count("pk", filter=Q(state=SendingState.QUEUED)),
        failed=Count("pk", filter=~Q(failure="")),
    )
    return "-".join(str(each) for each in counts.values())


def threads(mailbox: str) -> list[Thread]:
    """The exchanges of a mailbox, the latest first; one query."""
    mails = CustomerMail.objects.filter(mailbox=mailbox).order_by("-received_at", "-pk").defer("raw", "html")
    grouped: dict[str, list[CustomerMail]] = {}
    for mail in mails[:MOST_MAILS]:
        grouped.setdefault(mail.thread, []).append(mail)
    return [_thread(each) for each in grouped.values()]


def mails_of_thread(mailbox: str, mail_id: int) -> list[ShownMail]:
    """The exchange a mail belongs to, oldest first. Raises NotFound."""
    return [_shown(each) for each in _thread_with(mailbox, mail_id)]


def answered_mail(mailbox: str, mail_id: int) -> CustomerMail:
    """A mail the owner of the mailbox can answer. Raises NotFound."""
    found = CustomerMail.objects.filter(mailbox=mailbox, pk=mail_id).first()
    if found is None:
        raise NotFound()
    return found


def answer_address(mail: ShownMail) -> str:
    """Whom an answer goes to: the other side, also where the customer adds to a mail of their own."""
    return mail.recipient if mail.is_sent else mail.sender


def answer_subject(mail: ShownMail) -> str:
    return channels.reply_subject(mail.subject, language_of(mail.subject))


def file_of(mailbox: str, mail_id: int, position: int) -> tuple[str, bytes]:
    """Name and bytes of one attachment. Raises NotFound."""
    files = channels.parse_mail(bytes(answered_mail(mailbox, mail_id).raw)).attachments
    if not 0 <= position < len(files):
        raise NotFound()
    return files[position].name, files[position].content


def thread_of_ids(mailbox: str, message_ids: Iterable[str]) -> str | None:
    """The exchange in this mailbox that one of the mails belongs to."""
    found = CustomerMail.objects.filter(mailbox=mailbox, message_id__in=list(message_ids)).order_by("pk")
    return found.values_list("thread", flat=True).first()


def _in_both_languages(role: str) -> str:
    """Whoever starts the demo has not said yet which language they read."""
    labels = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            labels.append(str(Role(role).label))
    return " ".join(dict.fromkeys(labels))


def _thread_with(mailbox: str, mail_id: int) -> list[CustomerMail]:
    thread = answered_mail(mailbox, mail_id).thread
    return list(CustomerMail.objects.filter(mailbox=mailbox, thread=thread).order_by("received_at", "pk")[:MOST_MAILS])


def _thread(mails: list[CustomerMail]) -> Thread:
    """One line for mails that come newest first."""
    last, first = mails[0], mails[-1]
    return Thread(
        last_id=last.pk,
        subject=first.subject or _("(no subject)"),
        preview=" ".join(channels.split_reply(last.text).visible.split())[:160],
        mail_count=len(mails),
        last_at=last.received_at,
        is_answered=last.is_sent,
        state=last.state if last.state in (SendingState.QUEUED, SendingState.FAILED) else "",
    )


def _shown(mail: CustomerMail) -> ShownMail:
    body, quoted = _safe(mail)
    files = channels.parse_mail(bytes(mail.raw)).attachments
    return ShownMail(
        id=mail.pk,
        is_sent=mail.is_sent,
        author=mail.sender_name or mail.sender or "?",
        sender=mail.sender,
        recipient=mail.recipient,
        at=mail.received_at,
        subject=mail.subject,
        body=body,
        quoted=quoted,
        files=[
            ShownFile(position, each.name, len(each.content), each.media_type) for position, each in enumerate(files)
        ],
        state=mail.state,
        state_label=mail.get_state_display() if mail.state else "",
        failure=mail.failure,
    )


def _safe(mail: CustomerMail) -> tuple[Markup, Markup]:
    """What was written and what was quoted, both safe; pictures from outside stay blocked, links can be followed."""
    if mail.html:
        shown = channels.safe_html(mail.html, image_url=lambda _content_id: None)
        # Cleaned by the one sanitiser of the house.
        return Markup(shown.visible), Markup(shown.quoted)
    reply = channels.split_reply(mail.text)
    return _linked(reply.visible), _linked(reply.quoted)


def _linked(text: str) -> Markup:
    """Plain text, escaped, with its addresses of pages as links."""
    return Markup(urlize(text.strip(), nofollow=True, autoescape=True))
