#!/usr/bin/env bash
# SPARQLWrapper 2.0.0 takes a question for an update because of a comment after a prefix.
#
# Expected: comments are no part of a query. What is sent depends on SELECT, ASK, CONSTRUCT or DESCRIBE.
# What happens: only comments that fill a line are left out when the form of a query is determined. After
#   a prefix, on the same line, the first word such as create, add, load or describe decides: the SELECT
#   is sent as `update=` by POST, or asks for the formats of a graph in place of those of a table.
# Why it matters here: queries that explain their prefixes line by line ("# create, sign and end dates")
#   work in every query editor and are refused by read-only endpoints when a script asks them.
# Instead: give comments lines of their own. Check with `isSparqlUpdateRequest()` before sending.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  SPARQLWrapper==2.0.0 rdflib==7.6.0
"$folder/venv/bin/python" -W ignore - <<'PY'
import http.server
import sys
import threading
from importlib.metadata import version
from urllib.parse import parse_qs, urlsplit

from SPARQLWrapper import JSON, SPARQLWrapper

ANSWER = b'{"head": {"vars": ["city"]}, "results": {"bindings": []}}'
seen = []


class Endpoint(http.server.BaseHTTPRequestHandler):
    """Notes how it is asked, and answers with an empty table."""

    def do_GET(self):
        self.note(parse_qs(urlsplit(self.path).query))

    def do_POST(self):
        self.note(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))

    def note(self, form):
        of_table = "sparql-results" in self.headers["Accept"]
        asked = "query" if "query" in form else "update"
        seen.append((self.command, asked, "table" if of_table else "graph"))
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_):
        pass


def expect(what, found, expected):
    print(f"{what}: {found!r}")
    if found != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def asked(prefix_line):
    """How the endpoint is asked: method, parameter, the kind of answer that is wanted."""
    wrapper = SPARQLWrapper(f"http://127.0.0.1:{server.server_port}/sparql", returnFormat=JSON)
    wrapper.setQuery(f"{prefix_line}\nSELECT ?city {{ ?city a c:City }}")
    wrapper.query()
    return seen.pop()


server = http.server.HTTPServer(("127.0.0.1", 0), Endpoint)
threading.Thread(target=server.serve_forever, daemon=True).start()
PREFIX = "PREFIX c: <http://example.org/>"
print("SPARQLWrapper", version("SPARQLWrapper"))
expect("a comment after the prefix: create", asked(f"{PREFIX} # create and end dates"),
       ("POST", "update", "table"))
expect("a comment after the prefix: describe", asked(f"{PREFIX} # terms that describe a city"),
       ("GET", "query", "graph"))
print("-- controls")
expect("no comment", asked(PREFIX), ("GET", "query", "table"))
expect("a comment without such a word", asked(f"{PREFIX} # our terms"), ("GET", "query", "table"))
expect("the same comment on a line of its own", asked(f"# create and end dates\n{PREFIX}"),
       ("GET", "query", "table"))
PY
