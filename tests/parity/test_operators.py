"""Each row of the operator table, and generated conditions, by all three evaluators."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.parity.small import both, case, condition, element, law_of, value

from licet.facts.elements import Element
from licet.facts.truth import Truth
from licet.rules import tree

TABLE = Path(__file__).parents[2] / "docs" / "operators.md"
Row = tuple[tree.Condition, dict[str, Any], Truth]
BIG = 10**30


def compare(op: str, left: str, right: str) -> tree.Condition:
    """A comparison of two numbers."""
    return tree.Compare(op=op, left=value(left), right=value(right))


def rates(*pairs: tuple[int, int], closed: Truth = True) -> dict[str, Any]:
    """An item with rates x (scale 1) and y."""
    return {"rates": ([Element({"rate.x": (x, x), "rate.y": (y, y)}) for x, y in pairs], closed)}


def beneath(code: str) -> tree.Condition:
    """A declared code."""
    return tree.Beneath(fact="item.declared.us", code=code)


def coded() -> tree.Condition:
    """A declared code in a group of codes."""
    return tree.Member(fact="item.declared.us", group="us.codes")


def described() -> tree.Condition:
    """An item described by an entry of a group of codes."""
    return tree.Described(group="us.codes")


def largest(op: str, line: str, aggregate: str = "max") -> tree.Condition:
    """An aggregate over rates against a line."""
    number = tree.Aggregate(aggregate, "rates", value("rate.x * rate.y"))
    return tree.Compare(op=op, left=number, right=value(line))


def of_rates(kind: Callable[..., tree.Condition]) -> tree.Condition:
    """A quantifier over rates."""
    return kind(of="rates", where=compare(">=", "rate.x", "5"))


IN_CODES: dict[str, Truth] = {
    "3A001": None,  # it may be what was taken out
    "3A001.a": None,
    "3A001.a.1": True,
    "3A001.a.2": False,
    "3A001.a.2.b": False,
    "3A001.a.21": True,
    "3A001.z": False,
    "3A0011": False,
    "4A090": None,
    "4A090.b": None,
    "4A090.b.1": True,
    "4A090.b.1.c": True,
    "4A090.b.2": False,
    "5A002": False,
}
P, Q = condition("item.p"), condition("item.q")
DECLARED = tree.Declared(part=P, fact="item.declared.us", code="3A090")
ROWS: dict[str, list[Row]] = {
    "AND, all": [(tree.All(parts=(P, Q)), {"item.p": False}, False), (tree.All(parts=(P, Q)), {"item.p": True}, None)],
    "OR, any": [(tree.Any(parts=(P, Q)), {"item.p": True}, True), (tree.Any(parts=(P, Q)), {"item.p": False}, None)],
    "NOT, not": [(tree.Not(part=P), {}, None), (tree.Not(part=P), {"item.p": False}, True)],
    "yes/no fact": [(P, {}, None), (P, {"item.p": True}, True)],
    "always": [(tree.Always(value=None), {}, None), (tree.Always(value=True), {}, True)],
    "= of texts, IN": [
        (condition("item.t IN ('AA', 'it''s')"), {"item.t": "it's"}, True),
        (condition("item.t = 'AA'"), {}, None),
        (condition("item.t <> 'AA'"), {"item.t": ""}, True),
        (condition("item.t = item.u"), {"item.t": "AA"}, None),
        (condition("item.t = item.u"), {"item.t": "AA", "item.u": "AA"}, True),
    ],
    "has": [
        (tree.Has(fact="item.s", values=("AA",)), {"item.s": frozenset()}, False),
        (tree.Has(fact="item.s", values=("AA", "B")), {"item.s": frozenset({"B", "C"})}, True),
        (tree.Has(fact="item.s", values=("AA",)), {}, None),
    ],
    "in a group": [
        (tree.Member(fact="item.t", group="g.exact"), {"item.t": "BB"}, True),
        (tree.Member(fact="item.t", group="g.exact"), {}, None),
        (tree.Member(fact="item.s", group="g.exact"), {"item.s": frozenset()}, False),
        (tree.Member(fact="item.t", group="g.empty"), {"item.t": "BB"}, False),
        (tree.Member(fact="item.t", group="g.empty"), {}, None),
        (tree.Member(fact="item.t", group="g.open"), {"item.t": "BB"}, None),
        (tree.Member(fact="item.t", group="g.open"), {"item.t": "AA"}, True),
        (tree.Member(fact="item.t", group="g.none"), {}, False),
    ],
    "in a group of prefixes": [
        (tree.Member(fact="item.t", group="g.prefix"), {"item.t": "854231"}, True),
        (tree.Member(fact="item.t", group="g.prefix"), {"item.t": "8"}, None),
        (tree.Member(fact="item.t", group="g.prefix"), {"item.t": "90"}, False),
        (tree.Member(fact="item.s", group="g.prefix"), {"item.s": frozenset({"90", "8"})}, None),
    ],
    "in a group of codes": [
        (coded(), {}, None),
        *((coded(), {"item.declared.us": frozenset({code})}, truth) for code, truth in IN_CODES.items()),
        (coded(), {"item.declared.us": frozenset({"5A002", "3A001.b"})}, True),
        (coded(), {"item.declared.us": frozenset({"3A001", "5A002"})}, None),
        (coded(), {"item.declared.us": frozenset()}, False),
    ],
    "described": [
        (described(), {"item.t": "no entry"}, None),
        (described(), {"item.t": "us.entry.in"}, True),
        (described(), {"item.t": "us.entry.out", "item.declared.us": frozenset()}, False),
        (described(), {"item.t": "us.entry.above", "item.declared.us": frozenset()}, None),
        (described(), {"item.t": "us.entry.other", "item.declared.us": frozenset()}, False),
        (described(), {"item.declared.us": frozenset()}, None),
        (described(), {"item.t": "no entry", "item.declared.us": frozenset({"4A090.b.1.x"})}, True),
        (described(), {"item.declared.us": frozenset({"5A002"})}, False),
        (described(), {"item.t": "us.entry.above", "item.declared.us": frozenset({"5A002"})}, False),
        (described(), {"item.t": "us.entry.in", "item.declared.us": frozenset({"5A002"})}, True),
        (described(), {"item.declared.us": frozenset({"4A090"})}, None),
    ],
    "code": [
        (beneath("3A090.a"), {"item.declared.us": frozenset({"3A090.a.1"})}, True),
        (beneath("3A090.a"), {"item.declared.us": frozenset({"3A090"})}, None),
        (beneath("3A090.a"), {"item.declared.us": frozenset({"3A090.b", "3A090.ab"})}, False),
        (beneath("3A090.a"), {}, None),
    ],
    "declared": [
        (DECLARED, {"item.declared.us": frozenset({"3A090"})}, True),
        (DECLARED, {"item.declared.us": frozenset({"5A992"})}, None),
        (DECLARED, {"item.p": False, "item.declared.us": frozenset({"3A090"})}, False),
    ],
    "= < <= > >= of numbers": [
        (condition("item.a >= 1.5"), {"item.a": (150, 150)}, True),
        (condition("item.a >= 1.5"), {"item.a": (149, 150)}, None),
        (condition("item.a >= 1.5"), {"item.a": (149, 149)}, False),
        (condition("item.a > 1.5"), {"item.a": (150, 150)}, False),
        (condition("item.a <= 1.5"), {"item.a": (150, None)}, None),
        (condition("item.a < 1.5"), {"item.a": (150, None)}, False),
        (condition("item.a = 1.5"), {"item.a": (150, 150)}, True),
        (condition("item.a <> 1.5"), {"item.a": (151, None)}, True),
        (condition("item.a >= 0"), {}, True),
        (condition("case.free >= 0"), {}, None),
        (condition("item.a >= 1.5"), {"item.a": (BIG, BIG)}, True),
        (condition("item.a = 1.5"), {"item.a": (BIG, BIG)}, False),
    ],
    "+ and -": [
        (condition("item.a + item.b >= 3"), {"item.a": (150, 150), "item.b": (2, 2)}, True),
        (condition("item.a - item.b >= 0"), {"item.a": (150, 150), "item.b": (2, 2)}, False),
        (condition("item.a - item.b >= 0"), {"item.a": (150, 150)}, None),
        (condition("item.a + item.b >= 0"), {}, True),
    ],
    "*": [
        (condition("item.a * item.b >= 3"), {"item.a": (150, 150), "item.b": (2, 2)}, True),
        (condition("item.a * item.b > 0"), {"item.a": (0, 0)}, None),
        (condition("item.a * item.b >= 3"), {"item.a": (BIG, BIG), "item.b": (BIG, BIG)}, True),
    ],
    "/": [
        (condition("item.a / item.b >= 0.3"), {"item.a": (100, 100), "item.b": (3, 3)}, True),
        (condition("item.a / item.b >= 0.34"), {"item.a": (100, 100), "item.b": (3, 3)}, False),
        (condition("item.a / item.b >= 0.3"), {"item.a": (100, 100), "item.b": (0, 3)}, None),
        (condition("item.a / item.b >= 0.3"), {"item.a": (100, 100)}, None),
        (condition("item.a / item.b >= 1"), {"item.a": (BIG, BIG), "item.b": (1, 1)}, True),
    ],
    "measure": [
        (condition("item.quotient >= 0.3"), {"item.a": (100, 100), "item.b": (3, 3)}, True),
        (
            condition("item.quotient >= 0.3"),
            {"item.quotient": (299, 299), "item.a": (100, 100), "item.b": (3, 3)},
            False,
        ),
        (condition("item.stepped >= 0.3"), {"item.p": False}, False),
        (condition("item.stepped >= 0.3"), {"item.a": (100, 100), "item.b": (3, 3)}, None),
        (condition("item.stepped >= 0.4"), {"item.a": (100, 100), "item.b": (3, 3)}, False),
    ],
    "max": [
        (largest(">=", "6"), rates((10, 6), (1, 1)), True),
        (largest(">=", "7"), rates((10, 6), (1, 1)), False),
        (largest(">=", "7"), rates((10, 6), closed=None), None),
        (largest(">=", "6"), rates((10, 6), closed=False), True),
        (largest(">=", "7"), rates(), None),
        (condition("item.largest >= 6"), rates((10, 6)), True),
    ],
    "min": [
        (largest("<=", "0.1", "min"), rates((10, 6), (1, 1)), True),
        (largest("<=", "0.1", "min"), rates((10, 6), (1, 1), closed=None), True),
        (largest(">", "0", "min"), rates((10, 6), closed=None), None),
        (largest("<", "7", "min"), rates(), None),
    ],
    "sum": [
        (largest(">=", "6.1", "sum"), rates((10, 6), (1, 1)), True),
        (largest("<", "6.1", "sum"), rates((10, 6), closed=None), None),
        (largest("<", "6.1", "sum"), rates(), None),
    ],
    "some": [
        (of_rates(tree.Some), rates(), False),
        (of_rates(tree.Some), rates(closed=None), None),
        (of_rates(tree.Some), rates((50, 1), closed=None), True),
        (of_rates(tree.Some), rates((49, 1), closed=False), None),
        (tree.Some(of="rates", where=tree.Always(value=False)), rates(closed=None), False),
    ],
    "every": [
        (of_rates(tree.Every), rates(), True),
        (of_rates(tree.Every), rates(closed=None), None),
        (of_rates(tree.Every), rates((49, 1), closed=None), False),
        (of_rates(tree.Every), rates((50, 1)), True),
    ],
}


def owned(*shares: tuple[Any, Truth], closed: Truth = True, **also: Any) -> Element:
    """A party with owners of these shares, each counting or not."""
    owners = []
    for share, counts in shares:
        facts: dict[str, Any] = {} if counts is None else {"party.p": counts}
        facts |= {} if share is None else {"owner.share": share}
        owners.append(element(facts, owners=([], True), listings=([], True)))
    return element({"party.p": False, **also}, owners=(owners, closed), listings=([], True))


HALF, SOME = (500_000, 500_000), (300_000, 300_000)
OWNED = tree.Owned(counts="counts", threshold=500_000)
OWN = tree.Owned(counts="counts", threshold=500_000, aggregate=False, own=True)
OWNERS: list[tuple[tree.Owned, Element, Truth]] = [
    (OWNED, owned((HALF, True)), True),
    (tree.Owned(counts="counts", threshold=500_000, more_than=True), owned((HALF, True)), False),
    (OWNED, owned((SOME, True), (SOME, True)), True),
    (tree.Owned(counts="counts", threshold=500_000, aggregate=False), owned((SOME, True), (SOME, True)), False),
    (OWN, owned((HALF, True)), True),
    (OWN, owned((SOME, True), (SOME, True)), None),
    (OWN, owned((SOME, True), (tuple([190_000] * 2), True)), False),
    (OWNED, owned((SOME, True), (SOME, None)), None),
    (OWNED, owned((None, True)), None),
    (OWNED, owned(), False),
    (OWNED, owned(closed=None), None),
    (OWNED, owned(((600_000, 600_000), False), closed=None), False),
    (OWNED, owned(closed=None, **{"party.kind": "person"}), False),
    (OWNED, owned(closed=None, **{"party.kind": "government"}), False),
    (OWNED, owned(closed=None, **{"party.kind": "firm"}), None),
    (
        OWNED,
        owned((tuple([120_000] * 2), True), (tuple([20_000] * 2), True), *[(tuple([180_000] * 2), True)] * 2),
        True,
    ),
]


def documented() -> list[str]:
    """The operators of the table."""
    return re.findall(r"^\| `([^`]+)`", TABLE.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_the_table_and_the_tests_name_the_same_operators() -> None:
    assert documented() == [*ROWS, "ownership", "rule"]


def test_each_row_of_the_table() -> None:
    rows = [row for rows in ROWS.values() for row in rows]
    law = law_of([("item", tested) for tested, _, _ in rows])
    cases = []
    for _, facts, _ in rows:
        lists = {"rates": facts["rates"]} if "rates" in facts else {"rates": ([], None)}
        stated = {fact: stated for fact, stated in facts.items() if fact != "rates"}
        cases.append(case(element({}, parties=([], True)), element(stated, **lists)))
    for each in both(law, cases):
        found = [each[n].get(f"r{n}", (False,))[0] for n in range(len(rows))]
        assert [(rows[n][0], found[n]) for n in range(len(rows))] == [
            (tested, expected) for tested, _, expected in rows
        ]


def test_ownership() -> None:
    law = law_of([("party", tested) for tested, _, _ in OWNERS])
    cases = [case(element({}, parties=([party], True))) for _, party, _ in OWNERS]
    for each in both(law, cases):
        assert [each[n].get(f"r{n}", (False,))[0] for n in range(len(OWNERS))] == [wanted for _, _, wanted in OWNERS]


def test_a_rule_seen_from_another_subject() -> None:
    refer = {name: tree.Refer(rule=name) for name in ("r0", "counts", "row", "absent")}
    law = law_of(
        [
            ("item", P),
            ("case", refer["r0"]),
            ("case", refer["counts"]),
            ("case", refer["row"]),
            ("case", refer["absent"]),
        ]
    )
    party = element({"party.p": True}, listings=([element({"listing.p": True})], None), owners=([], True))
    none, open_ = element({}, parties=([], True)), element({}, parties=([], None))
    none.closed["items"] = True
    cases = [case(none), case(open_), case(element({}, parties=([party], None)), element({"item.p": True}))]
    expected = [[False, False, False, None], [None, None, None, None], [True, True, True, None]]
    for each in both(law, cases):
        assert [[line.get(f"r{n}", (False,))[0] for n in (1, 2, 3, 4)] for line in each] == expected


# --- generated conditions ----------------------------------------------------------------------------

NUMBER_TEXTS = ["item.a", "item.b", "item.a * item.b", "item.a + item.b", "item.a - item.b", "item.a / item.b", "2.5"]
ITEM_LEAVES = [
    P,
    Q,
    condition("item.t = 'AA'"),
    condition("item.t = item.u"),
    DECLARED,
    beneath("3A090.a"),
    tree.Always(value=None),
]
ITEM_LEAVES += [
    tree.Member(fact=fact, group=group) for fact in ("item.t", "item.s") for group in ("g.exact", "g.open", "g.prefix")
]
ITEM_LEAVES += [tree.Has(fact="item.s", values=("AA", "8541"))]
ITEM_LEAVES += [
    condition(f"item.{fact} {op} 1.5") for fact in ("quotient", "largest", "stepped") for op in ("<", ">=", "=")
]
RATE_LEAVES = [compare(op, "rate.x", line) for op in ("<", "=") for line in ("5", "rate.y")]
PARTY_LEAVES = [condition("party.p"), tree.Refer(rule="counts"), tree.Refer(rule="row"), OWNED, condition("case.p")]
OWNER_LEAVES = [
    tree.Some(of="owners", where=condition("owner.p")),
    tree.Every(of="owners", where=compare(">", "owner.share", "30")),
]
LISTED = [
    tree.Some(of="listings", where=condition("listing.p")),
    tree.Every(of="listings", where=condition("listing.t = 'AA'")),
]

comparisons = st.builds(
    compare, st.sampled_from(["<", "<=", "=", ">=", ">"]), st.sampled_from(NUMBER_TEXTS), st.sampled_from(NUMBER_TEXTS)
)
item_leaves = st.sampled_from(ITEM_LEAVES) | comparisons
item_lists = st.builds(
    lambda kind, leaf, over: kind(
        of=over, where=leaf if over == "rates" else tree.Any(parts=(condition("component.p"), leaf_of_component()))
    ),
    st.sampled_from([tree.Some, tree.Every]),
    st.sampled_from(RATE_LEAVES),
    st.sampled_from(["rates", "components"]),
)


def leaf_of_component() -> tree.Condition:
    """A component beside its item."""
    return condition("component.a >= item.a")


def joined(leaves: st.SearchStrategy[tree.Condition]) -> st.SearchStrategy[tree.Condition]:
    """Leaves joined by AND, OR and NOT."""

    def parts(inner: st.SearchStrategy[tree.Condition]) -> st.SearchStrategy[tuple[tree.Condition, ...]]:
        return st.lists(inner, min_size=1, max_size=3).map(tuple)

    return st.recursive(
        leaves,
        lambda inner: (
            st.builds(lambda p: tree.All(parts=p), parts(inner))
            | st.builds(lambda p: tree.Any(parts=p), parts(inner))
            | st.builds(lambda p: tree.Not(part=p), inner)
        ),
        max_leaves=6,
    )


party_conditions = joined(st.sampled_from([*PARTY_LEAVES, *OWNER_LEAVES, *LISTED]))
in_parties = st.builds(
    lambda kind, where: kind(of="parties", where=where), st.sampled_from([tree.Some, tree.Every]), party_conditions
)
mixed = joined(
    in_parties
    | st.sampled_from([condition("case.p"), condition("item.p"), tree.Refer(rule="row"), tree.Refer(rule="counts")])
)
truths = st.sampled_from([True, False, None])


def facts(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Facts, some of them not stated."""
    named = {name.replace("__", "."): strategy for name, strategy in values.items()}
    return st.fixed_dictionaries({}, optional=named)


def ends(most: int) -> st.SearchStrategy[Any]:
    """A point or a range, perhaps open above."""
    whole = st.integers(0, most)
    return (
        whole.map(lambda n: (n, n))
        | st.tuples(whole, whole).map(lambda p: (min(p), max(p)))
        | whole.map(lambda n: (n, None))
    )


word = st.sampled_from(["AA", "BB", "8", "8541", "854190", "3A090", "3A090.a", "3A090.a.1", "it's", ""])
words = st.frozensets(word, max_size=3)
rate_elements = st.builds(Element, facts(rate__x=ends(80), rate__y=ends(8)))
item_facts = facts(
    item__p=st.booleans(), item__q=st.booleans(), item__t=word, item__u=word, item__s=words,
    item__a=ends(500), item__b=ends(5),
    item__quotient=ends(3000), item__stepped=ends(3000), **{"item__declared.us": words},
)  # fmt: skip
components = st.builds(
    lambda f, r, c: element(f, rates=(r, c)), item_facts, st.lists(rate_elements, max_size=1), truths
)
items = st.builds(
    lambda f, r, c, parts, open_: element(f, rates=(r, c), components=(parts, open_)),
    item_facts, st.lists(rate_elements, max_size=3), truths, st.lists(components, max_size=2), truths,
)  # fmt: skip
listings = st.builds(Element, facts(listing__p=st.booleans(), listing__t=word))
shares = facts(owner__share=st.sampled_from([HALF, SOME, (0, 600_000), (1_000_000, 1_000_000)]), party__p=st.booleans())


def tree_of_parties(depth: int) -> st.SearchStrategy[Element]:
    """A party with rows and owners."""
    owners = st.lists(tree_of_parties(depth - 1), max_size=2) if depth else st.just([])
    own = shares if depth < 2 else facts(party__p=st.booleans(), party__kind=st.sampled_from(["person", "firm"]))
    return st.builds(
        lambda f, rows, c, o, d: element(f, listings=(rows, c), owners=(o, d)),
        own,
        st.lists(listings, max_size=2),
        truths,
        owners,
        truths,
    )


def a_case(
    root: dict[str, Any], parties: list[Element], closed: Truth, item: Element | None, items_closed: Truth
) -> Any:
    """A case of at most one item."""
    made = element(root, parties=(parties, closed))
    made.closed["items"] = items_closed
    return case(made, *([item] if item is not None else []))


cases = st.builds(
    a_case,
    facts(case__p=st.booleans(), act=st.just("export")),
    st.lists(tree_of_parties(2), max_size=2),
    truths,
    st.none() | items,
    truths,
)


@pytest.mark.parametrize(
    ("subject", "conditions"), [("item", joined(item_leaves | item_lists)), ("case", mixed)], ids=["items", "parties"]
)
def test_generated_conditions(subject: str, conditions: st.SearchStrategy[tree.Condition]) -> None:
    @settings(max_examples=40, deadline=None)
    @given(st.lists(conditions, min_size=6, max_size=12), st.lists(cases, min_size=8, max_size=16))
    def agree(tested: list[tree.Condition], made: list[Any]) -> None:
        scalar, naive = both(law_of([(subject, each) for each in tested]), made)
        for line, (one, other) in enumerate(zip(scalar, naive, strict=True)):
            for n, each in enumerate(tested):
                found = [values.get(f"r{n}", (False, ())) for values in (one, other)]
                assert found[0] == found[1], (each, made[min(line, len(made) - 1)].root.facts)

    agree()
