"""Registers the policies with Django."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "haoke.policies"
    label = "policies"
