"""Registers the timeline with Django."""

from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "haoke.timeline"
    label = "timeline"
