"""Weigh how much a decoded text looks like something people write."""

import re
import unicodedata
from functools import cache

SAMPLE = 3000

_FAMILIES = {
    "chinese": ("gb18030", "gbk", "hz", "big5hkscs", "cp950"),
    "japanese": ("cp932", "euc_jp", "shift_jis_2004", "euc_jis_2004"),
    "korean": ("cp949", "iso2022_kr"),
    "western": ("cp1252", "latin_1", "cp1254", "iso8859_9", "iso8859_15", "mac_roman"),
    "cyrillic": ("cp1251", "koi8-r", "koi8-u", "iso8859_5", "cp866"),
}
# The characters that make up most of any Chinese text, and the words of our trade.
_FREQUENT_HAN = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定"
    "天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相"
    "见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神"
    "总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设"
    "式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运您请谢问题订单退款货客服快递邮件复收到未处理账号密码维修投诉产品"
    "联系电话公司购买付款支付发票合同附件测试你好早晚经理先生女士周日午查看尽快希望麻烦网络宽带故障"
    "這個們來為國說時會對過發後裡經麼學當沒動還進樣開從實軍無與長機關點業將兩間問應戰頭體見產話內資給門兒東聲員論處義認條氣題別變總電數報結務場計"
    "世注番号届返品確願致絡商送料返金払到着願件"
    "統區隊決馬書則聽達強難權設記類據該規萬術領確傳師觀讓識帶導爭運請謝訂單貨遞郵復帳號碼維聯購買發票測試網絡寬頻嗎嗎喺嘅係"
)
_FREQUENT_HANGUL = frozenset(
    "이다는을를의가에고하지은기사도로인한어리자시대정부그아서해나일수전주안스과보들게원장으상만여구있습니까요합제것할성세동경조신비회면관녕문계선공감안녕받품작동않환불탁드립니능없습될됩"
)
_FREQUENT_CYRILLIC = frozenset("оеаинтсрвлкмдпуяыьгз")
_CYRILLIC_LETTER = re.compile("[а-яёА-ЯЁіїєґІЇЄҐ]")
# Cyrillic words are of one alphabet and do not rise to a capital half-way.
_CYRILLIC_GARBLE = re.compile("[A-Za-z][а-яё]|[а-яё][A-Za-zА-ЯЁ]|[А-ЯЁ][A-Za-z]|[^\x00-\x7f\\w]")
_PUNCTUATION = frozenset("‘’“”„‚–—…€™®©·•¡¿£")
_LETTER_RUN = re.compile("[^\x00-\x7f]{3,}")


def family_of(codec: str) -> str:
    """Name the kind of writing a codec is made for; `universal` for Unicode and the rest."""
    return next((family for family, codecs in _FAMILIES.items() if codec in codecs), "universal")


def plausibility(text: str, family: str) -> float:
    """Return about 1 for natural writing read by the right set and about 0 for garble; ASCII has no say."""
    signs = [sign for sign in text[: SAMPLE * 20] if sign > "\x7f"][:SAMPLE]
    if not signs:
        return 0.5
    if family == "western":
        return _western(text[: SAMPLE * 20], signs)
    score = sum(_weight(sign, family) for sign in signs) / len(signs)
    if family == "cyrillic":
        return score * _cyrillic_trust(text[: SAMPLE * 20], signs)
    return min(score, 0.7) if len(signs) < 4 and _CYRILLIC_LETTER.match(signs[0]) else score


def _western(text: str, signs: list[str]) -> float:
    """Accented letters stand alone between plain ones; long runs of them are another alphabet misread."""
    in_runs = sum(len(run) for run in _LETTER_RUN.findall(text))
    run_share = min(1.0, in_runs / len(signs))
    letters = sum(_western_weight(sign) for sign in signs) / len(signs)
    return letters * (1 - run_share) + 0.1 * run_share


def _cyrillic_trust(text: str, signs: list[str]) -> float:
    """Any bytes can be read as Cyrillic: it takes whole words to believe it."""
    if len(signs) < 4:
        return 0.3
    return max(0.1, 0.9 - 2 * len(_CYRILLIC_GARBLE.findall(text)) / len(signs))


def _western_weight(sign: str) -> float:
    if sign < "\xa0":
        return -1.0
    return 0.7 if sign.isalpha() or sign in _PUNCTUATION or sign == "\xa0" else 0.2


@cache
def _weight(sign: str, family: str) -> float:
    if "\u4e00" <= sign <= "\u9fff":
        return _han_weight(sign, family)
    if "\u3041" <= sign <= "\u30ff":
        return 0.9 if family in ("japanese", "universal") else 0.5
    if "\uac00" <= sign <= "\ud7a3":
        return 1.0 if sign in _FREQUENT_HANGUL else (0.55 if _is_in(sign, "euc_kr") else 0.1)
    if "\u3000" <= sign <= "\u303f" or "\uff01" <= sign <= "\uff60":
        return 0.9
    if "\uff61" <= sign <= "\uff9f":
        return 0.1
    if _CYRILLIC_LETTER.match(sign):
        return _cyrillic_weight(sign, family)
    if sign in _PUNCTUATION:
        return 0.7
    return _rare_weight(sign, family)


def _han_weight(sign: str, family: str) -> float:
    if family == "korean":
        return 0.2
    if sign in _FREQUENT_HAN:
        return 1.0
    if sign in _common_han():
        return 0.6
    return 0.25 if _is_in(sign, "gb2312") or _is_in(sign, "big5") else 0.05


def _cyrillic_weight(sign: str, family: str) -> float:
    if family not in ("cyrillic", "universal"):
        return 0.2
    return 1.0 if sign in _FREQUENT_CYRILLIC else (0.7 if sign.islower() else 0.4)


def _rare_weight(sign: str, family: str) -> float:
    category = unicodedata.category(sign)
    if category in ("Cn", "Cc", "Cs") or sign == "\ufffd":
        return -1.0
    if category == "Co":
        return -0.5
    if family in ("chinese", "japanese", "korean", "cyrillic"):
        return 0.1
    return 0.2 if "\u0180" <= sign <= "\u036f" or "\u0400" <= sign <= "\u058f" else 0.7


@cache
def _common_han() -> frozenset[str]:
    """The first levels of GB 2312 (3,755 characters) and Big5 (5,401): what schools teach."""
    simplified = bytes(byte for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for byte in (row, cell))
    cells = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = bytes(byte for row in range(0xA4, 0xC6) for cell in cells for byte in (row, cell))
    return frozenset(simplified.decode("gb2312", "ignore") + traditional.decode("big5", "ignore"))


def _is_in(sign: str, codec: str) -> bool:
    try:
        sign.encode(codec)
    except UnicodeError:
        return False
    return True
