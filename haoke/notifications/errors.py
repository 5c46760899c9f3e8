"""What notifications refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from haoke.core.errors import Forbidden


class ForPeopleOnly(Forbidden):
    code = "for_people_only"
    message = _("Only a colleague who is signed in can be notified; a program reads the timeline instead.")
