"""Sends SPARQL queries from many clients at once, and prints what came back as JSON.

    python -m benchmarks.load_client ADDRESS QUERIES REQUESTS CLIENTS

QUERIES: a JSON file with a list of texts, which are sent in turns. It speaks plain HTTP/1.1 over
kept connections, so that it takes little of the processors that the servers share with it.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

HEAD = (
    "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/sparql-query\r\n"
    "Accept: application/sparql-results+json\r\nContent-Length: {length}\r\n\r\n"
)


async def load(address: str, queries: list[str], count: int, clients: int) -> dict[str, object]:
    """Requests a second, statuses and latencies in ms of so many requests."""
    place = urlsplit(address)
    bodies = [query.encode() for query in queries]
    requests = [
        HEAD.format(path=place.path, host=place.netloc, length=len(body)).encode() + body
        for body in bodies
    ]
    left, statuses, waits = iter(range(count)), Counter[int](), list[float]()

    async def client() -> None:
        reader = writer = None
        for number in left:
            if writer is None or reader is None:
                reader, writer = await asyncio.open_connection(place.hostname, place.port)
            begin = time.perf_counter()
            writer.write(requests[number % len(requests)])
            status, is_last = await _answer(reader)
            waits.append(time.perf_counter() - begin)
            statuses[status] += 1
            if is_last:
                writer.close()
                writer = None

    begin = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    taken = time.perf_counter() - begin
    waits.sort()
    middle, late = (1000 * waits[int(len(waits) * part)] for part in (0.5, 0.95))
    return {"rate": count / taken, "statuses": statuses, "median": middle, "late": late}


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """The status of an answer, read to its end, and whether the connection ends with it."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if b"content-length:" in head:
        await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
    else:
        while length := int(await reader.readline(), 16):
            await reader.readexactly(length + 2)
        await reader.readline()
    return int(head.split()[1]), b"connection: close" in head


if __name__ == "__main__":
    where, file, number, at_once = sys.argv[1:]
    texts = json.loads(Path(file).read_text(encoding="utf-8"))
    print(json.dumps(asyncio.run(load(where, texts, int(number), int(at_once)))))
