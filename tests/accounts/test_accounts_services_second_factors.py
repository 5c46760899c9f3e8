"""The second factor: set up, used, guessed at, switched off, taken away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest

from haoke.accounts import queries, services
from haoke.accounts.errors import (
    CodeRefused,
    NoSecondFactor,
    OwnSecondFactor,
    SecondFactorIsOn,
    SetUpAgain,
    SignInRefused,
    WrongPassword,
)
from haoke.accounts.models import RecoveryCode, SecondFactor, Staff
from haoke.accounts.services.codes import MOST_CODES
from haoke.core import clock
from haoke.core.errors import Forbidden, Limited
from haoke.timeline.queries import audit_trail
from tests.conftest import PASSWORD

HERE = "203.0.113.7"


@pytest.fixture
def app_of(frozen) -> Callable[..., Callable[[], str]]:
    """Sets the second factor of an actor up, and returns the app that tells its codes, at the held time."""

    def set_up(actor) -> Callable[[], str]:
        services.begin_second_factor(by=actor)
        generator = pyotp.TOTP(key_of(actor))
        set_up.codes = services.confirm_second_factor(code=generator.at(clock.now()), session_key=None, by=actor)
        return lambda: generator.at(clock.now())

    return set_up


def key_of(actor) -> str:
    new = queries.new_factor(Staff.objects.get(pk=actor.id))
    assert new is not None
    return new.key.replace("-", "")


def finish(actor, code: str, address: str = HERE):
    staff = Staff.objects.get(pk=actor.id)
    return services.finish_sign_in(
        staff_id=actor.id, password_mark=staff.get_session_auth_hash(), code=code, address=address
    )


def test_setting_up_counts_from_the_first_code_on(frozen, agent) -> None:
    services.begin_second_factor(by=agent)
    assert not queries.has_second_factor(agent.id)
    key = key_of(agent)
    assert key not in SecondFactor.objects.get().sealed_secret

    with pytest.raises(CodeRefused):
        services.confirm_second_factor(code="000000", session_key=None, by=agent)
    codes = services.confirm_second_factor(code=pyotp.TOTP(key).at(clock.now()), session_key=None, by=agent)

    assert queries.has_second_factor(agent.id)
    assert len(set(codes)) == 10
    assert not RecoveryCode.objects.filter(fingerprint__in=codes).exists()
    assert audit_trail()[0].kind == "second_factor.set_up"
    with pytest.raises(SecondFactorIsOn):
        services.begin_second_factor(by=agent)
    with pytest.raises(SetUpAgain):
        services.confirm_second_factor(code=pyotp.TOTP(key).at(clock.now()), session_key=None, by=agent)


def test_beginning_anew_makes_another_key(frozen, agent) -> None:
    services.begin_second_factor(by=agent)
    first = key_of(agent)
    services.begin_second_factor(by=agent)

    assert key_of(agent) != first
    with pytest.raises(CodeRefused):
        services.confirm_second_factor(code=pyotp.TOTP(first).at(clock.now()), session_key=None, by=agent)


def test_the_password_alone_then_lets_nobody_in(app_of, agent) -> None:
    app_of(agent)
    email = Staff.objects.get(pk=agent.id).email

    admission = services.sign_in(email=email, password=PASSWORD, address=HERE)

    assert admission.needs_code
    assert not audit_trail(kinds=["staff.signed_in"])


def test_a_code_opens_once_and_its_replay_never(app_of, agent, frozen) -> None:
    app = app_of(agent)
    with pytest.raises(CodeRefused):
        # The code that switched it on is used up already.
        finish(agent, app())
    frozen.shift(timedelta(seconds=30))
    seen_over_the_shoulder = app()
    assert finish(agent, seen_over_the_shoulder).staff.pk == agent.id

    with pytest.raises(CodeRefused):
        finish(agent, seen_over_the_shoulder)
    line = audit_trail(kinds=["staff.signed_in"])[0]
    assert (line.payload["finished_with"], line.payload["network"]) == ("code", "203.0.113.*")


@pytest.mark.parametrize(("seconds", "opens"), [(30, True), (59, True), (-60, False), (90, False)])
def test_a_phones_clock_may_be_a_little_off(app_of, agent, frozen, seconds, opens) -> None:
    app = app_of(agent)
    frozen.shift(timedelta(minutes=10))
    frozen.shift(timedelta(seconds=seconds))
    code = app()
    frozen.shift(timedelta(seconds=-seconds))
    if opens:
        assert finish(agent, code)
    else:
        with pytest.raises(CodeRefused):
            finish(agent, code)


def test_a_recovery_code_opens_once_however_it_is_typed(app_of, agent) -> None:
    app_of(agent)
    first, second, *_rest = app_of.codes
    finish(agent, first.upper().replace("-", " "))
    with pytest.raises(CodeRefused):
        finish(agent, first)
    finish(agent, second)

    assert queries.factor_state(Staff.objects.get(pk=agent.id)).codes_left == 8
    assert audit_trail(kinds=["staff.signed_in"])[0].payload["finished_with"] == "recovery_code"


def test_nobody_comes_in_with_anothers_recovery_code(app_of, agent, other_agent) -> None:
    app_of(other_agent)
    theirs = app_of.codes[0]
    app_of(agent)
    with pytest.raises(CodeRefused):
        finish(agent, theirs)


def test_new_recovery_codes_replace_the_old_ones(app_of, agent) -> None:
    app_of(agent)
    old = app_of.codes[0]
    new = services.renew_recovery_codes(by=agent)

    with pytest.raises(CodeRefused):
        finish(agent, old)
    assert finish(agent, new[0])
    assert audit_trail(kinds=["recovery_codes.renewed"])


def test_guessing_codes_is_slowed_down_even_for_the_right_one(app_of, agent, frozen) -> None:
    app = app_of(agent)
    frozen.shift(timedelta(minutes=1))
    for number in range(MOST_CODES):
        with pytest.raises(CodeRefused):
            finish(agent, f"{number:06}", address=f"203.0.113.{number}")
    with pytest.raises(Limited):
        finish(agent, app(), address="198.51.100.1")


def test_somebody_who_left_or_got_another_password_meanwhile_is_refused(app_of, agent, admin, frozen) -> None:
    app = app_of(agent)
    frozen.shift(timedelta(minutes=1))
    with pytest.raises(SignInRefused):
        services.finish_sign_in(staff_id=agent.id, password_mark="of-yesterday", code=app(), address=HERE)
    Staff.objects.filter(pk=agent.id).update(is_active=False)
    with pytest.raises(SignInRefused):
        finish(agent, app())


def test_switching_off_asks_for_both_factors(app_of, agent, frozen) -> None:
    app = app_of(agent)
    frozen.shift(timedelta(minutes=1))
    with pytest.raises(WrongPassword):
        services.remove_second_factor(password="wrong", code=app(), by=agent)
    with pytest.raises(CodeRefused):
        services.remove_second_factor(password=PASSWORD, code="000000", by=agent)
    assert queries.has_second_factor(agent.id)

    services.remove_second_factor(password=PASSWORD, code=app(), by=agent)

    assert not queries.has_second_factor(agent.id)
    assert not RecoveryCode.objects.exists()
    assert audit_trail()[0].kind == "second_factor.removed"
    with pytest.raises(NoSecondFactor):
        services.renew_recovery_codes(by=agent)


def test_an_administrator_helps_whoever_lost_the_phone_and_it_is_kept(app_of, agent, admin) -> None:
    app_of(agent)
    services.reset_second_factor(staff_id=agent.id, by=admin)

    assert not queries.has_second_factor(agent.id)
    line = audit_trail(kinds=["second_factor.reset"])[0]
    assert (line.subject_id, line.by) == (agent.id, admin.name)
    with pytest.raises(NoSecondFactor):
        services.reset_second_factor(staff_id=agent.id, by=admin)


def test_nobody_takes_a_second_factor_away_without_the_right(app_of, agent, admin, supervisor) -> None:
    app_of(agent)
    with pytest.raises(Forbidden):
        services.reset_second_factor(staff_id=agent.id, by=supervisor)
    app_of(admin)
    with pytest.raises(OwnSecondFactor):
        services.reset_second_factor(staff_id=admin.id, by=admin)
    assert queries.has_second_factor(agent.id)
    assert queries.has_second_factor(admin.id)


def test_the_rule_of_the_house_leads_to_setting_one_up(agent, admin, supervisor, frozen) -> None:
    services.mark_installation(company_name="好客")
    services.set_second_factor_rule(rule="leading", by=admin)

    led = {
        each.id: services.sign_in(
            email=Staff.objects.get(pk=each.id).email, password=PASSWORD, address=HERE
        ).must_set_up
        for each in (agent, admin, supervisor)
    }

    assert led == {agent.id: False, admin.id: True, supervisor.id: True}
    states = queries.factor_states()
    assert (states.active, states.required, states.required_with) == (3, 2, 0)
    assert "Nobody has to" in audit_trail(kinds=["second_factor.rule_set"])[0].sentence


def test_only_administrators_make_the_rule(supervisor) -> None:
    services.mark_installation(company_name="好客")
    with pytest.raises(Forbidden):
        services.set_second_factor_rule(rule="everybody", by=supervisor)
    assert queries.second_factor_rule() == "nobody"


def test_a_lost_secret_key_leaves_the_recovery_codes(app_of, agent, settings, frozen) -> None:
    """The app's key cannot be unsealed any more; nobody is let in by accident, and nothing breaks."""
    app = app_of(agent)
    frozen.shift(timedelta(minutes=1))
    settings.SECRET_KEY = "another-key-than-the-one-it-was-sealed-with"
    with pytest.raises(CodeRefused):
        services.finish_sign_in(
            staff_id=agent.id,
            password_mark=Staff.objects.get(pk=agent.id).get_session_auth_hash(),
            code=app(),
            address=HERE,
        )
