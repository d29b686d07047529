"""The effect of a hit, its reasons and its row in words, each in one line: for the terminal and for tables."""

from __future__ import annotations

from collections.abc import Iterable

from licet.facts.dictionary import Dictionary
from licet.parties.match.hit import Hit
from licet.parties.rows import RowFacts
from licet.render.labels import Labels
from licet.services.effects import Effect
from licet.services.hits import Decided
from licet.services.screen_model import Asked

OPEN_POINTS = 2  # things an effect depends on that a line names
_NAMES = {
    "alias": "alias",
    "weak": "weak alias",
    "former": "former name",
    "original": "name in its own script",
    "added": "name from another source than the list",
}
_DECISIONS = {"true": "true match", "false": "false match", "later": "left open"}


class ScreenWords:
    """Words of a screen in English; what they name is spelt as the labels of facts spell it."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.labels = Labels(dictionary, "en")

    def asked(self, asked: Asked) -> str:
        """What is known of a party beside its name."""
        said = [self.listed(asked.roles)] if asked.roles else []
        said += [asked.kind] if asked.kind != "unknown" else []
        said += [self.labels.country(code) for code in asked.countries]
        said += [f"born {' or '.join(asked.births)}"] if asked.births else []
        said += [f"number {number}" for number in asked.identifiers]
        return ", ".join((*said, *asked.addresses))

    def listed(self, words: Iterable[str]) -> str:
        """Words of the dictionary, spelt out."""
        return ", ".join(map(self.labels.word, words))

    def reasons(self, hit: Hit) -> str:
        """The steps of the score with what each added or took."""
        return "; ".join(f"{reason.text} ({reason.weight:+.2f})" for reason in hit.reasons)

    def alias(self, hit: Hit) -> str:
        """Which name matched."""
        if hit.alias == hit.entry.name:
            return "by its own name"
        kind = _NAMES.get(hit.alias_kind, f"{hit.alias_kind} name")
        cites = [name.cite for name in hit.entry.names if name.text == hit.alias and name.cite]
        return f"by its {kind} {hit.alias}" + (f" [{cites[0]}]" if cites else "")

    def since(self, row: RowFacts) -> str:
        """When the row came and went, and by which act."""
        days = [f"on the list since {row.start}" if row.start else "on the list, the day it came is not given"]
        days += [f"until {row.end}"] if row.end else []
        return " ".join(days) + (f" [{row.cite}]" if row.cite else "")

    def row(self, row: RowFacts, programmes: tuple[str, ...] = ()) -> str:
        """What the row says of licences, as far as it says it."""
        said = [row.scope_text.rstrip(". ")] if row.scope_text else []
        said += [f"programmes {', '.join(programmes)}"] if programmes else []
        footnotes = [note for note in row.footnotes if note not in programmes]
        said += [f"footnotes {', '.join(footnotes)}"] if footnotes else []
        policy = row.policy_text.rstrip(". ") or (self.labels.word(row.policy) if row.policy else "")
        said += [f"review: {policy}"] if policy else []
        said += ["licence exceptions barred"] if row.exceptions_barred else []
        said += [f"not understood: {', '.join(row.unread)}"] if row.unread else []
        return "; ".join(said)

    def where(self, effect: Effect) -> str:
        """Whose law it is, and for which acts."""
        acts = "whatever the act" if effect.every_act else self.listed(effect.acts)
        return f"{effect.instrument} ({effect.jurisdiction.upper()}), {acts}"

    def effect(self, effect: Effect) -> str:
        """What a rule says because of the row."""
        policy = f": {self.labels.word(effect.detail['policy'])}" if "policy" in effect.detail else ""
        cite = f" [{effect.cite}]" if effect.cite else ""
        status = f" – {self.labels.word(effect.status)}" if effect.status != "in_force" else ""
        return f"{effect.title}{policy}{cite}{status}"

    def hangs_on(self, effect: Effect) -> str:
        """In which roles, and on what else, where that is not settled."""
        said = []
        if effect.bites is not True and effect.roles:
            said.append(f"bites as {self.listed(effect.roles)}")
        if effect.bites is not True and effect.roles_open:
            said.append(f"may bite as {self.listed(effect.roles_open)}")
        if effect.depends:
            said.append(f"depends on: {self._depends(effect)}")
        return "; ".join(said)

    def line(self, effect: Effect) -> str:
        """All of it in one line, with whose law it is."""
        hangs = self.hangs_on(effect)
        return f"{self.effect(effect)} ({self.where(effect)}{f'; {hangs}' if hangs else ''})"

    def _depends(self, effect: Effect) -> str:
        shown = [point.ask.rstrip(".") for point in effect.depends[:OPEN_POINTS]]
        more = len(effect.depends) - OPEN_POINTS
        return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")

    def decided(self, one: Decided) -> str:
        """A decision kept, and whether it stands."""
        words = f"{_DECISIONS[one.decision]} by {one.by} on {one.at:%Y-%m-%d}: {one.reason}"
        if one.stands:
            return f"decided: {words}"
        return f"open again: the entry has changed since ({'; '.join(one.changed)}); it was a {words}"
