"""Addresses of the design system's own pages."""

from django.urls import path

from haoke.core.ui import views

app_name = "ui"
urlpatterns = [path("styleguide", views.styleguide, name="styleguide")]
