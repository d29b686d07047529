"""The tools, called as a client calls them: without a process, and with a ledger."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client
from mcp_types import CallToolResult, TextContent

from licet.mcp.server import make_server
from licet.services.check import Checker
from licet.services.serve import Service
from tests import ledgers

Call = Callable[..., dict[str, Any]]


def told(result: CallToolResult) -> dict[str, Any]:
    """What a result tells: the same as data and as text, unless it is an error, which is told as text."""
    (content,) = result.content
    assert isinstance(content, TextContent)
    plain: dict[str, Any] = json.loads(content.text)
    assert plain == result.structured_content if not result.is_error else set(plain) == {"errors"}
    return plain


def caller(service: Service, by: str = "") -> Call:
    """Calls a tool in a session of its own; the client of the SDK holds each answer against the output schema."""

    server = make_server(service, by)

    def call(tool: str, **arguments: Any) -> dict[str, Any]:
        async def session() -> dict[str, Any]:
            async with Client(server) as client:
                return told(await client.call_tool(tool, arguments))

        return anyio.run(session)

    return call


@pytest.fixture(scope="session")
def service(checker: Checker) -> Service:
    """Without a ledger and without lists."""
    return Service(replace(checker, screening=None))


@pytest.fixture(scope="session")
def call(service: Service) -> Call:
    """Calls of tools without a ledger."""
    return caller(service)


@pytest.fixture
def keeping(checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """With a ledger."""
    monkeypatch.setenv("LICET_HOME", str(tmp_path))
    with ledgers.keeping(checker, tmp_path, "an officer") as made:
        yield made
