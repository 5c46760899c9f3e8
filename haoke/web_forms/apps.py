"""Registers web forms with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebFormsConfig(AppConfig):
    name = "haoke.web_forms"
    label = "web_forms"
    verbose_name = _("Web forms")

    def ready(self) -> None:
        # Importing it registers what web forms put on worklists.
        from haoke.web_forms import worklist_kinds  # noqa: F401
