"""A rulebook as lines of text for a supervisor: headings in bold, one rule a line."""

from collections.abc import Iterator

from scripts.rulebooks import Deadline, Hours, Kpi, Rulebook, ScriptChoice
from scripts.rulebooks.vocabulary import NAMES

Line = tuple[str, str]  # style and text
_HEAD, _TEXT = "bold", ""
_WEEKDAYS = "一二三四五六日"


def lines(book: Rulebook) -> Iterator[Line]:
    """The whole rulebook, the decisions first."""
    yield _HEAD, f"{book.id} {book.version}: {book.title}"
    yield _TEXT, f"  来源: {book.source}"
    sections = {
        "十二项取舍": _decisions(book),
        "件别、类别与种类": _classes(book),
        "处理顺序": _order(book),
        "拨打与期限": _times(book),
        "拨打结果与后续": _retries(book),
        "优先回访的客户": _earlier(book),
        "其他回访方式": _otherwise(book),
        "指标": _kpis(book),
        "话术": (_script(choice) for choice in book.scripts),
        "来源未载": _silence(book),
    }
    for title, part in sections.items():
        yield _HEAD, title
        for text in part:
            yield _TEXT, f"  {text}"


def _decisions(book: Rulebook) -> Iterator[str]:
    for one in book.conflicts:
        recorded = ", ".join(f"{name} = {value}" for name, value in one.values.items())
        yield f"{one.id} {one.topic}: {one.decision} [{recorded}] ({one.source})"


def _classes(book: Rulebook) -> Iterator[str]:
    for one in book.classes:
        yield f"{one.name}: {one.next_action or '不再下发'}"
        for family in book.families:
            if family.class_id != one.id:
                continue
            seller = "" if family.seller_may_handle else "，销售人员不得处理"
            owner = f"{_deadline(family.deadline)}，{family.owner}{seller}"
            yield f"  {family.name} ({owner}，凭{family.proof}结案)"
            for kind in book.kinds:
                if kind.family_id == family.id:
                    by = "" if kind.found_by == "call" else f" [{NAMES[kind.found_by]}]"
                    yield f"    {kind.number} {kind.name}{by}"


def _deadline(deadline: Deadline | None) -> str:
    return f"{deadline.days}个{NAMES[deadline.calendar]}" if deadline else "无时限"


def _order(book: Rulebook) -> Iterator[str]:
    names = {one.id: one.name for one in book.classes}
    for number, step in enumerate(book.processing_order, 1):
        month = f"，{NAMES[step.issued]}" if step.issued else ""
        yield f"{number} {'、'.join(sorted(names[one] for one in step.classes))}{month}"


def _times(book: Rulebook) -> Iterator[str]:
    first, calling = book.first_call, book.calling
    until = f"，第{first.by_days}日前" if first.by_days is not None else ""
    yield f"首次回访: {NAMES[first.counts_from]}后第{first.after_days}日起{until}"
    if book.whole_within:
        whole = book.whole_within
        yield f"回访完毕: {NAMES[whole.counts_from]}后{whole.days}日内"
    if book.after_period:
        yield f"期后补访: 期满后{book.after_period}日内"
    yield from _hours(calling.hours)
    yield (
        f"拨打次数: 每人每日{calling.per_day}次，每号每日{calling.per_day_number}次，"
        f"每单共{calling.per_revisit}次，至少间隔{calling.gap_min}分钟"
    )
    for rule in book.cooling_off:
        when = f" ({', '.join(map(str, rule.when))})" if rule.when else ""
        yield f"犹豫期: {rule.days}天，自{NAMES[rule.starts]}起算{when}"
    yield f"投诉答复: {_deadline(book.complaint_reply)}"
    yield f"月报: 次月{book.monthly_report_by}日前"
    problem = "计入" if book.success.with_problem else "不计入"
    yield f"回访成功: {'、'.join(sorted(book.success.outcomes))}；问题件{problem}成功"


def _hours(hours: Hours) -> Iterator[str]:
    days = {"工作日": hours.working, "休息日": hours.day_off, "节假日": hours.holiday}
    days |= {f"周{_WEEKDAYS[number]}": spans for number, spans in hours.weekdays}
    for day, spans in days.items():
        told = "、".join(f"{span.start:%H:%M}至{span.end:%H:%M}" for span in spans)
        yield f"拨打时间: {day}{told or '不拨打'}"


def _retries(book: Rulebook) -> Iterator[str]:
    for cause, retry in book.retries.items():
        again = f"{retry.after_min}分钟后再拨，至多{retry.most}次" if retry.again else "不再拨打"
        other = "，换其他号码" if retry.other_number else ""
        then = f"；之后{NAMES[retry.then]}" if retry.then else ""
        yield f"{cause}: {again}{other}{then}"


def _earlier(book: Rulebook) -> Iterator[str]:
    for rule in book.risk.rules:
        yield f"{rule.name}: {', '.join(map(str, rule.when))}，少算{book.risk.earlier_slots}次"


def _otherwise(book: Rulebook) -> Iterator[str]:
    for one in book.other_ways:
        yield f"{NAMES[one.way]}: 期满前{one.needs_days}日"
    yield f"交接清单: 收到后{_deadline(book.handover)}"
    yield f"预警: 期内接通可能低于{book.at_risk_below:.0%}"


def _kpis(book: Rulebook) -> Iterator[str]:
    yield from map(_kpi, book.kpis)
    names = [one.name for one in book.classes if one.id in book.problem_classes]
    yield f"计作问题件: {'、'.join(names)}"
    warned = book.seller_warning
    if warned is not None:
        kpi = next(one.name for one in book.kpis if one.id == warned.kpi_id)
        bound = f"高于{warned.over:g}%" if warned.over is not None else f"低于{warned.under:g}%"
        yield f"业务员预警: {kpi}的区间{bound}，至少{warned.policies}件"


def _kpi(kpi: Kpi) -> str:
    of = f" ÷ {NAMES[kpi.of]}" if kpi.of else ""
    scale = "；".join(f"≥{point.at_least:g} 得{point.points:g}分" for point in kpi.scale)
    return f"{kpi.name}: {NAMES[kpi.counts]}{of}{f' [{scale}]' if scale else ''}"


def _script(choice: ScriptChoice) -> str:
    when = f": {', '.join(map(str, choice.when))}" if choice.when else ""
    return f"{choice.script_id} ({choice.purpose}, {NAMES[choice.medium]}){when}"


def _silence(book: Rulebook) -> Iterator[str]:
    for one in book.silent:
        source = f" ({one.source})" if one.source else ""
        yield f"{one.field}: {NAMES[one.taken]}{source}"
