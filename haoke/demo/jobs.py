"""The queue entry that sends one mail of a playing customer."""

from haoke.core.queue import job
from haoke.demo import services


@job("demo.send", queue="mail")
def send(mail_id: int) -> None:
    services.send_mail(mail_id)
