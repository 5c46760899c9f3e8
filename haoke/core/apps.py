"""Registers the core with Django."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "haoke.core"
    label = "core"
