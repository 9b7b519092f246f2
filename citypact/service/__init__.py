"""`citypact serve`: a build over HTTP, with a SPARQL endpoint, an API, reconciliation and pages."""
