"""What `licet serve` serves, in its own process or in several: they get their settings by the environment."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from licet.services.access.desk import Access
    from licet.services.serve import Service

VARIABLE = "LICET_SERVE"  # of the environment, in which processes find their settings
MODULE = "licet.cli.served:from_environment"


@dataclass(frozen=True, slots=True)
class Settings:
    """How to serve: who checks, names of this server, requests a second of a caller and of somebody unknown."""

    by: str
    names: tuple[str, ...] = ()
    rate: int = 300
    rate_unknown: int = 50

    def tell(self) -> None:
        """Leave it in the environment, for processes that are started."""
        os.environ[VARIABLE] = json.dumps(asdict(self))


def application(settings: Settings) -> FastAPI:
    """The application over the law, the lists, the ledger and the accounts of this machine. Raises LicetError."""
    return prepared(settings)()


def prepared(settings: Settings) -> Callable[[], FastAPI]:
    """What makes the application, with the law read and all loaded, but no file of this machine open yet.

    Raises LicetError.
    """
    gc.disable()  # nothing of what is loaded is garbage, and looking for it takes a tenth of the time
    import licet.api.app
    import licet.web.app  # noqa: F401 - so that who makes it need not
    from licet.services.access.desk import open_access
    from licet.services.home import open_checker
    from licet.services.jobs.counter import resume
    from licet.services.serve import open_service

    checker = open_checker()
    gc.freeze()
    gc.enable()

    def make() -> FastAPI:
        resume()
        return together(open_service(settings.by, checker), open_access(), settings)

    return make


def together(service: Service, access: Access, settings: Settings) -> FastAPI:
    """The HTTP interface with the desk beside it."""
    from licet.api.app import make_app
    from licet.services.access.limits import Limits, Rate
    from licet.web.app import add_desk, make_desk

    caller, nobody = (Rate(rate, rate * most) for rate, most in ((settings.rate, 2), (settings.rate_unknown, 4)))
    app = make_app(service, access, settings.names, Limits(caller, nobody))
    add_desk(app, make_desk(service, access))
    return app


def from_environment() -> FastAPI:
    """The application by the settings in the environment."""
    told = json.loads(os.environ[VARIABLE])
    return application(Settings(**told | {"names": tuple(told["names"])}))
