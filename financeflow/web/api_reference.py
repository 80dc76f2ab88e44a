"""The API's description as a page of ours: what one may ask, what one sends, what one gets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


@dataclass(frozen=True)
class Part:
    """A parameter, or a field of a body."""

    name: str
    kind: str
    required: bool
    note: str


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    summary: str
    parameters: list[Part]
    body: list[Part]
    answers: list[tuple[str, str, list[Part]]]


class Reference(DocsBase):
    """Draws the OpenAPI document with our own template: no script, nothing from elsewhere."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        document = api.get_openapi_schema()
        context = {
            "document": document["info"],
            "groups": _groups(document),
            "source": self.get_openapi_url(api, kwargs),
        }
        return render(request, "api/reference.html", context)


def _groups(document: dict[str, Any]) -> list[tuple[str, list[Operation]]]:
    """The operations by their tag, in the order they were declared."""
    groups: dict[str, list[Operation]] = defaultdict(list)
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            tag = next(iter(described.get("tags", [])), "")
            groups[tag].append(_operation(document, method.upper(), path, described))
    return list(groups.items())


def _operation(document: dict[str, Any], method: str, path: str, described: dict[str, Any]) -> Operation:
    parameters = [
        Part(each["name"], _kind(each["schema"]), each["required"], each["schema"].get("description", ""))
        for each in described.get("parameters", [])
    ]
    answers = [
        (str(status), answer.get("description", ""), _fields(document, answer) if int(status) < 300 else [])
        for status, answer in described["responses"].items()
    ]
    body = _fields(document, described.get("requestBody", {}))
    return Operation(method, path, described.get("summary", ""), parameters, body, answers)


def _fields(document: dict[str, Any], holder: dict[str, Any]) -> list[Part]:
    schema = holder.get("content", {}).get("application/json", {}).get("schema", {})
    schema = _resolved(document, schema)
    required = set(schema.get("required", []))
    return [
        Part(name, _kind(each), name in required, each.get("description", ""))
        for name, each in schema.get("properties", {}).items()
    ]


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = document["components"]["schemas"][name] if name else schema
    return found


def _kind(schema: dict[str, Any]) -> str:
    """The type in a word or two: integer, date, one of …, list of Account."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " or ".join(_kind(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    return str(schema.get("format") or schema.get("type", ""))
