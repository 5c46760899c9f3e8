"""Addresses of the inbox and of conversations."""

from django.urls import path

from haoke.conversations.views import changes, conversations, inbox, messages

app_name = "conversations"
urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/new/<int:customer_id>", messages.new, name="new"),
    path("inbox/<int:conversation_id>", conversations.conversation, name="conversation"),
    path("inbox/<int:conversation_id>/messages", messages.create, name="messages"),
    path("inbox/<int:conversation_id>/assignment", changes.assignment, name="assignment"),
    path("inbox/<int:conversation_id>/state", changes.state, name="state"),
    path("inbox/<int:conversation_id>/urgency", changes.urgency, name="urgency"),
    path("inbox/<int:conversation_id>/category", changes.category, name="category"),
    path("inbox/<int:conversation_id>/closure", changes.closure, name="closure"),
    path("inbox/<int:conversation_id>/reopening", changes.reopening, name="reopening"),
    path("inbox/<int:conversation_id>/customer", changes.customer, name="customer"),
    path("inbox/<int:conversation_id>/registration", changes.registration, name="registration"),
    path("inbox/messages/<int:message_id>/settlement", messages.settlement, name="settlement"),
    path("inbox/messages/<int:message_id>/minutes", messages.minutes, name="minutes"),
    path("inbox/messages/<int:message_id>/trial", messages.trial, name="trial"),
    path("inbox/attachments/<int:attachment_id>", conversations.attachment, name="attachment"),
]
