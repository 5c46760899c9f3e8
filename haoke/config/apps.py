"""Puts the wiring in place once every house stands, and keeps names out of the log."""

from django.apps import AppConfig


class CompositionConfig(AppConfig):
    name = "haoke.config"
    label = "composition"

    def ready(self) -> None:
        from haoke import wiring
        from haoke.core.logs import keep_names_out
        from haoke.timeline import reactions

        reactions.wire(wiring.REACTIONS)
        keep_names_out()
