"""The server: tools, resources and a prompt, over the MCP SDK."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterable
from typing import Any

import anyio
import mcp_types as types
from anyio import to_thread
from anyio.streams.memory import MemoryObjectSendStream
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mcp.shared.message import SessionMessage

from licet import __version__
from licet.facts.errors import Problem, nearest, quoted
from licet.mcp import words
from licet.mcp.answered import answered, refused
from licet.mcp.tools.every import tools_of
from licet.services.serve import Service

Context = ServerRequestContext[Any]
Stream = AsyncIterable[SessionMessage | Exception]
FACTS, CASE, PROMPT = "licet://facts", "licet://case", "check_a_shipment"


def make_server(service: Service, by: str = "") -> Server[Any]:
    """The server over a service."""
    tools = {tool.name: tool for tool in tools_of(service, by)}
    listed = [tool.described() for tool in tools.values()]
    one_at_a_time = anyio.CapacityLimiter(1)  # law is decoded as it is reached, and that is not for several threads

    async def list_tools(_: Context, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=listed)

    async def call_tool(_: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = tools.get(params.name)
        if tool is None:
            hint = nearest(params.name, tools) or f"one of {', '.join(tools)}"
            return refused([Problem("E_TOOL", f"there is no tool {quoted(params.name)}", hint=hint)])
        return await to_thread.run_sync(answered, tool, params.arguments or {}, limiter=one_at_a_time)

    async def list_resources(_: Context, __: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        return types.ListResourcesResult(
            resources=[
                types.Resource(
                    uri=FACTS, name="facts", title="The dictionary of facts", mime_type="text/markdown",
                    description="Every fact a case may state, one a line",
                ),
                types.Resource(
                    uri=CASE, name="case", title="The form of a case", mime_type="text/markdown",
                    description="How facts are proposed, and which thing they are about",
                ),
            ]
        )  # fmt: skip

    async def read_resource(_: Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        uri = str(params.uri)
        if uri not in (FACTS, CASE):
            raise MCPError(code=types.INVALID_PARAMS, message=f"there is no resource {quoted(uri)}: {FACTS} or {CASE}")
        text = words.CASE_FORM if uri == CASE else words.dictionary_text(service.checker.law.dictionary)
        return types.ReadResourceResult(
            contents=[types.TextResourceContents(uri=uri, mime_type="text/markdown", text=text)]
        )

    async def list_prompts(_: Context, __: types.PaginatedRequestParams | None) -> types.ListPromptsResult:
        about = "How to find out whether something may go: facts with their words, questions, no gaps filled"
        return types.ListPromptsResult(
            prompts=[types.Prompt(name=PROMPT, title="Check a shipment", description=about, arguments=[])]
        )

    async def get_prompt(_: Context, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        if params.name != PROMPT:
            raise MCPError(code=types.INVALID_PARAMS, message=f"there is no prompt {quoted(params.name)}: {PROMPT}")
        content = types.TextContent(type="text", text=words.CHECK_A_SHIPMENT)
        return types.GetPromptResult(messages=[types.PromptMessage(role="user", content=content)])

    return Server(
        "licet",
        version=__version__,
        title="Licet",
        instructions=words.ABOUT,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_read_resource=read_resource,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
    )


def run(server: Server[Any]) -> None:
    """Serve on standard input and output until the client goes. Raises BrokenPipeError where it went too early."""
    # Ctrl-C ends it at once: a thread waits for standard input, and would be waited for.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

    async def serve() -> None:
        async with stdio_server() as (read, write), anyio.create_task_group() as tasks:
            told, heard = anyio.create_memory_object_stream[SessionMessage | Exception]()
            tasks.start_soon(_read, read, told, write)
            await server.run(heard, write, server.create_initialization_options())

    try:
        anyio.run(serve)
    except* BrokenPipeError:
        raise BrokenPipeError from None


async def _read(read: Stream, told: MemoryObjectSendStream[SessionMessage | Exception], write: Any) -> None:
    """Hand on what can be read; of a line that is no message the client is told, which else would wait for ever."""
    unread = types.ErrorData(code=types.PARSE_ERROR, message="a line is no JSON-RPC message in UTF-8")
    async with told:
        async for message in read:
            if isinstance(message, Exception):
                await write.send(SessionMessage(types.JSONRPCError(jsonrpc="2.0", id=None, error=unread)))
            else:
                await told.send(message)
