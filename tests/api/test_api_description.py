"""The description of the API: who may read it, what it names, and that the API keeps what it promises."""

from __future__ import annotations

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode

from haoke.api import tokens
from haoke.api.api import api
from haoke.config.wsgi import application
from tests.api.conftest import Program, check_problem

# Rules that no schema can tell, such as a check digit or a phone number, may refuse data of the right shape.
RULES_MAY_REFUSE = ["2xx", "403", "404", "409", "422"]

described = schemathesis.openapi.from_dict(
    json.loads(json.dumps(api.get_openapi_schema())),
    config=SchemathesisConfig.from_dict(
        {
            "checks": {"positive_data_acceptance": {"expected-statuses": RULES_MAY_REFUSE}},
            # As everywhere on the web, an unknown parameter behind the question mark is passed over.
            "generation": {"allow-extra-parameters": False},
        }
    ),
)
described.app = application


def test_the_description_is_for_programs_and_for_colleagues(program, client_of, agent, db) -> None:
    check_problem(Program().get("/openapi.json"), 401, "unknown_token")
    assert program.get("/openapi.json").status_code == 200
    assert client_of(agent).get("/api/v1/openapi.json").status_code == 200


def test_the_description_names_every_answer(program) -> None:
    description = program.get("/openapi.json").json()

    operations = [each for path in description["paths"].values() for each in path.values()]
    assert len(operations) >= 11
    for operation in operations:
        answers = operation["responses"]
        assert {"400", "401", "403", "422", "429", "503"} <= set(answers)
        assert len([status for status in answers if status.startswith("2")]) == 1
        for status, answer in answers.items():
            kind = "application/json" if status.startswith("2") else "application/problem+json"
            assert list(answer["content"]) == [kind]
        assert "Retry-After" in answers["429"]["headers"]
        assert operation["security"] == [{"Bearer": []}]


@pytest.fixture
def patience(monkeypatch):
    """Hundreds of requests in a second are no attack here."""
    monkeypatch.setattr(tokens, "MOST_REQUESTS", 10**6)
    monkeypatch.setattr(tokens, "MOST_WRONG_TOKENS", 10**6)


@pytest.fixture
def one_connection(db):
    """Requests share the connection of the test, as they do in Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@described.parametrize()
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.usefixtures("one_connection", "patience")
def test_the_api_keeps_what_it_describes(case, program, customer, conversation) -> None:
    """Made-up requests, right and wrong, to every operation: only described answers, and never a failure of ours."""
    if case.meta.generation.mode is GenerationMode.POSITIVE:
        # What is made up rightly should also find something.
        real = {"number": customer.number, "conversation_id": conversation.pk}
        case.path_parameters.update({name: real[name] for name in case.path_parameters})
        if isinstance(case.body, dict) and "customer_id" in case.body:
            case.body["customer_id"] = customer.pk
    case.call_and_validate(headers={"Authorization": f"Bearer {program.token}"})
