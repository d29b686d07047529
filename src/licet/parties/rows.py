"""What a row of a list says, as facts the law can read: scope, footnotes, policy, exceptions, first and last day.

Only texts that are understood as a whole give a fact; every other stays unknown and is named in `unread`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from licet.parties.entry import Entry
from licet.parties.rows_dates import rules_of
from licet.parties.rows_texts import ListLaw, plain_text, row_texts

_NO_LAW = ListLaw(texts=False, exceptions_barred=None, cite="")


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What a row says.

    `policy` is the strictest of `policies`, all the parts of a mixed one; both are empty where the text only points to
    sections. `exceptions_barred` is None where nothing was read or the row lets an exception through in part.
    `cite` is the act as published. `unread` names what the row says in words that were not understood. Where
    `start_exact` is no, `start` is the day the first act was published, and the row may have begun some days before.
    """

    list: str
    start: date | None
    end: date | None
    footnotes: tuple[str, ...]
    scope: str
    scope_text: str
    policy: str
    policies: tuple[str, ...]
    policy_text: str
    exceptions_barred: bool | None
    cite: str
    unread: tuple[str, ...] = ()
    start_exact: bool = False

    @property
    def mixed(self) -> bool:
        """Whether the policy has several parts."""
        return len(self.policies) > 1


@dataclass(frozen=True, slots=True)
class _Texts:
    """What the two texts of a row say."""

    footnotes: tuple[str, ...] = ()
    scope: str = ""
    policies: tuple[str, ...] = ()
    exception: bool = False
    unread: tuple[str, ...] = ()


def row_facts(entry: Entry) -> RowFacts:
    """What the row of this entry says."""
    law = row_texts().lists.get(entry.list, _NO_LAW)
    texts = _read(entry.scope, entry.policy) if law.texts else _Texts()
    start, exact = _start(entry)
    return RowFacts(
        list=entry.list,
        start=start,
        end=entry.end,
        footnotes=tuple(dict.fromkeys((*entry.footnotes, *texts.footnotes, *_tags(entry)))),
        scope=texts.scope,
        scope_text=entry.scope,
        policy=texts.policies[0] if texts.policies else "",
        policies=texts.policies,
        policy_text=entry.policy,
        exceptions_barred=None if texts.exception else law.exceptions_barred,
        cite=entry.cite,
        unread=texts.unread,
        start_exact=exact,
    )


def _start(entry: Entry) -> tuple[date | None, bool]:
    """The first day of a row, and whether it is that day and not the one its first act was published.

    The published list gives the day of publication as often as that of effect, and in some old rows that of the last
    act; so the day the act took effect goes first, and else the earlier of the two.
    """
    first = next(iter(rules_of(entry.cite)), None)
    if first is None:
        return entry.start, entry.start is not None
    if first.effective is not None:
        return first.effective, True
    if entry.start is not None and entry.start < first.published:
        return entry.start, True
    return first.published, False


@lru_cache(maxsize=1024)
def _read(requirement: str, policy: str) -> _Texts:
    """What a requirement and a policy say; lists repeat few texts, so each is read once."""
    texts, plain = row_texts(), plain_text(requirement)
    footnotes, parts = texts.footnotes_of(plain), texts.policy(plain_text(policy))
    scope = texts.scope(plain)
    known = {"scope": scope, "footnotes": footnotes is not None, "policy": parts is not None}
    return _Texts(
        footnotes=footnotes or (),
        scope=scope,
        policies=parts or (),
        exception=texts.exception(plain),
        unread=tuple(name for name, read in known.items() if not read),
    )


_BY_PROGRAMME = ("us.sdn", "un.consolidated")


def _tags(entry: Entry) -> tuple[str, ...]:
    """The programmes of a blocking row, which the law reads as footnotes (the directives of a sectoral one are)."""
    return entry.programmes if entry.list in _BY_PROGRAMME else ()
