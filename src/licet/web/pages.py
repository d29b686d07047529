"""Pages from templates: every one in its frame, with who is signed in and where one can go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from licet.render.clean import one_line, printable
from licet.render.words import Words as Phrases
from licet.services.access.caller import Role
from licet.services.access.sessions import form_token
from licet.web.asked import said
from licet.web.language import LANGUAGES
from licet.web.tongue import Tongue

# Word, address and least role of what the top of every page leads to; what this desk does not have is left out.
PLACES = (
    ("nav.case", "/case", Role.ANALYST),
    ("nav.screening", "/screening", Role.ANALYST),
    ("nav.orders", "/orders", Role.ANALYST),
    ("nav.law", "/law", Role.READER),
    ("nav.alignment", "/alignment", Role.READER),
    ("nav.ledger", "/ledger", Role.READER),
    ("nav.accounts", "/accounts", Role.ADMINISTRATOR),
)


@dataclass(frozen=True, slots=True)
class Link:
    """Something the top of a page leads to."""

    word: str
    address: str
    here: bool
    tag: str = ""


@cache
def templates() -> Environment:
    """The templates. What they are given is escaped, and what they name must be there."""
    made = Environment(
        loader=PackageLoader("licet.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"plain": printable, "line": one_line, "file_name": _file_name}
    return made


def _file_name(path: str) -> str:
    """The name of a file of this server, without where it lies."""
    return path.replace("\\", "/").rpartition("/")[2]


def page(request: Request, template: str, status: int = 200, /, **given: Any) -> HTMLResponse:
    """A page from the template of this name. Templates ask `w` for words, and put `token` into every form."""
    caller = getattr(request.state, "caller", None)
    words = said(request)
    tongue = Tongue(words.language)
    common = {
        "w": words,
        "t": tongue,
        "p": Phrases(tongue.answer),
        "lang": words.language,
        "caller": caller,
        "token": form_token(caller) if caller else "",
        "nav": _places(request, caller.role if caller else None),
        "languages": _languages(request, words.language),
    }
    return HTMLResponse(templates().get_template(template).render(common | given), status)


def _places(request: Request, role: Role | None) -> list[Link]:
    path = request.url.path
    return [
        Link(word, address, path == address or path.startswith(f"{address}/"))
        for word, address, least in PLACES
        if role is not None and role >= least and address in request.app.state.addresses
    ]


def _languages(request: Request, chosen: str) -> list[Link]:
    rest = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    return [Link(name, f"?{urlencode([*rest, ('lang', tag)])}", tag == chosen, tag) for tag, name in LANGUAGES.items()]
