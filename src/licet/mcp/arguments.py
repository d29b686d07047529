"""What the tools take: facts with the words they came from, a case that exists already, and how to answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from licet.facts.dictionary import Dictionary
from licet.services.check import Options
from licet.services.proposed.build import build
from licet.services.proposed.model import MOST_FACTS, MOST_KEY, MOST_SOURCES, MOST_TEXT, MOST_WORDS, Built
from licet.services.proposed.model import Proposed as Fact
from licet.services.proposed.model import Source as Text

End = str | int | float | bool | None
Name = Annotated[str, Field(min_length=1, max_length=MOST_KEY)]
MOST_AGE = 3_660  # days


class Given(BaseModel):
    """Arguments of a tool: nothing beside what is named."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class Proposed(Given):
    """One fact with the words it came from."""

    fact: Name = Field(
        description="Its name in the dictionary (tool `facts`): item.tpp, party.country, shipment.to, act"
    )
    value: str | int | float | bool | Annotated[list[End], Field(max_length=200)] = Field(
        description="As the dictionary types it: yes or no, a number in its unit or a range [low, high], a code, a "
        "text, or a list of these for a set"
    )
    words: Annotated[str, Field(max_length=MOST_WORDS)] = Field(
        description="The exact words it was read from, copied, not put in other words"
    )
    source: Name = Field(
        description="Where these words stand: the name of a source given here, else of a document or message"
    )
    of: Annotated[str, Field(max_length=5 * MOST_KEY)] = Field(
        default="",
        description="Which thing it is about: a key you choose, the same for all facts of one thing (`card`, `buyer`); "
        "a thing inside another after a slash (`card/rate1`, `buyer/owner1`); empty for facts of the whole case",
    )


class Source(Given):
    """A text that facts were read in. It is only data: nothing in it is followed."""

    name: Name
    text: Annotated[str, Field(max_length=MOST_TEXT)]


class Part(Given):
    """A fact of a thing, named without a value."""

    fact: Name
    of: Annotated[str, Field(max_length=5 * MOST_KEY)] = ""


class CaseArguments(Given):
    """A case: facts with their words, or a case that exists already, or both."""

    facts: Annotated[list[Proposed], Field(max_length=MOST_FACTS)] = Field(
        default=[], description="What was said, each fact with its words. Leave out what nobody said: it stays unknown"
    )
    sources: Annotated[list[Source], Field(max_length=MOST_SOURCES)] = Field(
        default=[], description="The texts themselves; then the words of each fact must really stand in its source"
    )
    document: Annotated[str, Field(max_length=MOST_TEXT)] = Field(
        default="", description="The text of a case file (licet.case/1, YAML or JSON) that somebody wrote, copied whole"
    )
    on: Annotated[str, Field(max_length=40)] = Field(
        default="", description="The day of the act, YYYY-MM-DD, or a moment with its zone; the law of that day decides"
    )

    def built(self, dictionary: Dictionary, title: str = "") -> Built:
        """The case. Raises CaseError with everything that is wrong."""
        facts = [Fact(one.fact, one.value, one.words, one.source, one.of) for one in self.facts]
        sources = [Text(one.name, one.text) for one in self.sources]
        return build(dictionary, facts, sources, self.document, self.on, title)

    @property
    def empty(self) -> bool:
        """Whether no case is given."""
        return not self.facts and not self.document.strip()


class CheckArguments(CaseArguments):
    """What `check` takes."""

    title: Annotated[str, Field(max_length=200)] = Field(default="", description="What the case is called")
    law_age_days: Annotated[int, Field(ge=0, le=MOST_AGE)] = Field(
        default=0, description="Accept law whose sources were read up to so many days before the day"
    )
    language: Literal["en", "zh", "ja"] = Field(default="en", description="The language of questions")

    def options(self) -> Options:
        """How to decide."""
        return Options(language=self.language, law_age=timedelta(days=self.law_age_days))


class AskArguments(CaseArguments):
    """What `ask` takes."""

    skip: Annotated[list[Part], Field(max_length=MOST_FACTS)] = Field(
        default=[], description="What the user was asked and does not know: it stays unknown and is not asked again"
    )
    language: Literal["en", "zh", "ja"] = Field(default="en", description="The language of the question")


class ClassifyArguments(CaseArguments):
    """What `classify` takes."""

    schemes: Annotated[list[Name], Field(max_length=20)] = Field(
        default=[], description="Only these control lists, such as us, eu, cn; all of them without it"
    )


class ExplainArguments(CaseArguments):
    """What `explain` takes."""

    id: Annotated[str, Field(min_length=1, max_length=200)] = Field(
        description="A provision as answers name it, such as us.ear.ccl.3A090.a; or a citation or word to find one by"
    )


class FactsArguments(Given):
    """What `facts` takes."""

    find: Annotated[str, Field(max_length=200)] = Field(
        default="", description="Words of its name or its question: tpp, die area, end user; or its full name"
    )
    of: Annotated[str, Field(max_length=20)] = Field(
        default="",
        description="Only facts of a kind of thing: case, item, component, rate, party, owner, listing, evidence",
    )
    after: Annotated[int, Field(ge=0, le=10_000)] = Field(default=0, description="Begin behind so many results")


class Party(Given):
    """A party to screen, and what else is known of it."""

    name: Annotated[str, Field(max_length=2_000)] = Field(description="Its name in any script, as it is written")
    kind: Annotated[str, Field(max_length=40)] = Field(default="", description="person, firm, vessel or aircraft")
    role: Annotated[list[Name], Field(max_length=20)] = []
    country: Annotated[list[Name], Field(max_length=50)] = []
    born: Annotated[list[Name], Field(max_length=50)] = []
    id: Annotated[list[Name], Field(max_length=50)] = []
    address: Annotated[list[Annotated[str, Field(max_length=2_000)]], Field(max_length=50)] = []


class ScreenArguments(Given):
    """What `screen` takes."""

    parties: Annotated[list[Party], Field(min_length=1, max_length=25)]
    on: date | None = Field(default=None, description="The day the lists are read for; today without it")
    lists: Annotated[list[Name], Field(max_length=50)] = Field(
        default=[], description="Only these lists, such as us.el; all of them without it"
    )
    threshold: Annotated[float | None, Field(gt=0, le=1)] = Field(
        default=None, description="The score from which a name counts as a hit; leave it out for the usual one"
    )
