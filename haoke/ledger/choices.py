"""What a ledger line counts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LineKind(TextChoices):
    TIME = "time", _("Time")
