"""Every word of a page exists in every language, says the same parts, and is used."""

from __future__ import annotations

import ast
import re
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

from licet.facts.countries import country_names
from licet.ledger.record import ERASURE, HOLD, KEPT, RELEASE, ROTATION, START
from licet.logic.decide import EXPORT_WORDS
from licet.logic.outcome import EXIT_CODES, FREE
from licet.render.named import LANGUAGES as NAMED_IN
from licet.render.named import tables
from licet.render.words import TABLES
from licet.services.access.caller import Role
from licet.services.check import Checker
from licet.web.app import ROUTES
from licet.web.labels import labels_of
from licet.web.language import LANGUAGES, choose
from licet.web.pages import PLACES
from licet.web.tongue import Ours, Tongue
from licet.web.words import Said, catalogue

HERE = Path(str(files("licet.web")))
SOURCES = [*HERE.rglob("*.html"), *HERE.rglob("*.py")]
TEXT = "\n".join(file.read_text(encoding="utf-8") for file in SOURCES)
NAMED = set(re.findall(r"""\b(?:w|said|words)\(\s*["']([a-z0-9_.]+)["']""", TEXT))
KINDS = set(re.findall(r"""\b(?:w|words|said\(request\)|self)\.(?:of|known)\(\s*["']([a-z0-9_.]+)["']""", TEXT))
CODE = re.compile(r"""["']([EL]_[A-Z0-9_]+)["']""")
LITERALS = set(re.findall(r"""["']([a-z0-9_]+\.[a-z0-9_.]+)["']""", TEXT))


def test_what_pages_name_exists() -> None:
    assert not NAMED - set(catalogue())
    assert not [kind for kind in KINDS if not any(key.startswith(f"{kind}.") for key in catalogue())]


def test_what_the_top_of_a_page_leads_to_is_told_of_on_the_first_page() -> None:
    addresses = {getattr(route, "path", "") for routes in ROUTES for route in routes.routes}
    assert not [path for _, path, _ in PLACES if path in addresses and f"about.{path[1:]}" not in catalogue()]


def test_what_exists_is_used() -> None:
    unused = [
        key for key in {*catalogue()} - {*tables()}
        if key not in NAMED | LITERALS and not any(key.startswith(f"{kind}.") for kind in KINDS)
    ]  # fmt: skip
    assert not unused


def test_names_are_of_something(checker: Checker) -> None:
    facts = checker.law.dictionary.facts
    values = {value for fact in facts.values() for value in fact.values}
    said = {said for rule in checker.law.rules.values() for v in rule.versions for said in map(str, v.extra.values())}
    assert tuple(LANGUAGES) == NAMED_IN
    for key in tables():
        kind, _, name = key.partition(".")
        assert kind != "label" or name in facts, key
        assert kind != "word" or name in values | said | {"yes", "unknown"}, key
        assert kind != "country" or name in country_names(), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_it_with_the_same_parts(language: str) -> None:
    for key, words in catalogue().items():
        assert words[language].strip(), key
        parts = [sorted(name for _, name, _, _ in Formatter().parse(words[of]) if name) for of in ("en", language)]
        assert parts[0] == parts[1], key


def test_han_of_one_script_only() -> None:
    """A few characters that the other script writes otherwise."""
    for key, words in catalogue().items():
        assert not set("许证账户语订单规这") & set(words["zh-Hant"]), key
        assert not set("許證帳戶語訂單規這") & set(words["zh-Hans"]), key


@pytest.mark.parametrize(
    ("cookie", "accepted", "chosen"),
    [
        ("", "", "en"), ("ja", "zh-CN", "ja"), ("xx", "zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"), ("", "zh", "zh-Hans"),
        ("", "de-DE,de;q=0.9,ja;q=0.5,en;q=0.3", "ja"), ("", "ja;q=0,en", "en"), ("", "ja;q=x, ,;;,zh-HK", "zh-Hant"),
        ("", "*", "en"),
    ],
)  # fmt: skip
def test_the_language_of_a_request(cookie: str, accepted: str, chosen: str) -> None:
    assert choose(cookie, accepted) == chosen


def test_every_error_that_a_page_can_show_is_told_in_every_language() -> None:
    """Its kind and what to do; beneath stands what is wrong exactly, in English."""
    codes = {code for file in _reached("licet.web.app", "licet.api.guard") for code in CODE.findall(file.read_text())}
    assert len(codes) > 90
    assert not [code for code in sorted(codes - {"E_SAID"}) if not Said("ja").fault(code)]  # E_SAID is of the catalogue


def _reached(*modules: str) -> set[Path]:
    """The files of these modules, and of all that they import, at once or later."""
    source, found, pending = HERE.parent.parent, set[Path](), list(modules)
    while pending:
        path = source / pending.pop().replace(".", "/")
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if file in found or not file.is_file():
            continue
        found.add(file)
        for one in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(one, ast.ImportFrom) and one.module and one.module.startswith("licet"):
                pending += [one.module, *(f"{one.module}.{name.name}" for name in one.names)]
            elif isinstance(one, ast.Import):
                pending += [name.name for name in one.names if name.name.startswith("licet")]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_and_choices_are_in_the_language_of_the_page(checker: Checker, language: str) -> None:
    labels, facts = labels_of(checker.law.dictionary, Tongue(language)), checker.law.dictionary.facts.values()
    words = {word for fact in facts for word in fact.values}
    assert len(words) > 1_000
    assert not [fact.name for fact in facts if Tongue(language).tag(fact.ask(Tongue(language).base))]
    assert not [word for word in sorted(words) if not isinstance(labels.word(word), Ours)]
    assert not [code for code in country_names() if not isinstance(labels.country(code), Ours)]
    assert not [role.word for role in Role if not Said(language).known("role", role.word)]
    kinds = {*KEPT, ERASURE, HOLD, RELEASE, ROTATION, START}
    assert not [kind for kind in sorted(kinds) if not Said(language).known("recordkind", kind)]
    said = TABLES[Tongue(language).answer]
    assert not [word for word in {*EXIT_CODES, *EXPORT_WORDS, FREE} if f"outcome.{word}" not in said]


def test_what_is_not_in_the_language_of_a_page_is_marked(checker: Checker) -> None:
    assert Tongue("ja")("ion beam <") == '<span lang="en">ion beam &lt;</span>'
    assert Tongue("zh-Hans")("ion beam") == '<span lang="en">ion beam</span>'
    assert Tongue("zh-Hans")("许可 A") == "许可 A"
    assert Tongue("ja")(labels_of(checker.law.dictionary, Tongue("ja")).value("act", "export")) == "輸出"
    assert Tongue("ja")("3.5") == "3.5" and Tongue("en")("ion beam") == "ion beam"


@pytest.mark.parametrize("language", ["ja"])
def test_a_question_names_the_same_choices_in_every_language(checker: Checker, language: str) -> None:
    """So that the words of a choice stand in its place (`licet.web.controls.asked`)."""

    def named(text: str, values: tuple[str, ...]) -> list[str]:
        return [value for value in values if "_" in value and re.search(rf"\b{value}\b", text, re.ASCII)]

    facts = checker.law.dictionary.facts.values()
    assert not [f.name for f in facts if named(f.ask_en, f.values) != named(f.ask(language), f.values)]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "ja"])
def test_every_fact_has_a_label_of_its_own(checker: Checker, language: str) -> None:
    labels: dict[str, str] = {}
    for name in checker.law.dictionary.facts:
        label = tables()[f"label.{name}"][language]
        assert label not in labels or {name, labels[label]} == {"item.name", "party.name"}, (name, labels[label])
        labels[label] = name
