"""Addresses of the demo's playing customers."""

from django.urls import path

from haoke.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/mailbox", views.mailbox_list, name="mailbox"),
    path("demo/mailbox/<str:address>", views.mailbox, name="mails"),
    path("demo/mailbox/<str:address>/new", views.new_mail, name="new"),
    path("demo/mailbox/<str:address>/<int:mail_id>", views.mail, name="mail"),
    path("demo/mailbox/<str:address>/<int:mail_id>/files/<int:position>", views.attachment, name="file"),
]
