"""What a load must show before it is taken: it is whole, no list has shrunk or gone missing, known names are there.

A refusal about size or names can be waived by a person, and is then kept with the load; one about what the
reader gave cannot.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from licet.facts.errors import Problem
from licet.parties.entry import Edition
from licet.parties.known import name_key
from licet.parties.store.catalogue import Carried, Catalogue, Publication
from licet.parties.store.model import Load, Snapshot

WAIVABLE = ("E_LIST_PARTS", "E_LIST_FEW", "E_LIST_SHRINKS", "E_LIST_LACKS", "E_LIST_MISSES")
_DEFAULT_SHRINK = Decimal("0.05")
_ALL = Decimal(1)
_PART = ".amendment"  # how a reader ends the format of a file that holds only what one act changes
_LIST_ID = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_DIFFERING_CLOCKS = timedelta(days=1)  # the publisher's day may have begun before ours


@dataclass(frozen=True, slots=True)
class Arrived:
    """Editions as read, by list, with the publication they are of (None for a file of no publisher known here)."""

    editions: Mapping[str, Edition]
    publication: Publication | None
    at: datetime
    published: date | None


def check(arrived: Arrived, before: Load | None, catalogue: Catalogue) -> list[Problem]:
    """Every reason to refuse the load; `before` is the edition that precedes it."""
    problems = list(_shape(arrived))
    if problems:
        return problems
    for list_id, edition in arrived.editions.items():
        rule = _rule(list_id, arrived.publication, catalogue)
        was = before.of(list_id) if before else None
        problems += _size(list_id, edition, rule, was)
        problems += _names(list_id, edition, rule)
    if before is not None:
        problems += _lacking(arrived, before, catalogue)
    return problems


def may_vanish(list_id: str, publication: Publication | None, catalogue: Catalogue) -> bool:
    """Whether a list may shrink to nothing."""
    return _shrink(_rule(list_id, publication, catalogue)) >= _ALL


def _shape(arrived: Arrived) -> list[Problem]:
    """What no reader should give, and a date that would stand before all later editions."""
    problems = []
    if not any(edition.entries for edition in arrived.editions.values()):
        problems.append(Problem("E_LIST_EMPTY", "no entry was found in it"))
    for list_id, edition in arrived.editions.items():
        if not _LIST_ID.fullmatch(list_id):
            hint = "small letters and digits, with dots between: own.customers"
            problems.append(Problem("E_LIST_ID", f"{list_id!r:.60} is no name of a list", hint=hint))
        if edition.format.endswith(_PART):
            hint = "load the whole list as it stands after the act"
            problems.append(Problem("E_LIST_PART", f"{list_id}: it holds only what one act changes", hint=hint))
        if any(entry.list != list_id or not entry.names or not entry.id for entry in edition.entries):
            problems.append(Problem("E_LIST_READER", f"{list_id}: an entry has no name or id, or is of another list"))
    if arrived.published and arrived.published > (arrived.at + _DIFFERING_CLOCKS).date():
        problems.append(Problem("E_LIST_FUTURE", f"it is dated {arrived.published}, which is still to come"))
    return problems


def _size(list_id: str, edition: Edition, rule: Carried | None, was: Snapshot | None) -> list[Problem]:
    entries, names = len(edition.entries), sum(len(entry.names) for entry in edition.entries)
    problems = []
    if rule is not None and entries < rule.at_least:
        text = f"{list_id}: {entries:,} entries, an edition has at least {rule.at_least:,}"
        problems.append(Problem("E_LIST_FEW", text))
    if was is None:
        return problems
    for noun, old, new in (("entries", was.entries, entries), ("names", was.names, names)):
        if new < old * (1 - _shrink(rule)):
            text = f"{list_id}: {new:,} {noun}, the edition before has {old:,}; it may shrink by {_shrink(rule):.0%}"
            hint = "an older edition whose file bears no date: --published DATE tells its day"
            problems.append(Problem("E_LIST_SHRINKS", text, hint=hint))
            break
    return problems


def _names(list_id: str, edition: Edition, rule: Carried | None) -> list[Problem]:
    """Names that must begin a name of the list, without regard to case, spaces and punctuation."""
    wanted = {name_key(name): name for name in rule.must_name} if rule else {}
    if not wanted:
        return []
    there = "\n".join(name_key(name.text) for entry in edition.entries for name in entry.names)
    missing = (name for key, name in wanted.items() if f"\n{key}" not in f"\n{there}")
    return [Problem("E_LIST_MISSES", f"{list_id}: {name!r} is not on it") for name in missing]


def _lacking(arrived: Arrived, before: Load, catalogue: Catalogue) -> list[Problem]:
    """Lists of the edition before that this one does not carry at all."""
    problems = []
    for was in before.snapshots:
        lacks = was.entries and was.list not in arrived.editions
        if lacks and not may_vanish(was.list, arrived.publication, catalogue):
            text = f"{was.list}: it is missing, the edition before has {was.entries:,} entries of it"
            problems.append(Problem("E_LIST_LACKS", text))
    return problems


def _rule(list_id: str, publication: Publication | None, catalogue: Catalogue) -> Carried | None:
    """What the publication says of the list; for another file, what the list's own publisher does."""
    carriers = (publication,) if publication else catalogue.carriers(list_id)
    return next((rule for one in carriers if (rule := one.carried(list_id))), None)


def _shrink(rule: Carried | None) -> Decimal:
    return rule.may_shrink if rule else _DEFAULT_SHRINK
