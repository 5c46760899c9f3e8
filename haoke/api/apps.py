"""Registers the API with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "haoke.api"
    label = "api"
