"""The queue entry that hands one mail of ours to its outgoing server."""

from functools import partial

from haoke.channels import sender, services
from haoke.channels.errors import MailNotHandedOver
from haoke.channels.rules.delivery import MOST_TRIES
from haoke.core.queue import job


# A mail counts its own tries; the queue only has to be the more patient of the two.
@job("channels.send_mail", queue="mail", attempts=2 * MOST_TRIES)
def send_mail(outbound_id: int) -> None:
    """Raises MailNotHandedOver where another try is worth it."""
    letter = services.begin_delivery(outbound_id)
    if letter is None:
        return
    attempt = sender.hand_over(letter, claim=partial(services.claim_delivery, outbound_id))
    if attempt is not None and services.finish_delivery(outbound_id, attempt):
        raise MailNotHandedOver()
