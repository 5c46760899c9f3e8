"""Addresses of reports."""

from django.urls import path

from haoke.insight.views import files, reports

app_name = "insight"
urlpatterns = [
    path("reports/", reports.index, name="reports"),
    path("reports/<str:table>.csv", files.file, name="file"),
]
