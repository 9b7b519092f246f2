"""What our requests over HTTP share: they go where the user said, and nowhere else."""

from __future__ import annotations

import urllib.request


class NoRedirection(urllib.request.HTTPRedirectHandler):
    """Follows nothing: a server shall not send our query or password to another address."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


__all__ = ["NoRedirection"]
