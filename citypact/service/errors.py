"""Errors that a client sees, with their HTTP status."""

from __future__ import annotations

from citypact.ontology.errors import CitypactError, Message

MISSING = Message(
    "`citypact serve` needs packages that are not installed\n"
    "    -> install them: pip install 'citypact[serve]'"
)


class ServiceError(CitypactError):
    """An error for a client. status: of HTTP; retry: seconds after which it may ask again, 0 where
    that does not help."""

    def __init__(self, status: int, message: str, *, retry: int = 0, **values: object) -> None:
        super().__init__(message, **values)
        self.status, self.retry = status, retry


__all__ = ["MISSING", "ServiceError"]
