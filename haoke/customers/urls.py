"""Addresses of the archives; the customer's own page, made of many domains, is `web:customer`."""

from django.urls import path

from haoke.customers.views import contact_points, editing, lists, owners, registering, searching

app_name = "customers"
urlpatterns = [
    path("", lists.index, name="list"),
    path("new", registering.new, name="new"),
    path("search", searching.search, name="search"),
    path("<str:number>/edit", editing.edit, name="edit"),
    path("<str:number>/contact-points/", contact_points.index, name="contact_points"),
    path(
        "<str:number>/contact-points/<int:contact_point_id>/removal",
        contact_points.removal,
        name="contact_point_removal",
    ),
    path(
        "<str:number>/contact-points/<int:contact_point_id>/reveal", contact_points.reveal, name="contact_point_reveal"
    ),
    path("<str:number>/owner", owners.index, name="owner"),
    path("<str:number>/owner/<int:ownership_id>/end", owners.end, name="owner_end"),
]
