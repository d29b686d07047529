"""`licet ask`: the interview at the terminal."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from licet.cli.inputs import read_input
from licet.cli.render.output import write_file
from licet.facts.case import read_case
from licet.facts.casefile import write_case
from licet.facts.dictionary import Dictionary, FactType
from licet.facts.elements import Element
from licet.facts.errors import CaseError, LicetError, Place
from licet.facts.values import read_value
from licet.facts.yamltext import Node, Scalar, Sequence
from licet.logic.decide import EXPORT_WORDS
from licet.services.home import open_checker
from licet.services.interview import NO_SIGN, Asked, Interview

DONT_KNOW = ("?", "unknown", "i don't know", "不知道")
_YES, _NO = ("y", "yes", "是"), ("n", "no", "none", "否", "无")
_TYPED = Place("answer")


class Stopped(Exception):
    """The person has had enough; what was said so far is kept."""


@dataclass(slots=True)
class Talk:
    """Puts the questions of an interview and reads the answers."""

    interview: Interview
    dictionary: Dictionary
    language: str
    read: Callable[[str], str]
    say: Callable[[str], None]

    def run(self) -> None:
        """Ask until the outcome is settled, nothing is left to ask, or the person stops."""
        while (asked := self.interview.next()) is not None:
            self.say("")
            self.say(f"{self.interview.count + 1}. {self.heading(asked)}")
            self.say(f"   {self.why(asked)}")
            self.put(asked)

    def heading(self, asked: Asked) -> str:
        """The question in words, with what it is about."""
        about = f" [{asked.about}]" if asked.about else ""
        if len({fact for fact, _ in asked.parts}) > 1:
            return f"Which of these are so?{about}" if self.language == "en" else f"以下哪些成立?{about}"
        return f"{self.words(asked.fact)}{about}"

    def words(self, fact: str) -> str:
        """The wording of a fact's question."""
        known = self.type(fact)
        return known.ask_zh if self.language == "zh" and known.ask_zh else known.ask_en

    def type(self, fact: str) -> FactType:
        """The dictionary's entry of a fact."""
        known = self.dictionary.find(fact)
        assert known is not None
        return known

    def why(self, asked: Asked) -> str:
        """Why it is asked: the provisions that wait for it."""
        rules = [self.interview.checker.law.rules[rule] for rule in asked.rules]
        more = f" (+{len(rules) - 1})" if len(rules) > 1 else ""
        return (
            f"{'because' if self.language == 'en' else '原因'}: {rules[0].cite}: {rules[0].title}{more}"
            if rules
            else ""
        )

    def put(self, asked: Asked) -> None:
        """Read an answer until it can be understood."""
        while True:
            try:
                self.one(asked)
                return
            except CaseError as error:
                for problem in error.problems:
                    self.say(f"   {problem.message}{' - ' + problem.hint if problem.hint else ''}")

    def one(self, asked: Asked) -> None:
        """Put one question in the form that fits it."""
        known = self.type(asked.fact)
        if asked.fact.startswith("complete."):
            self.complete(asked)
        elif known.type == "yes_no" and len(asked.parts) > 1:
            self.checklist(asked, True, False)
        elif NO_SIGN in known.values and len(asked.parts) > 1:
            self.signs(asked)
        else:
            self.value(asked, known)

    def input(self, prompt: str) -> str:
        """One line; `?` stands for I don't know, an end of input or `quit` stops."""
        try:
            text = self.read(f"   {prompt} ").strip()
        except EOFError:
            raise Stopped from None
        if text.casefold() in ("quit", "q", "exit"):
            raise Stopped
        return text

    def value(self, asked: Asked, known: FactType) -> None:
        """A single fact; a rate may stand for a measure."""
        pair = self.interview.pair_of(asked.fact)
        text = self.input(_prompt(known, pair is not None))
        if text.casefold() in DONT_KNOW or not text:
            self.interview.decline(asked)
            return
        if pair is not None and "@" in text:
            self.interview.rates(asked, [self.rate(part, pair) for part in text.split(",")])
            return
        value = read_value(known, _node(text, known))
        self.interview.answer(asked, [value] * len(asked.parts))

    def rate(self, text: str, pair: tuple[str, str, str]) -> tuple[Any, Any]:
        """`1979@8` as the two facts it is made of."""
        first, _, second = text.partition("@")
        left, right = (
            read_value(self.type(fact), Scalar(part.strip(), True, _TYPED))
            for fact, part in ((pair[1], first), (pair[2], second))
        )
        return left, right

    def checklist(self, asked: Asked, named: Any, others: Any) -> None:
        """Numbers of those that are so; the others are not; a number with ? is not known."""
        for number, (fact, element) in enumerate(asked.parts, 1):
            of = f" [{element.label}]" if len({id(e) for e in asked.elements}) > 1 else ""
            self.say(f"   ({number}) {self.words(fact)}{of}")
        text = self.input("numbers of those that are so (such as 1 3), none, or ? (2? leaves one open)")
        if text.casefold() in DONT_KNOW or not text:
            self.interview.decline(asked)
            return
        values: list[Any] = [others] * len(asked.parts)
        for word in [] if text.casefold() in _NO else text.replace(",", " ").split():
            index = word.rstrip("?")
            if not index.isdecimal() or not 1 <= int(index) <= len(values):
                raise CaseError.one(
                    "E_ANSWER", f"{word!r} is none of the numbers", _TYPED, f"1 to {len(values)}, none, or ?"
                )
            values[int(index) - 1] = None if word.endswith("?") else named
        self.interview.answer(asked, values)

    def signs(self, asked: Asked) -> None:
        """Inquiries: none for no sign at all, else each by itself."""
        for number, (fact, _) in enumerate(asked.parts, 1):
            self.say(f"   ({number}) {self.words(fact)}")
        text = self.input("none (no sign after inquiry), or numbers of those with a sign or not inquired into")
        numbers = {int(word) for word in text.replace(",", " ").split() if word.isdecimal()}
        if not numbers and text.casefold() not in (*_NO, NO_SIGN):
            self.interview.decline(asked)
            return
        values: list[Any] = []
        for number, (fact, _) in enumerate(asked.parts, 1):
            if number not in numbers:
                values.append(NO_SIGN)
                continue
            known = self.type(fact)
            answer = self.input(f"({number}) {_prompt(known, False)}")
            values.append(
                None if answer.casefold() in DONT_KNOW or not answer else read_value(known, _node(answer, known))
            )
        self.interview.answer(asked, values)

    def complete(self, asked: Asked) -> None:
        """Whether a list is complete; parties and components are named first, owners where there are any to name."""
        of = asked.fact.partition(".")[2]
        members: list[list[Element]] = [[] for _ in asked.parts]
        if of in ("parties", "components"):
            members = [self.members(of) for _ in asked.parts]
        text = self.input("yes, no, name (to name owners), or ?" if of == "owners" else "yes, no, or ?").casefold()
        if text == "name" and of == "owners":
            members = [self.named_owners(element) for element in asked.elements]
            text = self.input("are these all? yes, no, or ?").casefold()
        if text not in (*_YES, *_NO, *DONT_KNOW, ""):
            raise CaseError.one("E_ANSWER", f"{text!r} is not yes or no", _TYPED)
        self.interview.complete(asked, True if text in _YES else None, members)

    def named_owners(self, element: Element) -> list[Element]:
        """The owners of one party."""
        self.say(f"   owners of {element.label}:")
        return self.members("owners")

    def members(self, of: str) -> list[Element]:
        """Further members of a list, one a line, until an empty line."""
        form = {"parties": "role, name, country", "components": "kind, name", "owners": "share, name, country"}[of]
        keys = {
            "parties": ("roles", "name", "country"),
            "components": ("kind", "name"),
            "owners": ("share", "name", "country"),
        }[of]
        kind = {"parties": "party", "components": "component", "owners": "owner"}[of]
        found = []
        while text := self.input(f"{form} (empty line to end)"):
            if text in DONT_KNOW:
                break
            parts = [part.strip() for part in text.split(",")]
            element = Element({}, parts[1] if len(parts) > 1 else text)
            for key, part in zip(keys, parts, strict=False):
                known = self.type(f"{kind}.{key}")
                name = known.name if key != "share" else "owner.share"
                value = read_value(known, _node(part, known))
                if value is not None:
                    element.facts[name] = value
            found.append(element)
        return found


def _prompt(known: FactType, rates: bool) -> str:
    if known.type == "yes_no":
        return "yes, no, or ?"
    if known.values:
        return f"{', '.join(known.values)}; or ?"
    if known.type == "country":
        return "two-letter country code, or ?"
    if known.type == "number":
        unit = f" in {known.unit}" if known.unit else ""
        more = "; or rates such as 1979@8, 990@16" if rates else ""
        return f"a number{unit} or a range (800..830){more}; or ?"
    return (
        "YYYY-MM-DD, or ?"
        if known.type == "date"
        else "several with commas, none, or ?"
        if known.type == "set"
        else "text, or ?"
    )


def _node(text: str, known: FactType) -> Node:
    """An answer as a value of a case file."""
    if known.type != "set":
        folded = text.casefold()
        return Scalar(
            "yes"
            if folded in _YES and known.type == "yes_no"
            else "no"
            if folded in _NO and known.type == "yes_no"
            else text,
            True,
            _TYPED,
        )
    words = (
        []
        if text.casefold() in ("none", "无") and "none" not in known.values
        else text.replace(";", ",").replace(" + ", ",").split(",")
    )
    return Sequence(_TYPED, [Scalar(word.strip(), True, _TYPED) for word in words])


def ask(
    case_file: Annotated[str, typer.Argument(help="the case to complete; what it already says is not asked")],
    output: Annotated[
        str, typer.Option("-o", "--output", help="where to write the completed case (default: the same file)")
    ] = "",
    lang: Annotated[str, typer.Option(help="en or zh")] = "en",
) -> None:
    """Interview: ask only what can still change the outcome, and write the completed case."""
    checker = open_checker()
    case = read_case(read_input(case_file).node, checker.law.dictionary)
    interview = Interview(checker, case)
    talk = Talk(interview, checker.law.dictionary, lang, input, typer.echo)
    with contextlib.suppress(Stopped, KeyboardInterrupt):
        talk.run()
    target = output or case_file
    text = write_case(case, checker.law.dictionary, _comment(case_file))
    typer.echo("")
    try:
        write_file(target, text)
    except LicetError:
        typer.echo(text)
        raise
    bounds = interview.bounds()
    typer.echo(
        f"{interview.count} questions; outcome between {EXPORT_WORDS[bounds.best]} and {EXPORT_WORDS[bounds.worst]}; "
        f"written to {target}; see licet check {target}"
    )


def _comment(case_file: str) -> str:
    """The lines of comment at the top of the file, which are kept."""
    rows = Path(case_file).read_text(encoding="utf-8-sig").splitlines(keepends=True)
    return "".join(itertools.takewhile(lambda row: row.startswith("#"), rows))
