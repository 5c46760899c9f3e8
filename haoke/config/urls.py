"""Every address of Haoke, house by house."""

from django.urls import include, path

from haoke.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("haoke.accounts.urls")),
    path("", include("haoke.core.ui.urls")),
    path("", include("haoke.policies.urls")),
    path("customers/", include("haoke.customers.urls")),
    path("channels/", include("haoke.channels.urls")),
    path("", include("haoke.conversations.urls")),
    path("", include("haoke.quality.urls")),
    path("", include("haoke.web_forms.urls")),
    path("", include("haoke.insight.urls")),
    path("", include("haoke.notifications.urls")),
    path("", include("haoke.api.urls")),
    path("", include("haoke.demo.urls")),
    path("", include("haoke.web.urls")),
]

handler404 = "haoke.web.views.refusals.not_found"
handler403 = "haoke.web.views.refusals.forbidden"
handler500 = "haoke.web.views.refusals.broken"
