"""A form on a mailbox, and a visitor who fills it in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from haoke.channels.services import create_channel
from haoke.conversations.queries import categories
from haoke.web_forms import services
from haoke.web_forms.models import Submission, WebForm
from haoke.web_forms.services import Written

TEXT = "您好,上个月买的净水器滤芯一直没有收到,订单号已经发过两次,请帮忙查一下物流。"


@pytest.fixture
def mailbox(team, system):
    return create_channel(
        name="Support",
        address="support@haoke.example",
        display_name="Haoke support",
        team_id=team.pk,
        outgoing_host="127.0.0.1",
        outgoing_port=9,
        outgoing_security="none",
        by=system,
    )


@pytest.fixture
def values(mailbox, other_team) -> dict[str, Any]:
    """The form's team is another one than the mailbox's: the form decides."""
    return {
        "key": "contact",
        "name": "Contact",
        "title_zh": "联系我们",
        "title_en": "Contact us",
        "intro_zh": "",
        "intro_en": "We answer every day.",
        "thanks_zh": "",
        "thanks_en": "See you soon.",
        "privacy_url": "",
        "channel_id": mailbox.pk,
        "team_id": other_team.pk,
        "category_id": categories()[1].pk,
        "asks_phone": True,
        "takes_files": True,
        "sites": "",
        "is_active": True,
    }


@pytest.fixture
def web_form(values, system) -> WebForm:
    return services.create_form(**values, by=system)


@pytest.fixture
def submit(web_form) -> Callable[..., Submission]:
    """Sends the form as a visitor would, each time from another page."""

    def send(*, uploads=(), token=None, address="203.0.113.7", language="zh-hans", **written: Any) -> Submission:
        given = {"name": "王小明", "mail": "wang@customer.example", "subject": "滤芯", "text": TEXT, **written}
        return services.submit_form(
            key=web_form.key,
            token=token or uuid4(),
            written=Written(**given),
            uploads=uploads,
            language=language,
            address=address,
        )

    return send
