"""Puts the law into the wheel, as text and in its compiled form, and the examples."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent


class BuildWithLaw(build_py):
    """Copies `law/` to `licet/law/` and compiles it with the very sources that are being packed."""

    def run(self) -> None:
        """Build the package, then the law (a checkout that is installed in place reads its own)."""
        super().run()
        if getattr(self, "editable_mode", False):
            return
        target = Path(self.build_lib) / "licet" / "law"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(HERE / "law", target)
        if (HERE / "examples").is_dir():
            for case in (HERE / "examples").glob("*.yaml"):  # which a case at the desk may begin with
                self.copy_file(str(case), str(self._examples() / case.name))
        sys.path.insert(0, str(HERE / "src"))
        from licet.services import home, kept  # noqa: PLC0415 - only now is there a folder to find it in

        key = kept.law_key(target)
        (target / home.COMPILED_NAME).write_bytes(kept.seal(home.read_compiled(target), key))

    def _examples(self) -> Path:
        folder = Path(self.build_lib) / "licet" / "examples"
        folder.mkdir(parents=True, exist_ok=True)
        return folder


setup(cmdclass={"build_py": BuildWithLaw})
