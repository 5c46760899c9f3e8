"""The details of an archive: cleaned, limited, and each where it belongs."""

from __future__ import annotations

from typing import Any

import pytest

from haoke.core.errors import Invalid
from haoke.customers.errors import (
    CreditCodeWrong,
    DetailOfAnotherKind,
    NameNeeded,
    TextNotUsable,
    TextTooLong,
    UnknownCode,
)
from haoke.customers.rules.completeness import completeness
from haoke.customers.rules.credit_code import check_sign
from haoke.customers.rules.details import check_kind, clean_details, left_behind

CODE = "91330106MA2AAAAA0" + check_sign("91330106MA2AAAAA0")


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("name", " \u3000 ", NameNeeded),
        ("name", "王" * 201, TextTooLong),
        ("name", "王\0伟", TextNotUsable),
        ("name", "\ud800", TextNotUsable),
        ("name", 7, TextNotUsable),
        ("street", "x" * 201, TextTooLong),
        ("nature", "ticket", UnknownCode),
        ("nature", "", UnknownCode),
        ("language", "fr", UnknownCode),
        ("kind", "animal", UnknownCode),
    ],
)
def test_details_that_cannot_be_stored_are_refused_by_field(field: str, value: Any, refusal: type[Invalid]) -> None:
    with pytest.raises(refusal) as refused:
        clean_details({field: value})
    assert refused.value.field == field


@pytest.mark.parametrize("name", ["王伟😀", "עמית שפירא", "Ada Lovelace", "أحمد", "欧阳 修"])
def test_names_of_every_script_are_welcome(name: str) -> None:
    assert clean_details({"name": f" {name}\n"}) == {"name": name}


def test_a_note_keeps_its_lines_and_other_texts_do_not() -> None:
    assert clean_details({"note": "一\r\n二 ", "street": "文三路\n90 号"}) == {
        "note": "一\n二",
        "street": "文三路 90 号",
    }


def test_a_detail_belongs_to_one_kind() -> None:
    with pytest.raises(DetailOfAnotherKind):
        check_kind({"kind": "person", "credit_code": CODE})
    with pytest.raises(DetailOfAnotherKind):
        check_kind({"kind": "organisation", "honorific": "mr"})
    with pytest.raises(CreditCodeWrong):
        check_kind({"kind": "organisation", "credit_code": CODE[:-1] + ("0" if CODE[-1] != "0" else "1")})
    check_kind({"kind": "organisation", "credit_code": CODE})
    assert left_behind("organisation") == {"honorific": "", "position": ""}


def test_completeness_is_the_share_of_basic_fields_and_names_the_missing() -> None:
    """S0-67: completeness score with its missing fields."""
    empty = completeness({"kind": "person"}, [])
    assert empty.percent == 0
    assert [field.value for field in empty.missing] == ["phone", "mail", "language", "address", "source", "honorific"]
    half = completeness({"kind": "person", "language": "en", "province": "浙江", "city": ""}, ["phone", "mail"])
    assert half.percent == 50
    assert [field.value for field in half.missing] == ["address", "source", "honorific"]
    full = {
        "kind": "organisation",
        "language": "zh-hans",
        "province": "浙江",
        "city": "杭州",
        "source": "customer",
        "credit_code": CODE,
        "industry": "物流",
    }
    assert completeness(full, ["phone", "mail"]).percent == 100
