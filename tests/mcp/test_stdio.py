"""A session of the SDK's own client with `licet mcp` as another process."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from subprocess import PIPE, Popen
from typing import Any

import anyio
import pytest
from jsonschema import Draft202012Validator
from mcp import Client, StdioServerParameters
from mcp_types import PARSE_ERROR

from licet.cli import mcp as command
from licet.facts.errors import CaseError
from licet.services.check import Checker
from licet.services.home import home, law_root
from licet.services.kept import law_key
from tests.mcp.conftest import told
from tests.mcp.order import CASE

FOLDER = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "licet.cli.main", "mcp", "--by", "ada"]
HELLO = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}},
}  # fmt: skip
TOOLS = ["facts", "check", "ask", "screen", "classify", "explain"]


def environment_of(folder: Path) -> dict[str, str]:
    """An environment with a folder of Licet's own, in which the law is compiled already."""
    own, key = home(), law_key(law_root())
    if own is not None and (kept := own / "law" / f"{key}.json").is_file():  # the checker was read from it, or wrote it
        (folder / "law").mkdir()
        copy(kept, folder / "law")
    return {**os.environ, "LICET_HOME": str(folder), "PYTHONPATH": str(FOLDER / "src")}


@dataclass
class Raw:
    """A server that is spoken to by bytes."""

    process: Popen[bytes]

    def asked(self, line: bytes) -> dict[str, Any]:
        """What it answers to a line."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


def _call(arguments: str) -> bytes:
    params = f'{{"name": "facts", "arguments": {arguments}}}'
    return f'{{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {params}}}'.encode()


@pytest.fixture
def raw(checker: Checker, tmp_path: Path) -> Iterator[Raw]:
    """A process that is spoken to by bytes."""
    with Popen(COMMAND, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment_of(tmp_path)) as process:
        found = Raw(process)
        assert found.asked(json.dumps(HELLO).encode())["result"]["serverInfo"]["name"] == "licet"
        yield found
        process.kill()


@pytest.fixture(scope="module")
def seen(checker: Checker, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Everything that one session saw: one process serves the tests of this module."""
    folder = tmp_path_factory.mktemp("mcp")
    found: dict[str, Any] = {}

    async def session() -> None:
        program, *rest = COMMAND
        parameters = StdioServerParameters(command=program, args=rest, env=environment_of(folder), cwd=folder)
        async with Client(parameters) as client:
            found["about"] = client.instructions
            found["tools"] = (await client.list_tools()).tools
            found["check"] = await client.call_tool("check", CASE)
            found["half"] = await client.call_tool("facts", {"find": "die\x00 area\x1b[31m"})
            found["resources"] = {one.uri: await client.read_resource(one.uri) for one in await _resources(client)}
            found["prompts"] = (await client.list_prompts()).prompts
            found["prompt"] = await client.get_prompt("check_a_shipment")
            for name, ask in _WRONG.items():
                with pytest.raises(Exception, match="there is no"):
                    await ask(client)
                found[name] = await client.call_tool("facts", {"find": "tpp"})

    anyio.run(session)
    return found


async def _resources(client: Client) -> list[Any]:
    return [*(await client.list_resources()).resources]


_WRONG: dict[str, Callable[[Client], Awaitable[Any]]] = {
    "no resource": lambda client: client.read_resource("licet://nothing"),
    "a file": lambda client: client.read_resource("file:///etc/passwd"),
    "no prompt": lambda client: client.get_prompt("nothing"),
}


def test_tools_are_told_with_their_forms(seen: dict[str, Any]) -> None:
    assert [tool.name for tool in seen["tools"]] == TOOLS
    for tool in seen["tools"]:
        Draft202012Validator.check_schema(tool.input_schema)
        Draft202012Validator.check_schema(tool.output_schema)
        assert tool.input_schema["additionalProperties"] is False
        assert tool.annotations.read_only_hint is True  # no ledger is set up
        assert len(tool.description) < 400
    assert "stays unknown" in seen["about"]


def test_a_check_over_stdio_is_decided_and_says_what_is_open(seen: dict[str, Any]) -> None:
    answer = told(seen["check"])
    assert (answer["outcome"], answer["worst"], answer["record"]) == ("licence_required", "prohibited", 0)
    assert answer["unknown"] and answer["not_covered"]


def test_odd_characters_do_no_harm(seen: dict[str, Any]) -> None:
    assert told(seen["half"])["found"] >= 0


def test_resources_and_the_prompt(seen: dict[str, Any]) -> None:
    texts = {uri: result.contents[0].text for uri, result in seen["resources"].items()}
    assert "item.tpp number" in texts["licet://facts"]
    assert "buyer/owner1" in texts["licet://case"]
    assert [prompt.name for prompt in seen["prompts"]] == ["check_a_shipment"]
    assert "exact words" in seen["prompt"].messages[0].content.text


@pytest.mark.parametrize("name", _WRONG)
def test_what_is_not_there_is_told_and_the_session_goes_on(seen: dict[str, Any], name: str) -> None:
    assert told(seen[name])["facts"][0]["name"] == "item.tpp"


def test_without_the_sdk_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("licet.mcp.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp_types", None)
    with pytest.raises(CaseError, match=r"E_EXTRA.*pip install licet\[mcp\]"):
        command.mcp()


def test_a_line_that_is_no_message_is_answered_and_the_end_of_input_ends_it(raw: Raw) -> None:
    for line in (
        b"garbage",
        b"\xff\xfe",
        b"[" * 100_000,
        _call(r'{"find": "\ud800"}'),
        _call('{"after": ' + "9" * 6000 + "}"),
    ):
        assert raw.asked(line)["error"]["code"] == PARSE_ERROR
    assert raw.asked(b'{"jsonrpc": "2.0", "id": 7, "method": "ping"}')["id"] == 7
    assert raw.process.stdin is not None
    raw.process.stdin.close()
    assert raw.process.wait(30) == 0
