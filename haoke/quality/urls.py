"""Addresses of the survey page and of satisfaction."""

from django.urls import path

from haoke.quality.views import satisfaction, surveys

app_name = "quality"
urlpatterns = [
    path("s/<str:token>", surveys.survey, name="survey"),
    path("quality/satisfaction", satisfaction.satisfaction, name="satisfaction"),
    path("quality/satisfaction.csv", satisfaction.export, name="export"),
]
