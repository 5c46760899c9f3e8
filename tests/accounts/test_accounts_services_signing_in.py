"""Who is let in, and how often one may try."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password

from haoke.accounts import services
from haoke.accounts.errors import SignInRefused
from haoke.accounts.models import Staff
from haoke.accounts.services.signing_in import MOST_TRIES_PER_MAIL_ADDRESS, MOST_TRIES_PER_NETWORK_ADDRESS
from haoke.core.errors import Limited
from haoke.timeline.choices import AccessKind
from haoke.timeline.queries import AccessFilter, accesses, audit_trail
from tests.conftest import PASSWORD

HERE = "127.0.0.1"


@pytest.fixture
def email(agent) -> str:
    return Staff.objects.get(pk=agent.id).email


def try_in(email: str, password: str = "wrong", address: str = HERE) -> None:
    with pytest.raises(SignInRefused):
        services.sign_in(email=email, password=password, address=address)


def test_whoever_knows_both_is_let_in_and_the_trail_says_so(agent, email) -> None:
    admission = services.sign_in(email=f" {email.upper()} ", password=PASSWORD, address=HERE)

    assert (admission.staff.pk, admission.needs_code, admission.must_set_up) == (agent.id, False, False)
    line = audit_trail(kinds=["staff.signed_in"])[0]
    assert (line.subject_id, line.by, line.payload["network"]) == (agent.id, agent.name, "127.0.0.*")


@pytest.mark.parametrize("password", ["wrong", "", PASSWORD.upper()])
def test_a_wrong_password_is_refused_without_a_fact(email, password) -> None:
    try_in(email, password)

    assert not audit_trail(kinds=["staff.signed_in"])


@pytest.mark.parametrize("typed", ["agent", "nobody@haoke.example"])
def test_a_refused_sign_in_is_noted_once_a_quarter_without_what_was_typed(frozen, agent, email, typed) -> None:
    """RULINGS: who tried to come in is seen in the access log; what they typed may be a password."""
    address = email if typed == "agent" else typed
    for _try in range(3):
        try_in(address, "my-other-password")

    found = accesses(AccessFilter(kind=AccessKind.REFUSED_SIGN_IN))
    assert [(each.subject_id, each.actor_name, each.network) for each in found] == [
        (agent.id if typed == "agent" else None, "", "127.0.0.*")
    ]


def test_an_unknown_address_is_refused_in_the_same_words_and_after_the_same_work(email, monkeypatch) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(
        "haoke.accounts.queries.staff.make_password", lambda text: hashed.append(text) or make_password(text)
    )

    try_in("nobody@haoke.example")

    assert hashed == ["wrong"]


def test_a_colleague_who_left_is_refused(agent, email, admin) -> None:
    services.change_staff(
        staff_id=agent.id,
        version=1,
        name=agent.name,
        email=email,
        roles=["agent"],
        team_ids=[],
        is_active=False,
        by=admin,
    )

    try_in(email, PASSWORD)


def test_guessing_one_persons_password_is_slowed_down(email) -> None:
    for _try in range(MOST_TRIES_PER_MAIL_ADDRESS):
        try_in(email)

    with pytest.raises(Limited) as refusal:
        services.sign_in(email=email.upper(), password=PASSWORD, address="10.0.0.9")

    assert 0 < refusal.value.retry_after <= 300


def test_guessing_many_peoples_passwords_from_one_place_is_slowed_down(email) -> None:
    for number in range(MOST_TRIES_PER_NETWORK_ADDRESS):
        try_in(f"guess{number}@haoke.example")

    with pytest.raises(Limited):
        services.sign_in(email=email, password=PASSWORD, address=HERE)
    assert services.sign_in(email=email, password=PASSWORD, address="10.0.0.9")


def test_whoever_gets_in_has_a_clean_slate(email) -> None:
    for _round in range(2):
        for _try in range(MOST_TRIES_PER_MAIL_ADDRESS - 1):
            try_in(email)
        services.sign_in(email=email, password=PASSWORD, address=HERE)
