"""The named queries as forms: whatever is chosen in them is an answer that the query takes."""

from __future__ import annotations

from citypact.api import Graph
from citypact.graph.provenance.named_queries import bind, named_queries
from citypact.graph.provenance.query_forms import query_forms


def test_every_query_has_a_form_with_all_its_parameters(graph: Graph) -> None:
    forms = {form.name: form for form in query_forms(graph.names)}
    assert forms.keys() == named_queries().keys()
    for name, query in named_queries().items():
        assert [each.name for each in forms[name].fields] == [p.name for p in query.parameters]
        assert forms[name].columns


def test_what_is_chosen_is_taken_by_the_query(graph: Graph) -> None:
    for form in query_forms(graph.names):
        for field in form.fields:
            assert field.kind in {"choice", "thing", "text", "integer", "year", "date"}
            required = {each.name: each.example for each in form.fields if each.is_required}
            for choice in (*field.choices[:1], *field.choices[-1:]):
                query = named_queries()[form.name]
                bound = bind(query, required | {field.name: choice.value}, graph.names)
                assert bound.text != query.text
                assert choice.label["ko"] and choice.label["en"]


def test_places_to_choose_from_are_those_of_the_graph(graph: Graph) -> None:
    (form,) = (form for form in query_forms(graph.names) if form.name == "partners-of-city")
    city = next(field for field in form.fields if field.name == "city")
    assert {"city/seoul", "city/guayaquil"} <= {choice.value for choice in city.choices}
