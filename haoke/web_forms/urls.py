"""Addresses of the public forms, and of their settings."""

from django.urls import path

from haoke.web_forms.views import public, settings, submissions

app_name = "web_forms"
urlpatterns = [
    path("f/<slug:key>", public.form, name="form"),
    path("f/<slug:key>/thanks/<str:receipt>", public.thanks, name="thanks"),
    path("settings/web-forms/", settings.index, name="list"),
    path("settings/web-forms/new", settings.new, name="new"),
    path("settings/web-forms/<int:form_id>", settings.edit, name="edit"),
    path("settings/web-forms/<int:form_id>/submissions", submissions.index, name="submissions"),
    path("settings/web-forms/submissions/<int:submission_id>/release", submissions.release, name="release"),
    path("settings/web-forms/submissions/<int:submission_id>/rejection", submissions.rejection, name="rejection"),
    path("settings/web-forms/submissions/<int:submission_id>/run", submissions.run_again, name="run_again"),
]
