"""Registers the policies with Django."""

from importlib import import_module

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "haoke.policies"
    label = "policies"

    def ready(self) -> None:
        # Its facts are known in every process, also where nobody changes policies: the wiring names them.
        import_module("haoke.policies.events")
