"""Reading the technologies of `licet align`: reference items, and the sale they are asked about with."""

from __future__ import annotations

from pathlib import Path
from string import Template

from licet.facts.case import Case, read_case
from licet.facts.countries import country_name, country_names
from licet.facts.dictionary import Dictionary
from licet.facts.errors import CaseError, LawError, nearest, quoted
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, decode, read_yaml
from licet.rules.reading import elements, fail, mapping, only, source, sources, text, texts
from licet.services.align_model import Place, ReferenceItem, RegimeStand, Technology

FOLDER, CASE, PLACES = "technologies", "_case.yaml", "_places.yaml"


def names(root: Path) -> tuple[str, ...]:
    """The technologies there are."""
    return tuple(sorted(path.stem for path in (root / FOLDER).glob("[!_]*.yaml")))


def read_technology(root: Path, name: str) -> Technology:
    """A technology by name, or in a file of the user's own. Raises CaseError, LawError."""
    known = names(root)
    path = root / FOLDER / f"{name}.yaml" if name in known else Path(name)
    if name not in known and not (path.suffix == ".yaml" and path.is_file()):
        hint = nearest(name, known) or f"one of {', '.join(known)}, or a file that ends in .yaml"
        raise CaseError.one("E_TECHNOLOGY", f"there is no technology {quoted(name)}", hint=hint)
    return _technology(mapping(_read(path), "a technology"))


def read_places(root: Path) -> tuple[Place, ...]:
    """The places asked, in the order of the rows. Raises LawError."""
    return tuple(_place(mapping(node, "a place")) for node in elements(_read(root / FOLDER / PLACES)))


def read_template(root: Path) -> str:
    """The text of the sale, with $FROM, $TO, $US and $EU to be filled in."""
    path = root / FOLDER / CASE
    return decode(path.read_bytes(), path.name, LawError)


def reference_case(
    template: str, technology: Technology, item: ReferenceItem, words: dict[str, str], dictionary: Dictionary
) -> Case:
    """The sale of a reference item. Raises CaseError at the place in the file."""
    case = mapping(read_yaml(Template(template).safe_substitute(words), f"law/{FOLDER}/{CASE}"), "a case")
    for key, value in (technology.case.entries if technology.case is not None else {}).items():
        case.entries[key] = _joined(case.entries.get(key), value)
    origin = Scalar(words["FROM"], True, item.facts.place)
    facts = {"name": Scalar(item.name, False, item.facts.place), "origin": origin, **item.facts.entries}
    whole = Mapping(item.facts.place, facts, {key: node.place for key, node in facts.items()})
    case.entries["items"] = Sequence(item.facts.place, [whole])
    case.keys = {key: node.place for key, node in case.entries.items()}
    return read_case(case, dictionary)


def _joined(before: Node | None, after: Node) -> Node:
    """The keys of both; of one that stands twice, the later."""
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return after
    entries = before.entries | after.entries
    return Mapping(after.place, entries, {key: node.place for key, node in entries.items()})


def _read(path: Path) -> Node:
    return read_yaml(decode(path.read_bytes(), path.name, LawError), path.name, LawError)


def _technology(node: Mapping) -> Technology:
    only(node, ("technology", "title", "items", "regimes", "makers", "case"), "a technology")
    makers = mapping(node.entries["makers"], "makers") if "makers" in node.entries else None
    items = tuple(_item(mapping(entry, "an item")) for entry in elements(node.entries.get("items")))
    if not items:
        fail(node, "there are no items", "add items: with id, name and item")
    return Technology(
        id=text(node, "technology"),
        title=text(node, "title"),
        items=items,
        regimes=tuple(_stand(mapping(entry, "a regime")) for entry in elements(node.entries.get("regimes"))),
        makers=texts(makers.entries.get("places")) if makers is not None else (),
        makers_source=sources(makers)[0] if makers is not None else None,
        case=mapping(node.entries["case"], "case") if "case" in node.entries else None,
    )


def _item(node: Mapping) -> ReferenceItem:
    only(node, ("id", "name", "item"), "an item")
    return ReferenceItem(text(node, "id"), text(node, "name"), mapping(node.entries.get("item"), "item", node.place))


def _stand(node: Mapping) -> RegimeStand:
    only(node, ("regime", "adopted", "by", "why", "source"), "a regime")
    found = source(node.entries.get("source", node))
    return RegimeStand(text(node, "regime"), text(node, "adopted"), text(node, "by", ""), text(node, "why", ""), found)


def _place(node: Mapping) -> Place:
    only(node, ("place", "as"), "a place")
    code = text(node, "place")
    if code not in country_names():
        fail(node, f"{code!r} is no country")
    return Place(code, text(node, "as", country_name(code)))
