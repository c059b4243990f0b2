"""Reads Python source on standard input and writes what it says, as far as Cog is concerned, as JSON.

Nothing of the source is run. The shape is that of `PythonFacts` in `src/core/cog-project/python-facts.ts`: lines and
columns count from 1, columns in UTF-16 units. Python 3.8 or later, standard library only.
"""

import ast
import json
import re
import sys
import tokenize


class Places:
    """Turns the places of `ast` (lines from 1, columns in UTF-8 bytes from 0) into those of an editor."""

    def __init__(self, source):
        # Not `splitlines`, which also splits at form feeds.
        self.lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", source) or [""]

    def column(self, line, offset):
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        before = text.encode("utf-8")[:offset].decode("utf-8", "ignore")
        return len(before.encode("utf-16-le")) // 2 + 1

    def text(self, node):
        """The source of a node."""
        lines = [line.encode("utf-8") for line in self.lines[node.lineno - 1 : node.end_lineno]]
        lines[-1] = lines[-1][: node.end_col_offset]
        lines[0] = lines[0][node.col_offset :]
        return b"".join(lines).decode("utf-8", "ignore")

    def span(self, node):
        return self.between(node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)

    def between(self, line, offset, end_line, end_offset):
        return {
            "line": line,
            "column": self.column(line, offset),
            "endLine": end_line,
            "endColumn": self.column(end_line, end_offset),
        }

    def name(self, node, words):
        """The span of the name behind `def`, `async def` or `class`."""
        for number in range(node.lineno, node.end_lineno + 1):
            line = self.lines[number - 1]
            start = len(line.encode("utf-8")[: node.col_offset].decode("utf-8", "ignore")) if number == node.lineno else 0
            at = line.find(node.name, start + (len(words) if number == node.lineno else 0))
            if at >= 0:
                offset = len(line[:at].encode("utf-8"))
                return self.between(number, offset, number, offset + len(node.name.encode("utf-8")))
        return self.between(node.lineno, node.col_offset, node.lineno, node.col_offset)


def last_name(node):
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def renamed(alias):
    return {} if alias.asname is None or alias.asname == alias.name else {"as": alias.asname}


class Reader:
    def __init__(self, source):
        self.source = source
        self.places = Places(source)

    def text(self, node):
        # `ast.get_source_segment` splits the whole source at each call, which takes minutes for a long file.
        return self.places.text(node)

    def literal(self, node):
        """The value of what JSON can hold; raises ValueError for the rest."""
        value = ast.literal_eval(node)
        if any(isinstance(inner, (ast.Tuple, ast.Set)) for inner in ast.walk(node)):
            raise ValueError("no JSON")
        text = json.dumps(value, allow_nan=False)
        return json.loads(text)

    def value(self, node):
        if isinstance(node, ast.Constant) and node.value is None:
            return {"kind": "none"}
        if isinstance(node, ast.Call) and last_name(node.func) == "Input":
            fields = {word.arg: self.value(word.value) for word in node.keywords if word.arg is not None}
            fields.update({str(at): self.value(word) for at, word in enumerate(node.args)})
            return {"kind": "input", "fields": fields}
        try:
            return {"kind": "literal", "value": self.literal(node)}
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
            return {"kind": "other", "source": self.text(node)}

    def annotation(self, node):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return {"source": node.value, "span": self.places.span(node)}
        return {"source": self.text(node), "span": self.places.span(node)}

    def parameter(self, name, node, annotation, default):
        end = node.col_offset + len(name.encode("utf-8"))
        found = {"name": name, "span": self.places.between(node.lineno, node.col_offset, node.lineno, end)}
        if annotation is not None:
            found["annotation"] = self.annotation(annotation)
        if default is not None:
            found["default"] = {"value": self.value(default), "span": self.places.span(default)}
        return found

    def parameters(self, arguments, is_method):
        plain = list(getattr(arguments, "posonlyargs", [])) + list(arguments.args)
        defaults = [None] * (len(plain) - len(arguments.defaults)) + list(arguments.defaults)
        pairs = list(zip(plain, defaults))
        if is_method and pairs and pairs[0][0].arg in ("self", "cls"):
            pairs = pairs[1:]
        pairs += list(zip(arguments.kwonlyargs, arguments.kw_defaults))
        return [self.parameter(argument.arg, argument, argument.annotation, default) for argument, default in pairs]

    def decorator(self, node):
        call = node if isinstance(node, ast.Call) else None
        name = last_name(call.func if call else node) or self.text(node)
        fields = {}
        if call:
            fields = {word.arg: self.value(word.value) for word in call.keywords if word.arg is not None}
        return {"name": name, "fields": fields, "span": self.places.span(node)}

    def is_generator(self, node):
        stack = list(node.body)
        while stack:
            inner = stack.pop()
            if isinstance(inner, (ast.Yield, ast.YieldFrom)):
                return True
            if not isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
                stack.extend(ast.iter_child_nodes(inner))
        return False

    def parameters_end(self, node):
        """Behind the bracket that closes the parameters, past those of type parameters (`def f[T](x)`)."""
        lines = iter(self.places.lines[node.lineno - 1 :])
        depth, opened = 0, False
        try:
            for token in tokenize.generate_tokens(lambda: next(lines, "")):
                line = node.lineno - 1 + token.end[0]
                if line == node.lineno and token.start[1] < self.characters(node):
                    continue
                if token.string in "([{" and token.type == tokenize.OP:
                    opened = opened or (depth == 0 and token.string == "(")
                    depth += 1
                elif token.string in ")]}" and token.type == tokenize.OP:
                    depth -= 1
                    if depth == 0 and opened:
                        before = self.places.lines[line - 1][: token.end[1]]
                        return {"line": line, "column": len(before.encode("utf-16-le")) // 2 + 1}
        except (tokenize.TokenError, IndentationError):
            pass
        return {"line": node.lineno, "column": self.places.column(node.lineno, node.col_offset)}

    def characters(self, node):
        """Characters before a node in its line."""
        return len(self.places.lines[node.lineno - 1].encode("utf-8")[: node.col_offset].decode("utf-8", "ignore"))

    def method(self, node, is_method=True):
        is_async = isinstance(node, ast.AsyncFunctionDef)
        found = {
            "name": node.name,
            "span": self.places.name(node, "async def " if is_async else "def "),
            "start": {"line": node.lineno, "column": self.places.column(node.lineno, node.col_offset)},
            "parametersEnd": self.parameters_end(node),
            "isAsync": is_async,
            "isGenerator": self.is_generator(node),
            "decorators": [self.decorator(one) for one in node.decorator_list],
            "parameters": self.parameters(node.args, is_method),
            "variadic": [
                self.parameter(rest.arg, rest, rest.annotation, None)
                for rest in (node.args.vararg, node.args.kwarg)
                if rest is not None and rest.annotation is not None
            ],
        }
        if node.returns is not None:
            found["returns"] = self.annotation(node.returns)
        return found

    def fields(self, node):
        for inner in node.body:
            if isinstance(inner, ast.AnnAssign) and isinstance(inner.target, ast.Name):
                yield self.parameter(inner.target.id, inner.target, inner.annotation, inner.value)

    def read_class(self, node):
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        return {
            "name": node.name,
            "span": self.places.name(node, "class "),
            "bases": [name for name in map(last_name, node.bases) if name is not None],
            "methods": [self.method(inner) for inner in node.body if isinstance(inner, functions)],
            "fields": list(self.fields(node)),
        }

    def imports(self, node):
        span = self.places.span(node)
        if isinstance(node, ast.Import):
            return [{"module": alias.name, **renamed(alias), "span": span} for alias in node.names]
        module = "." * node.level + (node.module or "")
        return [{"module": module, "name": alias.name, **renamed(alias), "span": span} for alias in node.names]

    def assigned(self, node):
        """The name that an assignment is to, and what it stands for; None for any other."""
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None or not isinstance(target, ast.Name):
            return None
        return target.id, self.value(node.value)

    def read(self):
        tree = ast.parse(self.source)
        found = {"imports": [], "classes": [], "constants": {}, "variables": [], "functions": []}
        for node in tree.body:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                found["imports"].extend(self.imports(node))
            elif isinstance(node, ast.ClassDef):
                found["classes"].append(self.read_class(node))
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                found["functions"].append(self.method(node, is_method=False))
            else:
                name, value = self.assigned(node) or (None, None)
                if name is not None and value["kind"] in ("literal", "none"):
                    found["constants"][name] = value.get("value")
                elif name is not None:
                    found["variables"].append(name)
        return found


def main():
    source = sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    try:
        facts = Reader(source).read()
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        # Here Python counts characters.
        before = (getattr(error, "text", None) or "")[: (getattr(error, "offset", None) or 1) - 1]
        column = len(before.encode("utf-16-le", "ignore")) // 2 + 1
        span = {"line": line, "column": column, "endLine": line, "endColumn": column + 1}
        message = getattr(error, "msg", None) or str(error)
        nothing = {"imports": [], "classes": [], "constants": {}, "variables": [], "functions": []}
        facts = {**nothing, "syntaxError": {"message": message, "span": span}}
    json.dump(facts, sys.stdout)


if __name__ == "__main__":
    main()
