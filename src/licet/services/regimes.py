"""`licet regimes`: which clubs of states a country takes part in on a day, and who they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from licet.facts.countries import country_hint, country_name, country_names
from licet.facts.errors import CaseError, quoted
from licet.facts.truth import word
from licet.rules.regimes import UNION, Regime, Step, read_regimes, read_steps
from licet.services.home import law_root

UNION_NAME = "European Union"


@dataclass(frozen=True, slots=True)
class Part:
    """Whether a country takes part in a regime: yes, no or unknown, since when, and where that was read."""

    country: str
    name: str
    member: str
    since: str
    source: str


@dataclass(frozen=True, slots=True)
class RegimeAnswer:
    """A regime on a day. `beyond` tells that the day lies after what was read of it."""

    id: str
    name: str
    subject: str
    lists: tuple[str, ...]
    began: str
    decides: str
    meets: str
    binding: bool
    checked_to: str
    beyond: bool
    members: int
    states: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """Something done beside the regimes up to the day."""

    on: str
    by: tuple[str, ...]
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class RegimesAnswer:
    """The regimes on a day: all their states, or only the countries asked about."""

    on: str
    countries: tuple[str, ...]
    regimes: tuple[RegimeAnswer, ...]
    steps: tuple[StepAnswer, ...]


def regimes(on: date, countries: Iterable[str] = ()) -> RegimesAnswer:
    """What the regimes are on a day; with countries, whether each takes part. Raises CaseError, LawError."""
    asked = tuple(dict.fromkeys(_country(word) for word in countries))
    root = law_root()
    return RegimesAnswer(
        on=on.isoformat(),
        countries=asked,
        regimes=tuple(_regime(regime, on, asked) for regime in read_regimes(root)),
        steps=tuple(_step(step) for step in read_steps(root) if step.on <= on),
    )


def _country(written: str) -> str:
    """The code of a country given by code or by its English name."""
    code = written.strip().upper()
    if code in country_names() or code == UNION:
        return code
    by_name = {names[0].casefold(): code for code, names in country_names().items()}
    found = by_name.get(written.strip().casefold())
    if found is None:
        raise CaseError.one("E_COUNTRY", f"{quoted(written)} is no country", hint=country_hint(written.strip()))
    return found


def _regime(regime: Regime, on: date, asked: tuple[str, ...]) -> RegimeAnswer:
    joined = [member.country for member in regime.members if member.since.reached(on) is not False]
    return RegimeAnswer(
        id=regime.id,
        name=regime.name,
        subject=regime.subject,
        lists=regime.lists,
        began=regime.began.text,
        decides=regime.decides,
        meets=regime.meets,
        binding=regime.binding,
        checked_to=regime.checked_to.isoformat(),
        beyond=on > regime.checked_to,
        members=sum(regime.has(country, on) is True for country in joined),
        states=tuple(_part(regime, country, on) for country in asked or joined),
    )


def _part(regime: Regime, country: str, on: date) -> Part:
    member = next((member for member in regime.members if member.country == country), None)
    return Part(
        country=country,
        name=UNION_NAME if country == UNION else country_name(country),
        member=word(regime.has(country, on)),
        since=member.since.text if member is not None else "",
        source=member.source.cite if member is not None else "",
    )


def _step(step: Step) -> StepAnswer:
    return StepAnswer(step.on.isoformat(), step.by, step.what, step.source.cite)
