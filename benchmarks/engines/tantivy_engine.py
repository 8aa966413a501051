"""Tantivy, a search library in Rust, by its Python binding: https://github.com/quickwit-oss/tantivy-py."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import tantivy

from benchmarks.engines.engine import HITS, Found, texts, understood
from benchmarks.queries import Asked
from studygroup.core.finding.query import Clause, Term, edits_allowed
from studygroup.core.finding.search import Source

_HEAP = 128_000_000
_FIELD = "text"


class TantivyEngine:
    """Tantivy with English stems; as many threads write as it likes."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("key", stored=True, tokenizer_name="raw")
        builder.add_text_field("source", tokenizer_name="raw")
        builder.add_text_field(_FIELD, stored=True, tokenizer_name="en_stem")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._writer: tantivy.IndexWriter | None = None
        self._searcher = self._index.searcher()

    def build(self, sources: Sequence[Source]) -> None:
        """Index all documents, and wait until what is merged behind is merged."""
        writer = self._index.writer(_HEAP)
        for source in sources:
            self._insert(writer, source)
        writer.commit()
        writer.wait_merging_threads()
        self._reload()

    def use(self, sources: Sequence[Source]) -> None:
        """Nothing is to be done."""

    def update(self, sources: Sequence[Source], changed: Source, found: Found) -> None:
        """Write the documents of a source again; merging goes on behind."""
        if self._writer is None:
            self._writer = self._index.writer(_HEAP, 1)
        self._writer.delete_documents_by_term("source", changed.key)
        self._insert(self._writer, changed)
        self._writer.commit()
        self._reload()
        found()

    def search(self, asked: Asked) -> int:
        """Return how many documents match, after reading the best."""
        query = self._query(asked)
        if query is None:
            return 0
        found = self._searcher.search(query, HITS, count=True)
        snippets = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, _FIELD)
        for _, address in found.hits:
            document = self._searcher.doc(address)
            snippets.snippet_from_doc(document).highlighted()
        return int(found.count)

    def close(self) -> None:
        """Wait until nothing is written any more."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def _insert(self, writer: tantivy.IndexWriter, source: Source) -> None:
        for key, text in texts(source):
            writer.add_document(tantivy.Document(key=key, source=source.key, text=text))

    def _reload(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    def _query(self, asked: Asked) -> tantivy.Query | None:
        query, parts = understood(asked), []
        for group in query.wanted:
            either = [(tantivy.Occur.Should, self._term(one)) for one in group]
            parts.append((tantivy.Occur.Must, tantivy.Query.boolean_query(either)))
        if not parts:
            return None
        parts += [(tantivy.Occur.MustNot, self._term(one)) for one in query.unwanted]
        return tantivy.Query.boolean_query(parts)

    def _term(self, clause: Clause) -> tantivy.Query:
        if not isinstance(clause, Term):
            raise TypeError("a label is no matter of the words")
        words = " ".join(clause.words)
        if clause.near:
            word = words.lower()
            return tantivy.Query.fuzzy_term_query(
                self._schema, _FIELD, word, edits_allowed(word), transposition_cost_one=True
            )
        plain = self._index.parse_query(f'"{words}"', [_FIELD])
        if not clause.prefix:
            return plain
        # Its phrases that end in the beginning of a word are of stems: words are looked up whole.
        last = re.escape(clause.words[-1].lower().rpartition("'")[2])
        begun = tantivy.Query.regex_query(self._schema, _FIELD, f"{last}.*")
        if len(clause.words) > 1:
            before = " ".join(clause.words[:-1])
            whole = self._index.parse_query(f'"{before}"', [_FIELD])
            return tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, whole), (tantivy.Occur.Must, begun)]
            )
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, plain), (tantivy.Occur.Should, begun)]
        )
