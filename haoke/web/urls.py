"""Addresses of the pages that belong to no single domain."""

from django.urls import path

from haoke.web.views import access_log, customers, operations, search_index, searching, settings, today

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
    path("operations/access/", access_log.access_log, name="access_log"),
    path("operations/access/export", access_log.export, name="access_log_export"),
    path("operations/search-index/", search_index.search_index, name="search_index"),
    path("operations/search-index/rebuild", search_index.rebuild, name="rebuild_search_index"),
    path("operations/search-index/cancellation", search_index.cancel, name="cancel_search_rebuild"),
    path("operations/audit/", operations.audit, name="audit"),
]
