"""The answer of `licet own` as one HTML file: the picture first, then each rule with its path, citation and source."""

from __future__ import annotations

from importlib.resources import files

from licet.render.clean import one_line
from licet.render.markup import EMPTY, Markup, join, tag
from licet.render.own_svg import picture
from licet.render.own_text import holder_text, name, ordered, strictest
from licet.services.own_answer import LeadsTo, OwnersAnswer, StepAnswer, TargetAnswer, TestAnswer, WholeAnswer

_META = Markup(
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
)
_TONES = {"proven": "stop", "open": "open", "disproven": "clear"}
_LAYOUT = "main { max-width: 76rem; } .graph { overflow-x: auto; } .graph svg { max-width: none; height: auto; }"


def html(answer: OwnersAnswer) -> str:
    """The whole document."""
    style = Markup((files("licet.render") / "style.css").read_text(encoding="utf-8") + _LAYOUT)
    title = one_line(answer.title) or "Owners"
    head = tag("head", _META, tag("title", title), tag("style", style))
    graph = tag("div", picture(answer), class_="graph", tabindex="0")
    later = [tag("p", f"Not yet on this day: {rule}", class_="more") for rule in answer.not_yet]
    parts = [tag("h1", title), tag("p", f"on {answer.on}", class_="day"), graph]
    main = tag("main", *parts, *map(_target, answer.targets), *later)
    return f"<!doctype html>\n{tag('html', head, tag('body', main), lang='en-GB')}\n"


def _target(target: TargetAnswer) -> Markup:
    named = f"{target.name} ({target.other})" if target.other else target.name
    rows = f"On {', '.join(target.lists)}." if target.lists else "On no list named."
    rows += "" if target.screened else " Not screened against the rest."
    rules = [_rule(one, target) for one in ordered(target)]
    flags = [tag("p", f"Flag: {flag.title}", tag("span", f" [{flag.cite}]", class_="cite")) for flag in target.flags]
    return tag("section", tag("h2", one_line(named)), tag("p", rows), *rules, *flags)


def _rule(one: TestAnswer | WholeAnswer, target: TargetAnswer) -> Markup:
    lead = tag("p", tag("span", f"{name(one.id)}: ", class_="lead"), tag("span", one.text, class_=_TONES[one.value]))
    parts = [lead, tag("p", one.title), _steps(one)]
    if isinstance(one, TestAnswer):
        parts += [tag("p", f"or if {settles.text}") for settles in one.settles[1:]]
        strict = strictest(one)
        parts.append(tag("p", f"Most restrictive owner: {strict}") if strict else EMPTY)
    else:
        tests = [test for test in target.tests if test.id in one.tests]
        parts.append(tag("ul", *(tag("li", f"{name(test.id)}: {test.text}", _steps(test)) for test in tests)))
    parts += [tag("p", one.cite, " ", tag("code", one.id), class_="cite")]
    parts += [tag("p", f"Source: {source}", class_="cite") for source in one.sources]
    parts += [tag("p", _leads(leads), class_="cite") for leads in one.leads_to if one.value != "disproven"]
    return tag("div", *parts, class_=f"point {'unknown' if one.value == 'open' else ''}".strip())


def _steps(one: TestAnswer | WholeAnswer) -> Markup:
    if one.value == "disproven":
        return EMPTY
    return join(tag("p", said) for step in one.steps if (said := _step(step)))


def _step(step: StepAnswer) -> str:
    if step.by == "control":
        return f"{step.name}: controlled by {', '.join(holder.name for holder in step.holders)}"
    parts = [holder_text(holder) for holder in step.holders]
    return f"{step.name}: {' + '.join(parts)}" if parts else ""


def _leads(one: LeadsTo) -> str:
    return f"Leads to {one.effect.replace('_', ' ')}: {one.title} ({one.standing.replace('_', ' ')})"
