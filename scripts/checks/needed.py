"""What a conversation must ask about, by its purpose and medium: the items of the law, each with
its source and the policies that it is due for. A list, no check."""

from collections.abc import Mapping
from dataclasses import dataclass

from scripts.conditions import DOUBTED, Condition
from scripts.model import Medium, Purpose, Script

_NEW = Condition("product_type", values=("participating", "universal", "unit-linked"))
_WITH_FEES = Condition("product_type", values=("universal", "unit-linked"))
_UNIT_LINKED = Condition("product_type", values=("unit-linked",))
_HEALTH = Condition("product_type", values=("health",))
_INSTALMENTS = Condition("instalments")
_RECORDED = Condition("double_recorded")
#: A doubt about one of these may mean that the holder was misled at the sale.
_MISLED = Condition(DOUBTED, values=("AWARE", "READ", "LIABILITY", "PREMIUM", "SURRENDER_LOSS"))

REVISITS = frozenset({Purpose.REVISIT, Purpose.SECOND})
COMPLAINTS = frozenset({Purpose.COMPLAINT})
EVERY = REVISITS | COMPLAINTS
ON_PAPER = frozenset({Medium.VISIT, Medium.LETTER})


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be confirmed: its name, what it is, its source, the code of the question that
    asks it, and for which policies, purposes and media it is due. ``speaks`` are patterns that the
    wording of its question must all meet: a name alone confirms nothing."""

    name: str
    title: str
    source: str
    code: str
    when: tuple[Condition, ...] = ()
    purposes: frozenset[Purpose] = REVISITS
    media: frozenset[Medium] = frozenset(Medium)

    @property
    def speaks(self) -> tuple[str, ...]:
        """What the question must speak of, as patterns over its text as it is written."""
        return SPEAKS[self.name]


_ART_15 = "人身保险业务基本服务规定 第15条"
_ART_11 = "保监发〔2017〕54号 第11条"
_2009 = "2009年第3号 第24、29、33条"

#: The items by name. A question says which one it serves with ``item:``.
ITEMS: Mapping[str, Item] = {
    item.name: item
    for item in (
        Item("1", "投保人本人", f"{_ART_15}①", "ID_VERIFY", purposes=EVERY),
        Item("2-purchase", "购买了保险", f"{_ART_15}②", "AWARE"),
        Item("2-holder", "投保人签名", f"{_ART_15}②", "SIGN_APP"),
        Item(
            "2-insured", "被保险人签名", f"{_ART_15}②", "SIGN_APP",
            (Condition("insured_is_holder", negated=True),),
        ),
        Item("3-description", "阅读理解产品说明书", f"{_ART_15}③", "READ"),
        Item("3-tips", "阅读理解投保提示", f"{_ART_15}③", "READ"),
        Item("4-liability", "保险责任", f"{_ART_15}④", "LIABILITY"),
        Item("4-exclusions", "责任免除", f"{_ART_15}④", "LIABILITY"),
        Item("4-term", "保险期间", f"{_ART_15}④", "LIABILITY"),
        Item("5", "退保损失", f"{_ART_15}⑤", "SURRENDER_LOSS"),
        Item("6-start", "犹豫期起算时间", f"{_ART_15}⑥", "HESITATION"),
        Item("6-length", "犹豫期期间", f"{_ART_15}⑥", "HESITATION"),
        Item("6-rights", "犹豫期权利", f"{_ART_15}⑥", "HESITATION"),
        Item("7-period", "交费期间", f"{_ART_15}⑦", "PREMIUM", (_INSTALMENTS,)),
        Item("7-frequency", "交费频率", f"{_ART_15}⑦", "PREMIUM", (_INSTALMENTS,)),
        Item("recorded", "接受录音录像", _ART_11, "RECORDED", (_RECORDED,)),
        Item("true-will", "真实意思表示", _ART_11, "TRUE_WILL", (_RECORDED,)),
        Item("nonguar", "收益不确定", _2009, "NONGUAR", (_NEW,)),
        Item("may-lose", "可能亏损", "2009年第3号 第24条", "NONGUAR", (_UNIT_LINKED,)),
        Item("fees", "费用扣除项目", "2009年第3号 第24、29条", "FEES", (_WITH_FEES,)),
        Item("fee-rates", "费用扣除比例或金额", "2009年第3号 第24、29条", "FEES", (_WITH_FEES,)),
        Item(
            "cancel-right", "受误导时有权解除合同", "健康保险管理办法 第44条", "HESITATION",
            (_HEALTH, _MISLED),
        ),
        Item("outcome", "投诉处理结果", "004 投诉处理 反馈客户、回访", "SATISFACTION",
             purposes=COMPLAINTS),
        Item("demands", "新的诉求", "004 投诉处理 不满意或有新诉求", "SUGGEST",
             purposes=COMPLAINTS),
        Item("signature", "投保人亲笔签名", "002-k; 2009年第3号 第10条", "CONFIRM_FORM",
             media=ON_PAPER),
    )
}  # fmt: skip


#: By item: words or slots of which its question must speak. Loose on purpose: they tell a question
#: about something else, not a clumsy one.
SPEAKS: Mapping[str, tuple[str, ...]] = {
    "1": ("出生|生日|证件|身份|号码|姓名",),
    "2-purchase": ("保险",),
    "2-holder": ("签",),
    "2-insured": ("签", r"被保险人|insured\.name"),
    "3-description": ("说明", "读|看|理解|懂"),
    "3-tips": ("提示", "读|看|理解|懂"),
    "4-liability": ("责任|保什么|保障|保哪些",),
    "4-exclusions": ("免除|免责|除外|不赔|不保|不承担",),
    "4-term": (r"保险期|保障期|保多久|保到|cover_period",),
    "5": ("退保|解约|解除|撤单|退", "损失|亏|少|现金价值"),
    "6-start": (r"犹豫期|cooling_off", r"起|开始|从|次日|starts_on"),
    "6-length": (r"犹豫期|cooling_off", r"天|日|多久|多长|期间|days"),
    "6-rights": ("退|解除|解约|撤单|取消",),
    "7-period": (r"交费期|缴费期|交费年|缴费年|交几年|缴几年|交多少年|payment_period",),
    "7-frequency": (r"每|频率|方式|多久|frequency", "交|缴"),
    "recorded": ("录音|录像|双录",),
    "true-will": ("真实|自愿|本意|本人的?意",),
    "nonguar": ("不确定|不保证|不固定|没有保证|非保证|浮动|变动|有高有低",),
    "may-lose": ("亏|损失|变少|本金",),
    "fees": ("费",),
    "fee-rates": ("费", "比例|金额|多少|标准|率|几"),
    "cancel-right": ("解除|退保|取消|解约",),
    "outcome": ("处理|结果|解决|答复|办",),
    "demands": ("要求|诉求|需求|问题|需要|意见",),
    "signature": ("签",),
}


def needed(script: Script) -> list[Item]:
    """The items that this script has to ask about, in the order of the law."""
    return [
        item
        for item in ITEMS.values()
        if script.purpose in item.purposes and script.medium in item.media
    ]
