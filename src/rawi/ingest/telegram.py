"""Telegram's export (result.json): each message with words is an article; an edited one is a new version of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rawi.errors import FormatError, InputError
from rawi.ingest.jsonl import parse
from rawi.ingest.source import Outcome, Source, make_article, own_extractor, source_file
from rawi.model import SourceFile


def read(source: Source) -> Iterator[Outcome]:
    """The messages of a channel's export, or of all channels of an account's."""
    data = source.data()
    value = parse(data, source.name)
    origin = source_file(source, data, own_extractor("telegram"))
    chats = _chats(value)
    if not chats:
        raise FormatError("no messages", where=source.name, expected="Telegram's export as JSON")
    for chat in chats:
        for message in chat["messages"]:
            if isinstance(message, dict) and message.get("type", "message") == "message":
                yield from _message(source, chat, message, origin)


def _chats(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, dict):
        return []
    if isinstance(value.get("messages"), list):
        return [value]
    parts = (value.get("chats"), value.get("left_chats"))
    listed = [p.get("list") for p in parts if isinstance(p, dict)]
    return [c for part in listed if isinstance(part, list) for c in part if isinstance(c, dict) and _has_messages(c)]


def _has_messages(chat: dict[str, Any]) -> bool:
    return isinstance(chat.get("messages"), list)


def _message(source: Source, chat: dict[str, Any], message: dict[str, Any], origin: SourceFile) -> Iterator[Outcome]:
    text = words_of(message.get("text"))
    if not text.strip():
        return
    name = chat.get("name") if isinstance(chat.get("name"), str) else None
    number = message.get("id")
    where = f"{source.name} message {number}"
    published = message.get("date")
    try:
        yield make_article(
            source,
            text=text,
            origin=origin,
            id=f"telegram/{chat.get('id') or name or 'chat'}/{number}" if number is not None else None,
            outlet=name,
            published=published if isinstance(published, str) else None,
            where=where,
        )
    except InputError as fault:
        yield fault


def words_of(text: Any) -> str:
    """The words of a message: a string, or pieces of which some carry a format.

    >>> words_of(["a ", {"type": "bold", "text": "b"}])
    'a b'
    """
    if isinstance(text, str):
        return text
    if isinstance(text, dict):
        return words_of(text.get("text"))
    if isinstance(text, list):
        return "".join(words_of(piece) for piece in text if isinstance(piece, str | dict))
    return ""
