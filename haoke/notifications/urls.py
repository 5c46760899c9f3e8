"""Addresses of the list behind the bell, and of what one chooses to be told of."""

from django.urls import path

from haoke.notifications.views import choices, notifications, reading

app_name = "notifications"
urlpatterns = [
    path("notifications/", notifications.index, name="list"),
    path("notifications/bell", notifications.bell, name="bell"),
    path("notifications/<int:notification_id>", reading.opening, name="opening"),
    path("notifications/<int:notification_id>/reading", reading.one, name="reading"),
    path("notifications/reading", reading.everything, name="reading_all"),
    path("notifications/reading/<int:marked_at>/undo", reading.undo, name="reading_undo"),
    path("notifications/conversations/<int:conversation_id>/reading", reading.seen, name="seen"),
    path("account/notifications", choices.choices, name="choices"),
]
