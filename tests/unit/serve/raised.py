"""Every place of the program that raises an error which the service may tell, with the sentences that it gives."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import mingjian
from mingjian import errors
from mingjian.errors import AccessError, AnchorError, MingjianError, QuestionError, ReviewError, StoreError

_ROOT = Path(mingjian.__file__).parent
_APART = ("cli", "engines", "overlay", "testing", "run")
"""Parts of the program that no request reaches."""
_TOLD = (AccessError, AnchorError, QuestionError, ReviewError, StoreError)
_CONSTANT = re.compile(r"^[A-Z_]+ = f?[\"(]", re.MULTILINE)
_GIVEN = "Xy7"
"""What stands where a sentence holds what was given."""


class Raised(NamedTuple):
    """An error as it is raised somewhere; ``...`` stands for a sentence that is made of another error."""

    place: str
    kind: type[MingjianError]
    of: str
    problems: Sequence[str]
    mends: Sequence[str]
    key: str

    def errors(self) -> Iterator[MingjianError]:
        """The errors that are raised there, one for each problem and each mend."""
        if self.kind is AnchorError:
            yield AnchorError(_GIVEN)
            return
        for problem, mend in product(self.problems, self.mends):
            keyed = {"key": self.key} if issubclass(self.kind, (AccessError, ReviewError)) else {}
            yield self.kind(self.of, problem, mend, **keyed)


@cache
def raised() -> tuple[Raised, ...]:
    """All of them, in the order of the files."""
    found: list[Raised] = []
    for name, text in _texts():
        if "Error(" in text and name.partition("/")[0] not in _APART:
            found += _raised_in(name, ast.parse(text))
    return tuple(found)


def _texts() -> Iterator[tuple[str, str]]:
    """The modules of the program by the places of their files."""
    for file in sorted(_ROOT.rglob("*.py")):
        yield file.relative_to(_ROOT).as_posix(), file.read_text(encoding="utf-8")


def _raised_in(name: str, module: ast.Module) -> Iterator[Raised]:
    for scope in _scopes(module):
        for call in _own_calls(scope):
            kind = getattr(errors, _name_of(call.func), None)
            if isinstance(kind, type) and issubclass(kind, _TOLD):
                yield _raised(f"{name}:{getattr(scope, 'name', '')}", kind, call, _Sentences(module, scope))


def _raised(place: str, kind: type[MingjianError], call: ast.Call, sentences: _Sentences) -> Raised:
    arguments = [*sentences.unpacked(call.args), *[ast.Constant("")] * 4]
    given = {each.arg: each.value for each in call.keywords}
    of, problems, mends, keys = map(sentences.of, (*arguments[:3], given.get("key", arguments[3])))
    return Raised(place, kind, _GIVEN if "..." in of[0] else of[0], problems, mends, keys[0])


class _Sentences:
    """What an expression of a function may come to, as far as the function tells."""

    def __init__(self, module: ast.Module, scope: ast.AST) -> None:
        self._module = module
        self._names = {**_constants(), **_assigned(scope), **_given(module, scope)}

    def unpacked(self, arguments: Sequence[ast.expr]) -> list[ast.expr]:
        """The arguments, with those that another function of the module gives in their places."""
        if not any(isinstance(each, ast.Starred) for each in arguments):
            return list(arguments)
        names = {_name_of(node.func) for each in arguments for node in ast.walk(each) if isinstance(node, ast.Call)}
        given = [
            node.value.elts
            for scope in _scopes(self._module)
            if getattr(scope, "name", "") in names
            for node in ast.walk(scope)
            if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple)
        ]
        first, *others = [list(each) for each in zip(*given, strict=True)] or [[ast.Constant(...)]] * 2
        chosen = [_any_of(each) for each in (first, *others)]
        return [*(each for each in arguments if not isinstance(each, ast.Starred)), *chosen]

    def of(self, node: ast.expr, within: frozenset[str] = frozenset()) -> list[str]:
        """The sentences; ``...`` for one that is made elsewhere. ``within`` are names that are being told already."""
        match node:
            case ast.Constant(value=str() as told):
                return [told]
            case ast.JoinedStr(values=parts):
                return self._joined(parts, within)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return [a + b for a, b in product(self.of(left, within), self.of(right, within))]
            case ast.IfExp(body=one, orelse=other):
                return self.of(one, within) + self.of(other, within)
            case ast.Name() | ast.Attribute():
                return self._named(node, within)
        return ["..."]

    def _named(self, node: ast.Name | ast.Attribute, within: frozenset[str]) -> list[str]:
        name = _name_of(node)
        known = self._names if isinstance(node, ast.Name) else _constants()
        if name not in known or name in within:
            return ["..."]
        return list(dict.fromkeys(t for each in known[name] for t in self.of(each, within | {name})))

    def _joined(self, parts: Sequence[ast.expr], within: frozenset[str]) -> list[str]:
        told = []
        for part in parts:
            if isinstance(part, ast.FormattedValue):
                known = self.of(part.value, within) if isinstance(part.value, (ast.Name, ast.IfExp)) else ["..."]
                known = list(dict.fromkeys(_GIVEN if one == "..." else one for one in known))
                told.append([f"'{one}'" for one in known] if part.conversion == ord("r") else known)
            else:
                told.append(self.of(part, within))
        return ["".join(each) for each in product(*told)]


def _scopes(module: ast.Module) -> Iterator[ast.AST]:
    yield module
    yield from (node for node in ast.walk(module) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def _own_calls(scope: ast.AST) -> Iterator[ast.Call]:
    """The calls of a scope that stand in no function within it."""
    for child in ast.iter_child_nodes(scope):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from _own_calls(child)


def _assigned(scope: ast.AST) -> Mapping[str, list[ast.expr]]:
    """What names of a scope are set to; ``...`` for what cannot be told."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(scope):
        for target, value in _settings(node):
            found.setdefault(target, []).append(value)
    return found


def _given(module: ast.Module, scope: ast.AST) -> Mapping[str, list[ast.expr]]:
    """What the other functions of the module give for the parameters of this one."""
    if not isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return {}
    names = [each.arg for each in scope.args.args if each.arg != "self"]
    found: dict[str, list[ast.expr]] = {name: [] for name in names}
    for call in (node for node in ast.walk(module) if isinstance(node, ast.Call) and _name_of(node.func) == scope.name):
        for name, value in zip(names, call.args, strict=False):
            found[name].append(value)
    return {name: values or [ast.Constant(...)] for name, values in found.items()}


def _settings(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.NamedExpr(target=ast.Name(id=name), value=value)
        ):
            yield name, value
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)) if len(names) == len(values):
            yield from ((_name_of(one), value) for one, value in zip(names, values, strict=True))
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.IfExp() as chosen):
            for side in (chosen.body, chosen.orelse):
                yield from _settings(ast.Assign(targets=[ast.Tuple(elts=names)], value=side))


@cache
def _constants() -> Mapping[str, list[ast.expr]]:
    """The sentences that modules hold under names."""
    found: dict[str, list[ast.expr]] = {}
    for _, text in _texts():
        for node in ast.parse(text).body if _CONSTANT.search(text) else ():
            for name, value in _settings(node):
                if name.strip("_").isupper() and isinstance(value, (ast.Constant, ast.JoinedStr)):
                    found.setdefault(name, []).append(value)
    return {name: values for name, values in found.items() if all(_is_text(one) for one in values)}


def _any_of(nodes: Sequence[ast.expr]) -> ast.expr:
    """One expression that may come to any of them."""
    first, *others = nodes
    return ast.IfExp(ast.Constant(value=True), first, _any_of(others)) if others else first


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
