"""The case form that is the interview: begin, answer, change, decide."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import yaml
from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from licet.facts.case import read_case
from licet.facts.casefile import write_case
from licet.facts.errors import CaseError, Place, Problem
from licet.facts.nodes import node
from licet.facts.yamltext import decode
from licet.render.labels import table
from licet.services import drafts, examples
from licet.services.access.caller import Caller
from licet.services.drafts import State
from licet.services.interview_steps import Said as Asked
from licet.services.interview_steps import step
from licet.services.serve import Service
from licet.web import answered, making, rates
from licet.web.asked import Analyst, Desk, Words
from licet.web.beginning import ROLES, beginning
from licet.web.casepage import View, editing, single, view
from licet.web.controls import asked, words
from licet.web.countries import countries
from licet.web.forms import Form
from licet.web.labels import Labels, joined, labels_of
from licet.web.pages import page
from licet.web.problems import beside
from licet.web.sent import read_form
from licet.web.tongue import Tongue
from licet.web.words import Said

routes = APIRouter()
Name = Annotated[str, Path(max_length=60)]
Edit = Annotated[str, Query(max_length=200)]
LONGEST = 100  # of a question that stands for a label
ADD = "add:"  # in `edit`: to say more of the thing at the key that follows


@routes.get("/case")
def start(request: Request, desk: Desk, caller: Analyst) -> Response:
    """Where a case begins."""
    return _start(request, desk, caller, Form())


@routes.post("/case")
async def begin(request: Request, desk: Desk, caller: Analyst) -> Response:
    """A new draft: from the form, from a text or a file, or from an example."""
    form = await read_form(request, caller)
    try:
        case = await run_in_threadpool(_begun, desk, form)
        case.setdefault("on", date.today().isoformat())
        name = await run_in_threadpool(_moved, desk, caller, drafts.begin(case), {})
    except CaseError as error:
        wrong = error.problems if form.one("from") == "text" else beside(error.problems, form.fields)
        return _start(request, desk, caller, form, wrong)
    return RedirectResponse(f"/case/{name}", 303)


def _begun(desk: Service, form: Form) -> dict[str, Any]:
    match form.one("from"):
        case "text":
            data = form.files.get("file", b"")
            text = decode(data, "file") if data else form.one("text")
            if not text:
                raise CaseError.one("E_CASE", "there is no text and no file", Place(path="text"), "give one of them")
            return making.from_text(text, desk)
        case "example":
            return making.from_text(examples.text(form.one("example")), desk)
    return making.of_fields(beginning(form), desk.checker.law.dictionary)


def _start(request: Request, desk: Service, caller: Caller, form: Form, problems: tuple[Problem, ...] = ()) -> Response:
    tongue = Tongue(request.state.language)
    facts, labels = desk.checker.law.dictionary.facts, labels_of(desk.checker.law.dictionary, tongue)
    return page(
        request,
        "case_start.html",
        422 if problems else 200,
        form=form,
        today=date.today().isoformat(),
        problems=problems,
        acts=[(act, tongue.bare(labels.word(act))) for act in facts["act"].values],
        drafts=drafts.listed(caller.name),
        examples=examples.titles(),
        **_choices(desk, tongue, labels),
    )


def _choices(desk: Service, tongue: Tongue, labels: Labels) -> dict[str, list[tuple[str, str]]]:
    """What there is to choose from for things and parties."""
    kinds = words(labels, desk.checker.law.dictionary.facts["item.kind"].values)
    roles = [(role, joined(" + ", [labels.word(one) for one in role.split("+")])) for role in ROLES]
    papers = words(labels, desk.checker.law.dictionary.facts["evidence.kind"].values)
    found = {"kinds": kinds, "roles": roles, "papers": papers, "countries": countries(labels)}
    return {name: [(key, tongue.bare(said)) for key, said in pairs] for name, pairs in found.items()}


@routes.get("/case/{name}")
def interview(request: Request, desk: Desk, caller: Analyst, name: Name, edit: Edit = "") -> Response:
    """A case in the making, with the next question; or a fact of it to change."""
    return _shown(request, desk, name, drafts.read(caller.name, name), edit=edit)


@routes.post("/case/{name}")
async def go_on(request: Request, desk: Desk, caller: Analyst, said: Words, name: Name) -> Response:
    """An answer, a change, or something more; each makes a new state, so that one can go back."""
    form = await read_form(request, caller)
    return await run_in_threadpool(_gone_on, request, desk, caller, said, name, form)


def _gone_on(request: Request, desk: Service, caller: Caller, said: Said, name: str, form: Form) -> Response:
    state, edit = drafts.read(caller.name, name), form.one("edit")
    of_rates = rates.is_rates(edit)
    if of_rates and (turned := rates.turned(form)) is not None:
        return _shown(request, desk, name, state, turned, edit=edit)
    try:
        after, given = _changed(desk, state, form, said)
        name = _moved(desk, caller, after, given)
    except CaseError as error:
        if of_rates:
            return _shown(request, desk, name, state, rates.filled(form), rates.beside_rows(error.problems, edit), edit)
        asked = form.all("key") or [edit]
        return _shown(request, desk, name, state, form, beside(error.problems, asked), edit)
    return RedirectResponse(f"/case/{name}#main", 303)


def _changed(desk: Service, state: State, form: Form, said: Said) -> tuple[State, dict[str, Any]]:
    """The state that a form makes of another one, and the answers that are to be written into it."""
    dictionary, edit = desk.checker.law.dictionary, form.one("edit")
    match form.one("do"):
        case "remove":
            return making.without_fact(state, edit, dictionary), {}
        case "leave-out":
            return making.without_member(state, edit.removeprefix(ADD), dictionary), {}
        case "more":
            added = answered.members(form)
            if not added:
                raise CaseError.one("E_SAID", said("case.empty"), Place(path="new[1].name"))
            return making.with_members(state, edit.removeprefix(ADD), form.one("of"), added, dictionary), {}
        case "ask-again":
            return replace(state, declined=()), {}
    if rates.is_rates(edit):
        return rates.saved(state, edit, form, dictionary), {}
    if edit in making.WHOLE:
        return making.with_whole(state, edit, form.one(edit), dictionary), {}
    return state, answered.answers(form, dictionary, said)


def _moved(desk: Service, caller: Caller, state: State, given: dict[str, Any]) -> str:
    """Write answers into a state and keep what comes of it. Raises CaseError where it cannot stand."""
    with desk.lock:
        desk.renew()
        found = step(desk.checker, Asked(state.case, state.declined, given))
    return drafts.keep(caller.name, replace(state, case=found.case, declined=found.declined))


def _shown(
    request: Request, desk: Service, name: str, state: State, form: Form | None = None,
    problems: tuple[Problem, ...] = (), edit: str = "",
) -> Response:  # fmt: skip
    tongue = Tongue(request.state.language)
    shown: View = view(desk, state, tongue)
    labels = labels_of(desk.checker.law.dictionary, tongue)
    adding = edit.removeprefix(ADD) if edit.startswith(ADD) else None
    of_rates = adding is None and rates.is_rates(edit)
    changing = editing(desk, state, edit, tongue) if edit and adding is None and not of_rates else None
    return page(
        request,
        "case.html",
        422 if problems else 200,
        name=name,
        view=shown,
        title=str(state.case.get("case", "")),
        form=form or Form(),
        problems=(*problems, *shown.problems),
        edit=edit,
        adding=adding,
        rates=rates.rows_of(state, edit, desk.checker.law.dictionary, form or Form()).named() if of_rates else None,
        changing=changing,
        put=single(changing) if changing is not None else shown.question,
        more=_more(desk, adding, labels) if adding is not None else (),
        once=secrets.token_hex(16),
        keeps=desk.keeper is not None,
        **_choices(desk, tongue, labels),
    )


def _more(desk: Service, key: str, labels: Labels) -> list[tuple[str, str]]:
    """The facts that may be said of the thing at a key: the common ones first, the others with their question."""
    kind = making.kind_of(key)
    dictionary, found = desk.checker.law.dictionary, list[tuple[bool, str, str]]()
    for name in dictionary.names(kind):
        if not name.startswith(("case.", "complete.")):
            label, common = labels.fact(name), name in table()
            said = label if common else joined(": ", [label, asked(dictionary.facts[name], labels)[:LONGEST]])
            found.append((not common, said, name if kind == "case" else name.partition(".")[2]))
    return [(name, said) for _, said, name in sorted(found)]


@routes.get("/case/{name}/text")
def as_text(request: Request, desk: Desk, caller: Analyst, name: Name) -> Response:
    """The whole case as text, to be changed there."""
    text = _text(desk, drafts.read(caller.name, name))
    return page(request, "case_text.html", name=name, text=text, problems=())


@routes.post("/case/{name}/text")
async def from_text(request: Request, desk: Desk, caller: Analyst, name: Name) -> Response:
    """The case as the text now says it."""
    form = await read_form(request, caller)
    state = drafts.read(caller.name, name)
    try:
        case = await run_in_threadpool(making.from_text, form.one("text"), desk)
        name = await run_in_threadpool(_moved, desk, caller, replace(state, case=case), {})
    except CaseError as error:
        return page(request, "case_text.html", 422, name=name, text=form.one("text"), problems=error.problems)
    return RedirectResponse(f"/case/{name}", 303)


@routes.get("/case/{name}/file")
def as_file(desk: Desk, caller: Analyst, name: Name) -> Response:
    """The case as a file for `licet check`."""
    text = _text(desk, drafts.read(caller.name, name))
    return Response(
        text, media_type="application/yaml", headers={"Content-Disposition": 'attachment; filename="case.yaml"'}
    )


def _text(desk: Service, state: State) -> str:
    dictionary = desk.checker.law.dictionary
    try:
        return write_case(read_case(node(state.case), dictionary), dictionary)
    except CaseError:  # another law has other facts; the text can be mended
        text: str = yaml.safe_dump(state.case, allow_unicode=True, sort_keys=False)
        return text


@routes.post("/case/{name}/drop")
async def drop(request: Request, caller: Analyst, name: Name) -> Response:
    """Drop a draft."""
    await read_form(request, caller)
    drafts.read(caller.name, name)
    drafts.drop(caller.name, name)
    return RedirectResponse("/case", 303)
