"""The styleguide page: for staff alone, in both languages and every theme (S0-67)."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("theme", "dark"), [("auto", "screen and (prefers-color-scheme: dark)"), ("dark", "screen")])
def test_staff_see_every_component(client_of, agent, theme, dark):
    client = client_of(agent)
    client.cookies["haoke_theme"] = theme
    page = client.get(reverse("ui:styleguide"))
    text = page.content.decode()
    assert page.status_code == 200
    assert f'data-theme="{theme}"' in text
    assert f'media="{dark}"' in text
    assert 'id="conversation"' in text
    assert 'aria-invalid="true"' in text


def test_the_light_theme_does_not_fetch_the_dark_one(client_of, agent):
    client = client_of(agent)
    client.cookies["haoke_theme"] = "light"
    assert "dark.css" not in client.get(reverse("ui:styleguide")).content.decode()


def test_visitors_do_not_see_it(client):
    assert client.get(reverse("ui:styleguide")).status_code in (302, 403)
