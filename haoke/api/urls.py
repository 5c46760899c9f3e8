"""Where the API answers."""

from typing import cast

from django.urls import path

from haoke.api.api import api
from haoke.api.problems import unknown_address
from haoke.core.ui.gate import View, own_gate

_addresses, _app_name, _namespace = api.urls
for _address in _addresses:
    # Every operation asks for a token itself; without it the answer is a problem, never the sign-in page.
    own_gate(cast(View, _address.callback))

urlpatterns = [
    path("api/v1/", unknown_address, name="api_root"),
    path("api/v1/", (_addresses, _app_name, _namespace)),
    path("api/v1/<path:address>", unknown_address, name="api_unknown"),
]
