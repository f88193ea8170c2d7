"""The Chinese words of the monthly report for what the code calls by English ones. Reports go to
the head of the company and to the regulator, so they are in Chinese only."""

from collections.abc import Mapping
from typing import Final

from cases.complaint_statistics import Grouping
from cases.kpis import RUNNING
from scripts.facts import Channel
from scripts.outcomes import Cause

CAUSES: Final[Mapping[str, str]] = {
    Cause.NOT_HOLDER: "非投保人本人接听",
    Cause.WRONG_NUMBER: "电话错误",
    Cause.IDENTITY_FAILED: "身份核实未通过",
    Cause.CALLBACK: "客户另约时间",
    Cause.REFUSED: "客户拒访",
    Cause.UNAWARE: "客户称未办理",
    Cause.NOT_RECEIVED: "未收到保单",
    Cause.TRANSFERRED: "转人工",
    Cause.COMPLAINT: "客户投诉或要求退保",
    Cause.LANGUAGE: "语言沟通不畅",
    Cause.SILENT: "客户无应答",
    Cause.HUNG_UP_EARLY: "核身前挂断",
    Cause.HUNG_UP: "中途挂断",
    Cause.BUSY: "占线",
    Cause.NO_ANSWER: "无人接听",
    Cause.SWITCHED_OFF: "关机",
    Cause.UNREACHABLE: "无法接通",
    Cause.SUSPENDED: "停机",
    Cause.EMPTY_NUMBER: "空号",
    Cause.VOICEMAIL: "语音信箱",
    Cause.FAILED: "线路未能呼出",
    Cause.CANCELED: "呼叫取消",
    Cause.ERROR: "系统故障",
}

CHANNELS: Final[Mapping[str, str]] = {
    Channel.AGENT: "个险",
    Channel.BANK: "银保",
    Channel.BROKER: "经代",
    Channel.TELESALES: "电销",
    Channel.ONLINE: "网销",
}

GROUPINGS: Final[Mapping[str, str]] = {
    "branch": "机构",
    "channel": "渠道",
    "product": "险种",
    "script": "话术版本",
}

#: The word for what is still to come, beside those of the rulebooks' vocabulary.
STILL: Final[Mapping[str, str]] = {RUNNING: "仍在期限内的保单"}

COMPLAINT_GROUPINGS: Final[Mapping[Grouping, str]] = {
    Grouping.KIND: "投诉类型",
    Grouping.CHANNEL: "来源",
    Grouping.PRODUCT: "险种",
    Grouping.SELLER: "业务员",
    Grouping.BRANCH: "机构",
    Grouping.RESULT: "处理结果",
    Grouping.CAUSE: "根源",
}

COMPLAINT_CHANNELS: Final[Mapping[str, str]] = {
    "hotline": "客服热线",
    "web": "官网或 APP",
    "letter": "书信",
    "visit": "来访",
    "partner": "合作机构",
    "regulator": "监管转办",
    "revisit": "回访电话",
}

COMPLAINT_RESULTS: Final[Mapping[str, str]] = {
    "upheld": "投诉属实",
    "partly": "部分属实",
    "rejected": "投诉不属实",
    "settled": "协商一致",
    "withdrawn": "客户撤回",
    "refused": "不予受理",
}
