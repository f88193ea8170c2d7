"""The sentences around a shown script, in Chinese and English. Data only: fields in braces are
filled by ``say``, with values that are never read as a pattern."""

from scripts.show.policy_terms import Names
from scripts.show.terms import column

SENTENCES: Names = {
    "list": ("、", ", "),
    "and": ("，且", " and "),
    "is": ("{name}是{values}", "{name} is {values}"),
    "is-not": ("{name}不是{values}", "{name} is not {values}"),
    "is-doubted": ("对{values}有过疑问", "a doubt was heard about {values}"),
    "is-not-doubted": ("对{values}没有过疑问", "no doubt was heard about {values}"),
    "at-least": ("{name}满{number}{unit}", "{name} at least {number} {unit}"),
    "at-most": ("{name}不超过{number}{unit}", "{name} at most {number} {unit}"),
    "below": ("{name}不到{number}{unit}", "{name} below {number} {unit}"),
    "above": ("{name}超过{number}{unit}", "{name} above {number} {unit}"),
    "not": ("非“{name}”", "not: {name}"),
    "slot": ("〔{name}〕", "[{name}]"),
    "everybody": ("全部保单", "every policy"),
    # what follows an answer
    "nth": ("第{n}次", "time {n}"),
    "nth-in-a-row": ("连续第{n}次", "{n} in a row"),
    "goes-on": ("接着问", "go on"),
    "tried": ("先{moves}", "first {moves}"),
    "tried-next": ("，再", ", then "),
    "edge-nth": ("{events}，{nth}（{before}）", "{events}, {nth} ({before})"),
    "stays": ("{events}：{chain}", "{events}: {chain}"),
    "others": ("其他回答", "any other answer"),
    "care": ("{age}周岁起：{words}", "from {age} on: {words}"),
    # the flow picture
    "picture": ("{title} 流程图", "{title}: flow picture"),
    "described": (
        "话术 {id} 第 {version} 版：{questions} 道题、{aside} 道插问、{endings} 个结束。"
        "由上而下逐题询问，向右的箭头写着什么回答走到哪个结束。",
        "Script {id}, version {version}: {questions} questions, {aside} aside, {endings} endings. "
        "Questions go from top to bottom; an arrow to the right says which answer ends the call.",
    ),
    "sub": (
        "话术 {id} · 第 {version} 版 · {purpose} · {medium} · {questions} 道题 · {spoken}",
        "script {id} · version {version} · {purpose} · {medium} · {questions} questions · {spoken}",
    ),
    "suits": ("适用：{policies}", "for: {policies}"),
    "opening": ("开场白", "Opening"),
    "gate": (
        "身份核实线：此线以上不谈保单的任何内容",
        "Identity gate: nothing of the policy is told above this line",
    ),
    "no-gate": ("没有核实身份的题", "No question proves the identity"),
    "finish": ("问完最后一题", "after the last question"),
    "only": ("只问：{when}", "only if {when}"),
    "law": ("法{mark} {title}", "law{mark} {title}"),
    "onward": ("接右栏", "goes on at the right"),
    "from-left": ("接左栏", "from the left"),
    "key": ("图例", "How to read it"),
    "key-line": ("答“是”就沿蓝线往下问", "a yes goes on down the blue line"),
    "key-all": ("每份保单都问", "asked of every policy"),
    "key-some": ("只问部分保单，条件写在框里", "asked of some; the box says of which"),
    "key-law": (
        "法定事项；①至⑦是服务规定第15条的七项",
        "an item of the law; ① to ⑦ are those of Article 15",
    ),
    "common": (
        "各题相同的去向（另有写明的除外）",
        "The same for every question unless it says otherwise",
    ),
    "common-care": (
        "投保人{age}周岁起改为（至少等{wait}秒{slow}）",
        "Instead for holders from {age} on (waits {wait} s{slow})",
    ),
    "care-slow": ("，语速放慢", ", speaks slowly"),
    "aside": ("插问：问完即结束", "Asked aside, then the call ends"),
    "endings": ("结束", "Endings"),
    "turns": ("超过{turns}轮", "after {turns} answers"),
    "hand-over": ("接不通人工：{otherwise}", "nobody free: {otherwise}"),
    # the agent's page
    "policy": (
        "保单 {policy} · {product} · 投保人 {holder}（核实身份以前不念出保单内容）",
        "policy {policy} · {product} · holder {holder} (tell nothing of it before the gate)",
    ),
    "no-policy": ("〔〕里念保单上的内容", "in [ ] say what the policy says"),
    "keys": ("按键：1 是　2 否　3 不确定　9 其他", "Keys: 1 yes, 2 no, 3 not sure, 9 other"),
    "keyed": ("{key} {events}：{chain}", "{key} {events}: {chain}"),
    "ends": ("结束〔{name} {id}〕", "end [{name}, {id}]"),
    "asks": ("插问〔{name} {id}〕", "ask aside [{name}, {id}]"),
    "other-same": ("9 其余回答：见“各题相同的去向”", "9 any other answer: as for every question"),
    "says": ("问：{text}", "Ask: {text}"),
    "again": ("换说法：{text}", "In other words: {text}"),
    "explain": ("说明：{text}", "Explain: {text}"),
    "source": ("来源：{source}", "Source: {source}"),
    "said": ("说：{text}", "Say: {text}"),
    "said-when": ("{when}时说：{text}", "When {when}, say: {text}"),
    "sorry": ("接不通人工时说：{text}", "When nobody is free, say: {text}"),
}  # fmt: skip


def say(key: str, language: str, /, **fields: object) -> str:
    """The sentence of this key, its fields filled."""
    return SENTENCES[key][column(language)].format(**fields)
