"""Routes about accounts, keys and what was refused."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator

from licet.accounts.names import folded
from licet.api.asked import Accounts, Administrator, Reader
from licet.api.paging import After as Left
from licet.api.paging import Limit, following
from licet.services.access.caller import Role
from licet.services.access.keyring import MOST_DAYS, YEAR
from licet.services.access.model import Account, Key

routes = APIRouter(tags=["accounts"])
MOST_NUMBER = 2**63 - 1
Word = Literal["reader", "analyst", "officer", "administrator"]
Number = Annotated[int, Path(ge=1, le=MOST_NUMBER)]
Behind = Annotated[int, Query(ge=0, le=MOST_NUMBER, description="Begin behind this number; `next` of the page before.")]
Many = Annotated[int, Query(ge=1, le=1_000)]
CREATED, DONE = 201, 204


class Body(BaseModel):
    """What a request says; nothing else may stand in it."""

    model_config = ConfigDict(extra="forbid", strict=True)


class NewAccount(Body):
    """An account to make."""

    name: str
    role: Word
    password: str


class Change(Body):
    """What to change of an account: one thing at a time. One's own password takes the `current` one."""

    role: Word | None = None
    password: str | None = None
    current: str = ""
    off: bool | None = None

    @model_validator(mode="after")
    def _one(self) -> Change:
        if sum(value is not None for value in (self.role, self.password, self.off)) != 1:
            raise ValueError("give one of role, password and off")
        return self


class NewKey(Body):
    """A key to make: for what, of which account (one's own without), what it may do, after how many days it ends."""

    title: str
    role: Word
    account: str | None = None
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = YEAR


@routes.get("/me")
def me(caller: Reader) -> dict[str, Any]:
    """Who asks, and what they may do."""
    return {"name": caller.name, "role": caller.role.word}


@routes.get("/accounts")
def accounts(access: Accounts, _: Administrator, after: Left = 0, limit: Limit = 100) -> dict[str, Any]:
    """The accounts, by name."""
    found = access.accounts()
    shown = [_told(one) for one in found[after : after + limit]]
    return {"accounts": shown, "next": following(len(found), after, limit)}


@routes.post("/accounts", status_code=CREATED)
def add(access: Accounts, caller: Administrator, body: NewAccount) -> dict[str, Any]:
    """Make an account."""
    access.add(caller, body.name, _role(body.role), body.password)
    return _account(access, body.name)


@routes.patch("/accounts/{name}")
def change(access: Accounts, caller: Reader, name: str, body: Change, request: Request) -> dict[str, Any]:
    """Give an account another role or password, or switch it off or on; everybody may give themselves a password.

    Another password ends the account's sessions; while it is off, its keys are refused too.
    """
    if body.password is None or folded(name) != folded(caller.name):
        caller.need(Role.ADMINISTRATOR)
    if body.password is not None:
        where = request.client.host if request.client else ""
        access.set_password(caller, name, body.password, body.current, where)
    elif body.role is not None:
        access.set_role(caller, name, _role(body.role))
    else:
        (access.switch_off if body.off else access.switch_on)(caller, name)
    return _account(access, name)


@routes.get("/keys")
def keys(access: Accounts, caller: Reader, after: Behind = 0, limit: Limit = 100) -> dict[str, Any]:
    """One's own keys, as an administrator all; the newest first. None is shown itself."""
    found = access.keys(None if caller.role >= Role.ADMINISTRATOR else caller.name)
    rows = [_told(one) for one in found if not after or one.number < after]
    return _page("keys", rows, limit)


@routes.post("/keys", status_code=CREATED)
def make_key(access: Accounts, caller: Reader, body: NewKey) -> dict[str, Any]:
    """Make a key, which is told this once. It takes a session, or an administrator: a key makes no further ones."""
    made = access.make_key(caller, body.account or caller.name, body.title, _role(body.role), body.days)
    told = access.key_of(made)
    return {"key": made, "number": told.number, "ends": told.ends}


@routes.delete("/keys/{number}", status_code=DONE)
def end_key(access: Accounts, caller: Reader, number: Number) -> None:
    """End a key of one's own, as an administrator any. It stops within seconds."""
    access.end_key(caller, number)


@routes.get("/denials")
def denials(access: Accounts, _: Administrator, after: Behind = 0, limit: Many = 100) -> dict[str, Any]:
    """What was refused: to whom, what they wanted, and why not; the last one first."""
    return _page("denials", [asdict(one) for one in access.denials(limit + 1, after)], limit)


@routes.get("/acts")
def acts(access: Accounts, _: Administrator, after: Behind = 0, limit: Many = 100) -> dict[str, Any]:
    """What was done to accounts and keys, and by whom; the last one first."""
    return _page("acts", [asdict(one) for one in access.acts(limit + 1, after)], limit)


def _page(name: str, rows: list[dict[str, Any]], limit: int) -> dict[str, Any]:
    """The first so many rows, which have numbers, and what to give as `after` for more."""
    shown = rows[:limit]
    return {name: shown, "next": shown[-1]["number"] if len(rows) > limit else None}


def _role(word: Word) -> Role:
    return Role[word.upper()]


def _told(one: Account | Key) -> dict[str, Any]:
    return asdict(one) | {"role": one.role.word}


def _account(access: Accounts, name: str) -> dict[str, Any]:
    return _told(next(one for one in access.accounts() if folded(one.name) == folded(name)))
