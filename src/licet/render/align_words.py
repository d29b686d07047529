"""How `licet align` calls what it says, in the text and in the picture."""

from __future__ import annotations

from datetime import date

from licet.services.align_model import NO, UNKNOWN, UNREAD, YES, ItemAnswer, RegimeStand, Row, Stretch

MARKS = {YES: "controlled", NO: "not controlled", UNKNOWN: "not known", UNREAD: "law not read"}


def value(stretch: Stretch | None) -> str:
    """The answer of a day in words."""
    if stretch is None:
        return MARKS[UNREAD]
    return f"{MARKS[stretch.value]} as far as encoded" if stretch.partly else MARKS[stretch.value]


def since(row: Row, on: str) -> str:
    """Since when a place controls an item on a day, or from when it will, or did."""
    control = row.control(on)
    if control is None:
        last = row.controls[-1] if row.controls else None
        return f"{last.first} to {last.last}" if last is not None else "-"
    first = f"{control.first} at the latest" if control.at_latest else control.first
    return first if control.first <= on else f"from {first}"


def lag(item: ItemAnswer) -> str:
    """How long it took from the first control to the last."""
    unsure = f" Earlier, it may be, in {', '.join(item.unsure)}." if item.unsure else ""
    if item.lag is None:
        return f"Of no place the first day of a control is certain.{unsure}" if unsure else "No control was found."
    if item.first == item.last:
        return f"First controlled on {item.first}.{unsure}"
    days = f"{item.lag:,} days between the first and the last"
    return f"First controlled on {item.first}, last on {item.last}: {days}.{unsure}"


def regime(stand: RegimeStand, first: str) -> str:
    """What a regime did, and how long after the first state; `first` is the day of that."""
    name = stand.regime.upper()
    if stand.adopted != "none":
        return f"{name} adopted a control on {stand.adopted}{_after(first, stand.adopted)}: {stand.why}."
    return f"{name} had adopted none by {stand.by}{_after(first, stand.by)}: {stand.why}."


def _after(first: str, day: str) -> str:
    if not first or len(day) != len("2024-01-01"):
        return ""
    days = (date.fromisoformat(day) - date.fromisoformat(first)).days
    return f", {abs(days):,} days {'after' if days >= 0 else 'before'} the first state"


def policy(word: str) -> str:
    """A review policy in words."""
    return word.replace("_", " ")
