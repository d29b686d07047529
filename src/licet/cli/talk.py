"""The talk of an interview: questions in words, answers read until they can be understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from licet.facts.dictionary import Dictionary, FactType
from licet.facts.elements import Element
from licet.facts.errors import CaseError, Place
from licet.facts.values import read_value
from licet.facts.yamltext import Node, Scalar, Sequence
from licet.render.words import Words
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
            return self.phrase("ask.which") + about
        return f"{self.words(asked.fact)}{about}"

    def phrase(self, key: str, **parts: object) -> str:
        """A phrase of the interview in its language."""
        return Words(self.language)(key, **parts)

    def words(self, fact: str) -> str:
        """The wording of a fact's question."""
        known = self.type(fact)
        return known.ask(self.language)

    def type(self, fact: str) -> FactType:
        """The dictionary's entry of a fact."""
        known = self.dictionary.find(fact)
        assert known is not None
        return known

    def why(self, asked: Asked) -> str:
        """Why it is asked: the provisions that wait for it."""
        rules = [self.interview.checker.law.rules[rule] for rule in asked.rules]
        more = f" (+{len(rules) - 1})" if len(rules) > 1 else ""
        return f"{self.phrase('ask.because')}: {rules[0].cite}: {rules[0].title}{more}" if rules else ""

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
        text = self.input(self.prompt(known, pair is not None))
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

    def prompt(self, known: FactType, rates: bool) -> str:
        """What kind of answer fits a fact."""
        if known.type != "yes_no" and known.values:
            return self.phrase("ask.values", values=", ".join(known.values))
        if known.type == "number" and (rates or known.unit):
            return self.phrase("ask.rates" if rates else "ask.number_unit", unit=known.unit)
        return self.phrase(f"ask.{known.type}")

    def checklist(self, asked: Asked, named: Any, others: Any) -> None:
        """Numbers of those that are so; the others are not; a number with ? is not known."""
        for number, (fact, element) in enumerate(asked.parts, 1):
            of = f" [{element.label}]" if len({id(e) for e in asked.elements}) > 1 else ""
            self.say(f"   ({number}) {self.words(fact)}{of}")
        text = self.input(self.phrase("ask.numbers"))
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
        text = self.input(self.phrase("ask.signs"))
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
            answer = self.input(f"({number}) {self.prompt(known, False)}")
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
        text = self.input(self.phrase("ask.yes_no_name" if of == "owners" else "ask.yes_no")).casefold()
        if text == "name" and of == "owners":
            members = [self.named_owners(element) for element in asked.elements]
            text = self.input(self.phrase("ask.all")).casefold()
        if text not in (*_YES, *_NO, *DONT_KNOW, ""):
            raise CaseError.one("E_ANSWER", f"{text!r} is not yes or no", _TYPED)
        self.interview.complete(asked, True if text in _YES else None, members)

    def named_owners(self, element: Element) -> list[Element]:
        """The owners of one party."""
        self.say(f"   {self.phrase('ask.owners_of', name=element.label)}")
        return self.members("owners")

    def members(self, of: str) -> list[Element]:
        """Further members of a list, one a line, until an empty line."""
        form = self.phrase(f"ask.{of}")
        keys = {
            "parties": ("roles", "name", "country"),
            "components": ("kind", "name"),
            "owners": ("share", "name", "country"),
        }[of]
        kind = {"parties": "party", "components": "component", "owners": "owner"}[of]
        found = []
        while text := self.input(form):
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
