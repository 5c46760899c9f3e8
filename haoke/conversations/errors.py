"""What conversations refuse."""

from django.utils.translation import gettext_lazy as _

from haoke.core.errors import Conflict, Forbidden, Invalid


class TransitionRefused(Conflict):
    code = "transition_refused"
    message = _("A conversation that is “%(old)s” cannot become “%(new)s”.")


class ConversationIsClosed(Conflict):
    code = "conversation_is_closed"
    message = _("This conversation is closed. Reopen it, saying why, and then answer.")


class NothingWritten(Invalid):
    code = "nothing_written"
    message = _("There is nothing to send yet. Write a line or attach a file.")


class NoAddress(Invalid):
    code = "no_address"
    message = _("There is no mail address to write to. Enter one under “To”.")


class NoChannel(Invalid):
    code = "no_channel"
    message = _("No mailbox is set up to send from. An administrator adds one under Settings → Mailboxes.")


class AssigneeUnfit(Invalid):
    code = "assignee_unfit"
    message = _("This colleague cannot take conversations of this team. Choose somebody else or another team.")


class ReasonNeeded(Invalid):
    code = "reason_needed"
    message = _("Please say why the conversation is reopened.")


class ReadOnly(Forbidden):
    code = "read_only"
    message = _("This conversation belongs to another team, so you can read it but not change it.")


class VersionConflict(Conflict):
    code = "version_conflict"
    message = _("%(by)s changed this conversation meanwhile. It is shown below as it is now; choose again.")


class SentBefore(Conflict):
    code = "sent_before"
    message = _("This form was sent before, with another text. Nothing was sent now; send it again if you mean both.")


class KeyReused(Conflict):
    code = "key_reused"
    message = _("This idempotency key was used for another text. Send a new key with a new message.")
