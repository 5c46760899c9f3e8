"""Addresses of the pages that belong to no single domain."""

from django.urls import path

from haoke.web.views import customers, operations, searching, settings, today

app_name = "web"
urlpatterns = [
    path("", today.today, name="today"),
    path("today/<int:item_id>/finish", today.finish, name="finish"),
    path("today/<int:item_id>/reopened", today.reopen, name="reopen"),
    path("search", searching.search, name="search"),
    path("settings/", settings.settings, name="settings"),
    path("customers/<str:number>", customers.customer, name="customer"),
    path("operations/jobs/", operations.jobs, name="jobs"),
    path("operations/jobs/run", operations.run_all_again, name="run_all_again"),
    path("operations/jobs/<int:job_id>/run", operations.run_again, name="run_again"),
    path("operations/audit/", operations.audit, name="audit"),
]
