"""Registers quality with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QualityConfig(AppConfig):
    name = "haoke.quality"
    label = "quality"
    verbose_name = _("Service quality")

    def ready(self) -> None:
        # Importing it registers what surveys put on worklists.
        from haoke.quality import worklist_kinds  # noqa: F401
