"""Puts the wiring in place once every house stands."""

from django.apps import AppConfig


class CompositionConfig(AppConfig):
    name = "haoke.config"
    label = "composition"

    def ready(self) -> None:
        from haoke import wiring
        from haoke.timeline import reactions

        reactions.wire(wiring.REACTIONS)
