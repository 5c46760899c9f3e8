"""The pages of the archive: the good path, the forbidden and the invalid one."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from haoke.customers import queries, services
from haoke.customers.models import ContactPoint, Customer, Ownership

PERSON = {"kind": "person", "name": "王小明", "nature": "retail"}


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def form_of(response) -> dict[str, str]:
    """What the browser would send back: every named input, the selected options, the text areas."""
    html = response.content.decode()
    html = html[html.index('class="page-content"') :]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", html):
        named = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        if "name" in named and named.get("type") != "checkbox":
            sent[named["name"]] = named.get("value", "")
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    for name, words in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', html, re.S):
        sent[name] = words
    return sent


def test_a_person_is_registered_on_a_form(agent, client_of) -> None:
    """S0-67, S0-68."""
    client = client_of(agent)
    filled = form_of(client.get("/customers/new")) | {"name": "王小明", "phone": "13800138000", "honorific": "mr"}
    response = client.post("/customers/new", filled)
    customer = Customer.objects.get()
    assert (response.status_code, response["Location"]) == (302, reverse("web:customer", args=[customer.number]))
    assert (customer.name, customer.honorific) == ("王小明", "mr")
    assert customer.contact_points.get().normalised == "+8613800138000"


def test_an_organisation_has_a_form_of_its_own(agent, client_of) -> None:
    client = client_of(agent)
    page = client.get("/customers/new?kind=organisation")
    assert "credit_code" in form_of(page)
    assert "honorific" not in form_of(page)
    client.post("/customers/new", form_of(page) | {"name": "好客公司", "credit_code": "91350100m000100y43"})
    assert Customer.objects.get().credit_code == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "required"),
        ({"name": "王" * 201}, "at most 200 characters"),
        ({"name": "王\0明"}, "Null characters are not allowed"),
        ({"nature": "ticket"}, "ticket is not one of the available choices"),
        ({"language": "fr"}, "fr is not one of the available choices"),
        ({"phone": "none"}, "A phone number has 3 to 20 digits"),
        ({"mail": "wang at example"}, "A mail address looks like"),
        ({"note": "x" * 4001}, "at most 4000 characters"),
    ],
)
def test_what_cannot_be_registered_is_said_beside_the_field(wrong, sentence, agent, client_of, facts) -> None:
    known = len(facts())
    response = client_of(agent).post("/customers/new", PERSON | {"name": "王小明", "street": "文三路 90 号"} | wrong)
    assert response.status_code == 422
    assert sentence in text_of(response)
    # Nothing typed is lost.
    assert "文三路 90 号" in response.content.decode()
    assert not Customer.objects.exists()
    assert len(facts()) == known


@pytest.mark.parametrize("name", ["王伟😀", "עמית שפירא", "<script>alert(1)</script>"])
def test_names_of_every_kind_are_shown_as_they_are(name: str, agent, client_of) -> None:
    client = client_of(agent)
    client.post("/customers/new", PERSON | {"name": name})
    page = client.get("/customers/").content.decode()
    assert Customer.objects.get().name == name
    assert "<script>alert" not in page
    assert name.replace("<", "&lt;").replace(">", "&gt;") in page


def test_a_known_contact_point_proposes_before_it_registers(agent, account_manager, register, client_of) -> None:
    """RULINGS, Customers: a match on a contact point proposes; a name alone never does."""
    known = register("王大明", contact_points=[("phone", "13800138000", "")])
    client = client_of(agent)
    asked = client.post("/customers/new", PERSON | {"phone": "+86 138 0013 8000"})
    assert asked.status_code == 409
    assert known.number in text_of(asked)
    assert Customer.objects.count() == 1
    assert client.post("/customers/new", PERSON | form_of(asked)).status_code == 302
    assert Customer.objects.count() == 2
    assert client.post("/customers/new", PERSON | {"name": "王大明"}).status_code == 302
    # Whom one may not see is not proposed.
    assert client_of(account_manager).post("/customers/new", PERSON | {"phone": "13800138000"}).status_code == 302


def test_an_edit_changes_what_was_touched(agent, register, client_of) -> None:
    customer = register(honorific="mr", note="一\n二")
    client = client_of(agent)
    address = reverse("customers:edit", args=[customer.number])
    response = client.post(address, form_of(client.get(address)) | {"city": "杭州市"})
    customer.refresh_from_db()
    assert response.status_code == 302
    assert (customer.city, customer.honorific, customer.note, customer.version) == ("杭州市", "mr", "一\n二", 2)


def test_a_stale_edit_shows_both_versions_and_loses_nothing(agent, register, client_of) -> None:
    """Row versions: both values side by side; what the colleague changed elsewhere is kept."""
    customer = register(city="杭州市")
    client = client_of(agent)
    address = reverse("customers:edit", args=[customer.number])
    mine = form_of(client.get(address)) | {"city": "温州市", "industry": "物流"}
    services.edit_customer(customer_id=customer.pk, version=1, city="宁波市", street="江北大道", by=agent)
    conflict = client.post(address, mine)
    assert conflict.status_code == 409
    assert re.search(r"City\s+宁波市\s+温州市", text_of(conflict))
    customer.refresh_from_db()
    assert (customer.city, customer.industry, customer.version) == ("宁波市", "", 2)
    decided = form_of(conflict)
    assert (decided["city"], decided["industry"], decided["street"]) == ("温州市", "物流", "江北大道")
    assert client.post(address, decided).status_code == 302
    customer.refresh_from_db()
    assert (customer.city, customer.industry, customer.street) == ("温州市", "物流", "江北大道")


def test_a_stale_edit_with_a_mistake_in_it_loses_nothing_either(agent, register, client_of) -> None:
    customer = register(city="杭州市")
    client = client_of(agent)
    address = reverse("customers:edit", args=[customer.number])
    mine = form_of(client.get(address)) | {"city": "温州市", "industry": "x" * 101}
    services.edit_customer(customer_id=customer.pk, version=1, city="宁波市", by=agent)
    conflict = client.post(address, mine)
    assert conflict.status_code == 409
    assert "at most 100 characters" in text_of(conflict)
    assert form_of(conflict)["industry"] == "x" * 101
    assert form_of(conflict)["city"] == "温州市"


def test_the_kind_can_be_corrected(agent, register, client_of) -> None:
    customer = register("好客公司", honorific="mr")
    client = client_of(agent)
    address = reverse("customers:edit", args=[customer.number])
    page = client.get(f"{address}?kind=organisation")
    assert client.post(address, form_of(page)).status_code == 302
    customer.refresh_from_db()
    assert (customer.kind, customer.honorific) == ("organisation", "")


def test_the_list_is_searched_filtered_and_escaped(agent, register, client_of, django_assert_max_num_queries) -> None:
    register("王小明")
    register("好客公司", kind="organisation")
    client = client_of(agent)
    assert "王小明" in text_of(client.get("/customers/?q=wxm"))
    assert "好客公司" not in text_of(client.get("/customers/?q=wxm"))
    assert "王小明" not in text_of(client.get("/customers/?kind=organisation"))
    assert "No customer fits" in text_of(client.get("/customers/?q=nobody"))
    assert client.get("/customers/?kind=animal&sort=x&owner=y&after=%00&before=K1").status_code == 200
    block = client.get("/customers/?q=wxm", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="customer-list").content.decode()
    assert "王小明" in block
    assert "<html" not in block


def test_an_empty_house_offers_the_first_step(agent, quality_manager, client_of) -> None:
    assert "Register the first customer" in text_of(client_of(agent).get("/customers/"))
    assert "Register the first customer" not in text_of(client_of(quality_manager).get("/customers/"))


def test_the_search_fragment_offers_links_or_choices(agent, field_engineer, register, client_of) -> None:
    customer = register()
    client = client_of(agent)
    links = client.get("/customers/search?q=wxm", HTTP_HX_REQUEST="true").content.decode()
    assert reverse("web:customer", args=[customer.number]) in links
    choices = client.get("/customers/search?q=wxm&pick", HTTP_HX_REQUEST="true").content.decode()
    assert re.search(rf'type="radio"[^>]*name="customer_id" value="{customer.pk}"', choices)
    assert client.get("/customers/search?q=wxm")["Location"] == "/customers/?q=wxm"
    unseen = client_of(field_engineer).get("/customers/search?q=wxm", HTTP_HX_REQUEST="true")
    assert "No customer fits" in text_of(unseen)


def test_contact_points_are_added_removed_and_revealed(agent, register, client_of, facts) -> None:
    customer = register()
    client = client_of(agent)
    address = reverse("customers:contact_points", args=[customer.number])
    assert client.post(address, {"kind": "phone", "value": "13800138000", "label": "晚上"}).status_code == 302
    again = client.post(address, {"kind": "phone", "value": "138 0013 8000"})
    assert (again.status_code, "on the archive already" in text_of(again)) == (422, True)
    page = client.get(address)
    assert "138****8000" in text_of(page)
    assert "13800138000" not in page.content.decode()
    point = ContactPoint.objects.get()
    reveal = reverse("customers:contact_point_reveal", args=[customer.number, point.pk])
    assert client.get(reveal).status_code == 405
    assert facts("contact_point.revealed") == []
    revealed = client.post(reveal)
    assert "13800138000" in text_of(revealed)
    assert "no-store" in revealed["Cache-Control"]
    assert len(facts("contact_point.revealed")) == 1
    removal = reverse("customers:contact_point_removal", args=[customer.number, point.pk])
    assert client.post(removal).status_code == 302
    assert not ContactPoint.objects.exists()


def test_the_owner_page_gives_and_takes_back(supervisor, agent, team, register, client_of) -> None:
    customer = register()
    client = client_of(supervisor)
    address = reverse("customers:owner", args=[customer.number])
    given = {"kind": "primary", "staff_id": agent.id, "team_id": team.pk, "reason": "负责华东"}
    assert client.post(address, given).status_code == 302
    assert queries.primary_owner(customer.pk) == agent.id
    assert "负责华东" in text_of(client.get(address))
    refused = client.post(address, given | {"reason": ""})
    assert refused.status_code == 422
    ownership = Ownership.objects.get()
    end = reverse("customers:owner_end", args=[customer.number, ownership.pk])
    assert client.post(end, {"reason": ""}).status_code == 422
    assert client.post(end, {"reason": "调岗"}).status_code == 302
    assert queries.primary_owner(customer.pk) is None


def test_giving_a_customer_out_of_ones_reach_leads_back_to_the_list(
    supervisor, other_agent, register, client_of
) -> None:
    customer = register()
    address = reverse("customers:owner", args=[customer.number])
    response = client_of(supervisor).post(address, {"kind": "primary", "staff_id": other_agent.id, "reason": "二组"})
    assert (response.status_code, response["Location"]) == (302, "/customers/")


@pytest.mark.parametrize("role", ["account_manager", "field_engineer", "admin"])
def test_a_customer_out_of_reach_is_not_found(role, request, register, client_of, supervisor, other_agent) -> None:
    customer = register(contact_points=[("phone", "13800138000", "")])
    services.give_owner(customer_id=customer.pk, staff_id=other_agent.id, reason="二组", by=supervisor)
    client = client_of(request.getfixturevalue(role))
    point = ContactPoint.objects.get()
    for name, arguments in (("edit", []), ("contact_points", []), ("contact_point_removal", [point.pk])):
        response = client.post(reverse(f"customers:{name}", args=[customer.number, *arguments]))
        assert response.status_code in (403, 404)
        assert "王小明" not in text_of(response)
    assert "王小明" not in text_of(client.get("/customers/"))
    assert ContactPoint.objects.filter(pk=point.pk).exists()


MATRIX = {
    "agent": {"list", "new", "edit", "contact_points", "reveal"},
    "account_manager": {"list", "new", "edit", "contact_points"},
    "supervisor": {"list", "new", "edit", "contact_points", "owner"},
    "quality_manager": {"list"},
    "field_engineer": {"list"},
    "admin": {"list"},
    "surveyor": set(),
}


@pytest.mark.parametrize("role", MATRIX)
def test_each_role_opens_only_its_pages(role: str, request, register, client_of) -> None:
    actor = request.getfixturevalue(role)
    owner = {"owner_id": actor.id} if role == "account_manager" else {}
    customer = register(contact_points=[("phone", "13800138000", "")], **owner)
    arguments = {"list": [], "new": [], "reveal": [customer.number, ContactPoint.objects.get().pk]}
    names = {"reveal": "contact_point_reveal"}
    client = client_of(actor)
    opened = set()
    for page in ("list", "new", "edit", "contact_points", "owner", "reveal"):
        address = reverse(f"customers:{names.get(page, page)}", args=arguments.get(page, [customer.number]))
        response = client.post(address) if page == "reveal" else client.get(address)
        assert response.status_code in (200, 403), page
        if response.status_code == 200:
            opened.add(page)
    assert opened == MATRIX[role]


def test_visitors_are_sent_to_the_sign_in_page(client, agent, register) -> None:
    for name, arguments in (("list", []), ("new", []), ("search", []), ("edit", [register().number])):
        response = client.get(reverse(f"customers:{name}", args=arguments))
        assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("accounts:sign_in"))


def test_a_post_without_the_safety_mark_changes_nothing(agent, client_of) -> None:
    response = client_of(agent, enforce_csrf_checks=True).post("/customers/new", PERSON)
    assert response.status_code == 403
    assert not Customer.objects.exists()
