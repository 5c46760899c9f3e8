"""What channels refuses."""

from django.utils.translation import gettext_lazy as _

from haoke.core.errors import Conflict, Invalid, Unavailable


class ChannelAddressTaken(Invalid):
    code = "channel_address_taken"
    message = _("There is already a mailbox with this address.")


class NotAMailAddress(Invalid):
    code = "not_a_mail_address"
    message = _("“%(address)s” is not a mail address. It should look like service@example.com.")


class NoRecipients(Invalid):
    code = "no_recipients"
    message = _("A mail needs at least one recipient.")


class TooManyRecipients(Invalid):
    code = "too_many_recipients"
    message = _("A mail may have at most %(most)s recipients.")


class UnknownTeam(Invalid):
    code = "unknown_team"
    message = _("There is no such team any more. Choose another one.")


class ChannelIsOff(Invalid):
    code = "channel_is_off"
    message = _("This mailbox is switched off. Switch it on before you send a test mail.")


class ChannelChanged(Conflict):
    code = "channel_changed"
    message = _("Somebody changed this mailbox in the meantime. Both versions are shown: decide what should stand.")


class MailMovedOn(Conflict):
    """What a person asked for no longer fits the state the mail is in by now."""

    code = "mail_moved_on"
    message = _("This mail is in another state by now. Look at it again before you decide.")


class MailHasLeft(Conflict):
    code = "mail_has_left"
    message = _("This mail has left already, so it cannot be taken back. Write another one to put it right.")


class ReasonNeeded(Invalid):
    code = "reason_needed"
    message = _("Please say why you need to read this mail; the reason is kept with the access.")


class MailNotHandedOver(Unavailable):
    """The outgoing server did not take a mail this time; the job tries again."""

    code = "mail_not_handed_over"
    message = _("The mail could not be handed over this time. We will try again.")
