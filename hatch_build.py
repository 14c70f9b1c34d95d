"""Writes what can be worked out of the rule files into the package when it is built: ``rules/compiled.msgpack``."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "src/mingjian"
PLACE = f"{PACKAGE}/rules/compiled.msgpack"


class CompileRules(BuildHookInterface[Any]):
    """Run for wheels and for editable installs alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles the rules; a rule file with an error ends the build with that error."""
        root = Path(self.root)
        (root / PLACE).write_bytes(compiled_rules(root / PACKAGE))
        build_data["artifacts"].append(PLACE)


def compiled_rules(package: Path) -> bytes:
    """What the rule book makes of the package's rule files.

    The package is known by name but not run: its public names need libraries that no build has.
    """
    spec = spec_from_file_location("mingjian", package / "__init__.py", submodule_search_locations=[str(package)])
    if spec is None:
        raise FileNotFoundError(package)
    sys.modules["mingjian"] = module_from_spec(spec)
    from mingjian.core.rulebook import bundled_files, compile_files, encode_compiled

    return encode_compiled(compile_files(bundled_files()))
