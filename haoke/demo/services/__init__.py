"""Every change the demo makes: the company it loads, and the mails its customers get and write."""

from haoke.demo.services.loading import load_demo_company
from haoke.demo.services.mailbox import keep_mail, send_mail, write_mail

__all__ = ["keep_mail", "load_demo_company", "send_mail", "write_mail"]
