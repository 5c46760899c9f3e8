"""Which keys and values of the search language people may type, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from haoke.conversations.choices import SearchHas, SearchIs, SearchKey, State, Urgency
from haoke.core.text.folding import fold

NONE = "none"
ME = "me"
MINE = "mine"

_KEYS: Mapping[str, str] = {
    "owner assignee 受理人 负责人": SearchKey.OWNER,
    "team group 受理组 组 团队": SearchKey.TEAM,
    "status state 状态": SearchKey.STATUS,
    "urgency priority 紧急程度 优先级": SearchKey.URGENCY,
    "category 分类 类别": SearchKey.CATEGORY,
    "tag label 标签": SearchKey.TAG,
    "channel mailbox 渠道 邮箱": SearchKey.CHANNEL,
    "customer 客户": SearchKey.CUSTOMER,
    "from sender 发件人 来自": SearchKey.FROM,
    "subject title 主题 标题": SearchKey.SUBJECT,
    "before until 早于 之前": SearchKey.BEFORE,
    "after since 晚于 之后 自": SearchKey.AFTER,
    "is 是": SearchKey.IS,
    "has 有 包含": SearchKey.HAS,
    "reference ref": SearchKey.REFERENCE,
}

_STATES: Mapping[str, tuple[str, ...]] = {
    "new 新建 新": (State.NEW,),
    "open 处理中": (State.OPEN,),
    "waiting pending 待客户回复 等待": (State.WAITING,),
    "on-hold on_hold hold 挂起": (State.ON_HOLD,),
    "solved resolved 已解决": (State.SOLVED,),
    "closed 已关闭": (State.CLOSED,),
    "unfinished 未完结 未完成": (State.NEW, State.OPEN, State.WAITING, State.ON_HOLD),
    "finished done 已完结 已完成": (State.SOLVED, State.CLOSED),
}

_URGENCIES: Mapping[str, tuple[str, ...]] = {
    "low 低": (Urgency.LOW,),
    "normal 普通": (Urgency.NORMAL,),
    "high 高": (Urgency.HIGH,),
    "urgent 紧急": (Urgency.URGENT,),
}

_IS: Mapping[str, tuple[str, ...]] = {
    "mine 我的": (SearchIs.MINE,),
    "unassigned 未分配": (SearchIs.UNASSIGNED,),
    "unanswered unread 待我方回复 未回复 未读": (SearchIs.UNANSWERED,),
    "unfinished 未完结 未完成": (SearchIs.UNFINISHED,),
    "waiting 待客户回复": (SearchIs.WAITING,),
    "due-soon due_soon 临期": (SearchIs.DUE_SOON,),
    "overdue late 超时": (SearchIs.OVERDUE,),
    "snoozed 稍后处理 已暂缓 暂缓": (SearchIs.SNOOZED,),
    "following followed 我关注的 关注": (SearchIs.FOLLOWING,),
    "merged 已合并": (SearchIs.MERGED,),
}

_HAS: Mapping[str, tuple[str, ...]] = {
    "attachment attachments file 附件": (SearchHas.ATTACHMENT,),
    "draft 草稿": (SearchHas.DRAFT,),
    "note 内部备注 备注": (SearchHas.NOTE,),
    "call 电话": (SearchHas.CALL,),
}


def _by_word(table: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {word: codes for words, codes in table.items() for word in words.split()}


KEYS: Mapping[str, str] = {word: key for words, key in _KEYS.items() for word in words.split()}
# Keys whose values are codes; those of all other keys are names, numbers, dates or words.
CODES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    SearchKey.STATUS: _by_word(_STATES),
    SearchKey.URGENCY: _by_word(_URGENCIES),
    SearchKey.IS: _by_word(_IS),
    SearchKey.HAS: _by_word(_HAS),
}
SPECIAL_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("me", "我", "我自己"), ME),
    **dict.fromkeys(("mine", "我的", "我组"), MINE),
    **dict.fromkeys(("none", "nobody", "无", "没有", "未分配"), NONE),
}
EXAMPLES: Mapping[str, str] = {
    SearchKey.OWNER: "owner:me",
    SearchKey.TEAM: "team:mine",
    SearchKey.CATEGORY: "category:none",
    SearchKey.TAG: "tag:退费",
    SearchKey.CHANNEL: "channel:support@example.com",
    SearchKey.CUSTOMER: "customer:K000024",
    SearchKey.FROM: "from:chen@example.com",
    SearchKey.SUBJECT: "subject:退款",
    SearchKey.BEFORE: "before:2026-10-01",
    SearchKey.AFTER: "after:2026-10-01",
    SearchKey.REFERENCE: "HK-123",
}


def key_of(typed: str) -> str | None:
    """The key a word before a colon means, None where it means none."""
    return KEYS.get(fold(typed))


def codes_of(key: str, value: str) -> tuple[str, ...] | None:
    """The codes a value of a key with fixed values means, None where it means none."""
    return CODES[key].get(fold(value).replace(" ", "-"))


def offered_values(key: str, *, in_chinese: bool) -> str:
    """What may stand after a key, in the reader's language, for the sentence that says so."""
    if key not in CODES:
        return EXAMPLES[key]
    known: dict[tuple[str, ...], str] = {}
    for word, codes in CODES[key].items():
        # Of several spellings the first of the reader's language is the one to learn.
        if word.isascii() != in_chinese:
            known.setdefault(codes, word)
    return ", ".join(known.values())


def similar_keys(typed: str) -> list[str]:
    """The keys a mistyped one resembles, best first."""
    return get_close_matches(fold(typed), KEYS, n=3, cutoff=0.6)
