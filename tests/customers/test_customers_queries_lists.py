"""The customer list: sorted, filtered, one page after the other."""

from __future__ import annotations

import pytest

from haoke.customers import queries
from haoke.customers.services import give_owner

NAMES = ["李四", "张三", "张三丰", "安娜", "赵一", "陈二", "单雄信"]
BY_PINYIN = ["安娜", "陈二", "李四", "单雄信", "张三", "张三丰", "赵一"]


@pytest.fixture
def customers(register):
    return {name: register(name) for name in NAMES}


def pages(actor, **asked) -> list[list[str]]:
    """Every page forwards, checked to read the same backwards."""
    forwards, after = [], ""
    while True:
        page = queries.customers_page(actor, after=after, most=3, **asked)
        forwards.append(page)
        if page.after is None:
            break
        after = page.after
    backwards = [forwards[-1]]
    while backwards[0].before:
        backwards.insert(0, queries.customers_page(actor, before=backwards[0].before, most=3, **asked))
    names = [[row.name for row in page.rows] for page in forwards]
    assert [[row.name for row in page.rows] for page in backwards] == names
    assert backwards[0].before is None
    return names


def test_pages_by_key_show_everybody_once_in_pinyin_order(customers, agent) -> None:
    assert pages(agent) == [BY_PINYIN[:3], BY_PINYIN[3:6], BY_PINYIN[6:]]


@pytest.mark.parametrize(("sort", "order"), [("number", NAMES), ("newest", NAMES[::-1]), ("nonsense", BY_PINYIN)])
def test_other_orders(sort: str, order: list[str], customers, agent) -> None:
    assert [name for page in pages(agent, sort=sort) for name in page] == order


def test_who_completes_archives_reads_what_to_ask_for(register, agent, django_assert_num_queries) -> None:
    """S0-67: the worklist of missing basic data names each field."""
    points = [("mail", "an@customer.example", ""), ("phone", "13800138000", "")]
    complete = {"honorific": "ms", "language": "zh-hans", "province": "浙江省", "city": "杭州市", "source": "referral"}
    register("安娜", contact_points=points, **complete)
    register("王小明", contact_points=points[:1], **complete | {"honorific": "", "city": ""})

    with django_assert_num_queries(2):
        [row] = queries.customers_page(agent, filters=queries.Filters(is_incomplete=True)).rows

    assert (row.name, row.missing) == ("王小明", ["Phone", "Province and city", "Honorific"])


def test_filters_narrow_the_list(customers, register, agent, supervisor) -> None:
    company = register("好客公司", kind="organisation", by=agent)
    give_owner(customer_id=company.pk, staff_id=agent.id, reason="负责", by=supervisor)

    def found(search: str = "", **filters) -> list[str]:
        page = queries.customers_page(agent, search=search, filters=queries.Filters(**filters))
        return [row.name for row in page.rows]

    assert found(kind="organisation") == ["好客公司"]
    assert found(owner="mine") == ["好客公司"]
    assert "好客公司" not in found(owner="none")
    assert found("张三", owner="none") == ["张三", "张三丰"]
    assert len(found(is_incomplete=True)) == len(NAMES) + 1


def test_a_list_takes_three_queries_and_shows_only_the_reach(
    customers, agent, account_manager, supervisor, django_assert_num_queries
) -> None:
    give_owner(customer_id=customers["李四"].pk, staff_id=account_manager.id, reason="负责", by=supervisor)
    with django_assert_num_queries(3):
        page = queries.customers_page(agent, after=customers["陈二"].number, most=3)
    assert (page.rows[0].name, page.rows[0].owner_name) == ("李四", account_manager.name)
    assert [row.name for row in queries.customers_page(account_manager).rows] == ["李四"]
    unreachable = queries.customers_page(account_manager, after=customers["陈二"].number)
    assert [row.name for row in unreachable.rows] == ["李四"]


def test_the_profile_shows_everything_in_six_queries(
    register, agent, account_manager, quality_manager, supervisor, team, django_assert_num_queries
) -> None:
    """S0-67: what is missing stands on the page."""
    customer = register(honorific="mr", province="浙江省", city="杭州市", contact_points=[("phone", "13800138000", "")])
    give_owner(customer_id=customer.pk, staff_id=account_manager.id, reason="负责", by=supervisor)
    give_owner(customer_id=customer.pk, kind="team", team_id=team.pk, reason="支持", by=supervisor)
    with django_assert_num_queries(5):
        profile = queries.profile(customer.number, agent)
    assert (profile.owner_name, profile.honorific, profile.percent) == (account_manager.name, "Mr", 50)
    assert profile.missing == ["Mail", "Language", "Source of the data"]
    assert [point.shown for point in profile.contact_points] == ["138****8000"]
    assert (profile.may_edit, profile.may_give_owner) == (True, False)
    assert queries.profile(customer.number, account_manager).contact_points[0].shown == "13800138000"
    masked = queries.profile(customer.number, quality_manager).contact_points[0]
    assert (masked.shown, masked.may_reveal) == ("138****8000", False)
