"""Who may do what, over the accounts of this machine."""

from __future__ import annotations

from licet.accounts.store import open_store
from licet.facts.errors import CaseError
from licet.services.access.first import First
from licet.services.home import home

FOLDER = "accounts"  # in Licet's own


class Access(First):
    """Signs in, knows keys, keeps accounts and denials. For several threads; other processes see what it does."""

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()


def open_access() -> Access:
    """The accounts in Licet's own folder. Raises CaseError."""
    own = home()
    if own is None:
        raise CaseError.one("E_ACCOUNTS", "there is no folder for accounts", hint="set LICET_HOME to a folder")
    return Access(open_store(own / FOLDER))
