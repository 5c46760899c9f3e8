"""Addresses of mailboxes, of the mails that arrived and of those that left."""

from django.urls import path

from haoke.channels.views import inbound, mailboxes, outbound

app_name = "channels"
urlpatterns = [
    path("", mailboxes.index, name="mailboxes"),
    path("new", mailboxes.new, name="mailbox_new"),
    path("<int:channel_id>", mailboxes.mailbox, name="mailbox"),
    path("<int:channel_id>/test-mail", mailboxes.test_mail, name="test_mail"),
    path("inbound/", inbound.index, name="inbound"),
    path("inbound/<int:inbound_id>", inbound.mail, name="inbound_mail"),
    path("inbound/<int:inbound_id>/source", inbound.source, name="inbound_source"),
    path("inbound/<int:inbound_id>/run", inbound.run, name="inbound_run"),
    path("outbound/", outbound.index, name="outbound"),
    path("outbound/<int:outbound_id>", outbound.mail, name="outbound_mail"),
    path("outbound/<int:outbound_id>/trial", outbound.trial, name="outbound_trial"),
    path("outbound/<int:outbound_id>/settlement", outbound.settlement, name="outbound_settlement"),
]
