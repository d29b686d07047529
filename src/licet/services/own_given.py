"""A graph of owners as it was given: the text of a file or a request, and how it is read."""

from __future__ import annotations

import json
from dataclasses import dataclass

from licet.facts.nodes import node
from licet.facts.yamltext import read_yaml
from licet.parties.owners.model import Graph
from licet.parties.owners.reading import read_graph
from licet.parties.owners.table import table_graph, with_table

YAML, JSON, CSV = "yaml", "json", "csv"


@dataclass(frozen=True, slots=True)
class GraphGiven:
    """The text of a graph in one of three forms, and that of a CSV table whose edges are added (empty: none)."""

    text: str
    form: str
    table: str = ""

    def graph(self, file: str = "graph", table: str = "table") -> Graph:
        """The graph; messages call the two texts by these names. Raises CaseError with every problem found."""
        if self.form == CSV:
            found = table_graph(self.text, file)
        elif self.form == JSON:
            found = read_graph(node(json.loads(self.text), file))
        else:
            found = read_graph(read_yaml(self.text, file))
        return with_table(found, table_graph(self.table, table)) if self.table else found
