"""The vocabularies of a list: product type, channel, frequency, yes and no, gender. Pure tables."""

import re
from functools import lru_cache
from typing import TypeVar

from scheduler.intake.cells.text import Unreadable, clean, quoted
from scripts.facts import Channel, Frequency, ProductType

T = TypeVar("T")

# Each row is (pattern, meaning); the first that is found in the cell wins. Patterns are looked for
# in the half-width text without spaces, in lower case.
_PRODUCT_TYPES: tuple[tuple[str, ProductType], ...] = (
    (r"万能|universal|^ul$", ProductType.UNIVERSAL),
    (r"投连|投资连[结接]|unit-?linked|^ilp$", ProductType.UNIT_LINKED),
    (r"分红|participating|with-?profit|^par$", ProductType.PARTICIPATING),
    (r"健康|医疗|重大?疾病?|重疾|疾病|护理|失能|防癌|health|critical", ProductType.HEALTH),
    (r"传统|普通|非分红|traditional|non-?par|^trad$", ProductType.TRADITIONAL),
)
#: Words that name what is insured, not how the product is built (设计类型); the name decides then.
_BENEFIT_KINDS = re.compile(
    r"(人[寿身]|[终定]身?期?寿|寿|年金|养老|两全|意外伤?害?|主|长)(保险|险)?"
)
#: The design type must stand in a product's name (人身保险公司保险条款和保险费率管理办法: 分红型、
#: 万能型、投资连结型), so a life or annuity product without one is 传统.
_LIFE_PRODUCT = re.compile(r"寿险|年金|两全|养老|终身|定期|教育金")

_CHANNELS: tuple[tuple[str, Channel], ...] = (
    (r"银保|银行|银邮|邮储|邮政|邮保|兼业|bank", Channel.BANK),
    (r"经代|中介|经纪|专业代理|专代|代理公司|broker", Channel.BROKER),
    (r"电销|电话|电商话|tele", Channel.TELESALES),
    (r"网销|互联网|网络|网上|线上|电子商务|电商|官网|app|online|internet|direct", Channel.ONLINE),
    (r"个险|个人|营销|个代|个销|代理人|保险代理|收展|agen|^ag$|individual", Channel.AGENT),
)

_FREQUENCIES: tuple[tuple[str, Frequency], ...] = (
    (r"趸|一次|单次|single|lump", Frequency.SINGLE),
    (r"半年|half|semi", Frequency.HALF_YEARLY),
    (r"季|quarter", Frequency.QUARTERLY),
    (r"月|month", Frequency.MONTHLY),
    (r"年|annual|year", Frequency.YEARLY),
)

_YES = re.compile(r"是|有|已.*|y|yes|t|true|1|√|✓|✔|双录|需要?|完成|保证.*|合格|通过")
_NO = re.compile(r"否|没有?|未.*|不.*|非.*|无.*|n|no|f|false|0|×|✗|x|免.*")


def _found(raw: str, table: tuple[tuple[str, T], ...]) -> T | None:
    text = re.sub(r"\s+", "", clean(raw)).lower()
    return next((meaning for pattern, meaning in table if re.search(pattern, text)), None)


@lru_cache(maxsize=4096)
def read_product_type(raw: str, product: str = "") -> ProductType | None:
    """The design type; a blank or a benefit kind (年金险) is decided by the product's name.

    Raises :class:`Unreadable` ``product-type-unknown``.
    """
    text = clean(raw)
    if not text or _BENEFIT_KINDS.fullmatch(text):
        return product_type_of_name(product)
    meaning = _found(raw, _PRODUCT_TYPES)
    if meaning is None:
        raise Unreadable(
            "product-type-unknown", f"产品类型{quoted(raw)}不认识,请写传统、分红、万能、投连或健康"
        )
    return meaning


def product_type_of_name(product: str) -> ProductType | None:
    """What a product's registered name says of its type, or None."""
    meaning = _found(product, _PRODUCT_TYPES)
    if meaning is None and _LIFE_PRODUCT.search(product):
        return ProductType.TRADITIONAL
    return meaning


@lru_cache(maxsize=4096)
def read_channel(raw: str) -> Channel | None:
    """个险, 银保, 经代, 电销 or 网销 under any of their names.

    Raises :class:`Unreadable` ``channel-unknown``.
    """
    if not clean(raw):
        return None
    meaning = _found(raw, _CHANNELS)
    if meaning is None:
        raise Unreadable(
            "channel-unknown", f"渠道{quoted(raw)}不认识,请写个险、银保、经代、电销或网销"
        )
    return meaning


@lru_cache(maxsize=4096)
def read_frequency(raw: str) -> Frequency | None:
    """How often a premium is paid.

    Raises :class:`Unreadable` ``frequency-unknown``: a bare 期交 does not say how often.
    """
    if not clean(raw):
        return None
    meaning = _found(raw, _FREQUENCIES)
    if meaning is None:
        raise Unreadable(
            "frequency-unknown", f"交费方式{quoted(raw)}不明确,请写趸交、年交、半年交、季交或月交"
        )
    return meaning


def read_yes(raw: str) -> bool | None:
    """是/否 in its many forms. Raises :class:`Unreadable` ``yes-no-unknown``."""
    text = re.sub(r"[\s.]+0?$|\s", "", clean(raw)).lower()
    if not text:
        return None
    if _YES.fullmatch(text):
        return True
    if _NO.fullmatch(text):
        return False
    raise Unreadable("yes-no-unknown", f"{quoted(raw)}看不懂,请写是或否")


def read_gender(raw: str) -> str | None:
    """男 or 女; None when blank or in a code whose meaning differs between systems (0, 1, 2)."""
    text = clean(raw).lower()
    if text in ("男", "男性", "男士", "m", "male", "先生"):
        return "男"
    if text in ("女", "女性", "女士", "f", "female", "小姐"):
        return "女"
    return None
