"""A project's provenance: families and their roots, chains, speakers, outlets, places, time."""

from __future__ import annotations

from rawi.ask import Chain, chain_of, families_about
from rawi.corpus.lists import list_outlets, list_places, list_sources
from rawi.corpus.opened import Opened
from rawi.corpus.records import FamilyView, Outlet, PlaceCount, Source
from rawi.errors import ProjectError
from rawi.model import Reading
from rawi.store import load, search, traced
from rawi.store.load import Listed, Stated
from rawi.store.search import NOTHING, Filters, Value
from rawi.store.traced import Claim, Family, Reuse


class Provenance(Opened):
    """What is known of who told what, on whose word. Every count is one in this corpus."""

    def families(
        self,
        words: str = "",
        *,
        mode: str = "stem",
        least_outlets: int = 1,
        denied: bool = False,
        order: str = "outlets",
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[list[Family], int]:
        """One page of claim families and how many there are; with ``words``, those whose statements hold them.

        ``order``: outlets documents newest oldest (without ``words``).
        """
        if words.strip():
            return families_about(
                self.db, words, self.language,
                mode=mode, least_outlets=least_outlets, denied=denied, limit=limit, offset=offset,
            )  # fmt: skip
        return traced.families(
            self.db, least_outlets=least_outlets, order=order, denied=denied, limit=limit, offset=offset
        )

    def family(self, identity: str) -> FamilyView:
        """A family with its claims, tellings, graph, roots, documents, statements, and the chain of each statement.

        Raises :class:`ProjectError` where there is none.
        """
        db = self.db
        family = traced.find_family(db, identity)
        tellings = traced.tellings(db, family=identity)
        documents: dict[str, Listed] = {}
        statements: dict[str, Stated] = {}
        chains: dict[str, Chain] = {}
        wordings: dict[str, str] = {}
        readings: dict[str, Reading | None] = {}
        for telling in tellings:
            if telling.document not in documents:
                found = load.find_document(db, telling.document)
                documents[telling.document] = found
                readings[telling.document] = load.load_reading(db, found.n)
            reading = readings[telling.document]
            if reading and telling.span:
                wordings[telling.id] = reading.text[telling.span["start"] : telling.span["end"]]
            if telling.statement is not None:
                chain = chain_of(reading, telling.statement) if reading else None
                if chain is not None:
                    chains[telling.statement] = chain
                    statements[telling.statement] = load.find_statement(db, telling.statement)
                    wordings[telling.id] = chain.content
        return FamilyView(
            family=family,
            claims=traced.claims_of(db, identity),
            tellings=tellings,
            edges=traced.edges_of(db, identity),
            roots=traced.roots_of(db, identity),
            documents=documents,
            statements=statements,
            chains=chains,
            wordings=wordings,
        )

    def claim(self, identity: str) -> Claim:
        """The claim with this id; raises :class:`ProjectError` where there is none."""
        return traced.find_claim(self.db, identity)

    def copies(self, handle: str) -> list[Reuse]:
        """The passages that an article shares with others, the longest first."""
        return traced.copies_of(self.db, load.find_document(self.db, handle).id)

    def statement(self, identity: str) -> Stated:
        """The statement with this id; raises :class:`ProjectError` where there is none."""
        return load.find_statement(self.db, identity)

    def chain(self, identity: str) -> Chain:
        """The chain of a statement: from the outlet inwards to its innermost source.

        Raises :class:`ProjectError` where there is no such statement.
        """
        found = load.find_statement(self.db, identity)
        reading = load.load_reading(self.db, load.find_document(self.db, found.ref).n)
        chain = chain_of(reading, identity) if reading else None
        if chain is None:
            raise ProjectError(f"no statement {identity}", expected="a statement id that `rawi show article` lists")
        return chain

    def sources(self, *, kind: str | None = None, limit: int = 100, offset: int = 0) -> list[Source]:
        """Speakers, those with most statements first; ``kind``: person role institution group outlet."""
        return list_sources(self.db, kind=kind, limit=limit, offset=offset)

    def source(self, key: str) -> Source:
        """The speaker of this key, or the only one of this name; their statements:
        ``statements(filters=Filters(speaker=(key,)))``.

        Raises :class:`ProjectError` where there is none, and where several bear the name.
        """
        found = list_sources(self.db, key=key, limit=1)
        if found:
            return found[0]
        keys = [r[0] for r in self.db.execute("SELECT key FROM entity WHERE name = ? ORDER BY key", (key,))]
        if len(keys) == 1:
            found = list_sources(self.db, key=keys[0], limit=1)
        if not found:
            expected = f"one of {', '.join(keys[:8])}" if keys else "a key that `rawi show sources` lists"
            raise ProjectError(f"no speaker {key}", expected=expected)
        return found[0]

    def outlets(self) -> list[Outlet]:
        """Outlets, those with most articles first; articles without one under the empty name."""
        return list_outlets(self.db)

    def outlet(self, name: str) -> Outlet:
        """The outlet of this name; raises :class:`ProjectError` where there is none."""
        found = next((o for o in self.outlets() if o.name == name), None)
        if found is None:
            raise ProjectError(f"no outlet {name}", expected="an outlet that `rawi show outlets` lists")
        return found

    def places(self, words: str = "", *, mode: str = "stem", filters: Filters = NOTHING) -> list[PlaceCount]:
        """Places with the number of articles that name them, most first; of those only that :meth:`ask` finds."""
        if not words.strip() and filters == NOTHING:
            return list_places(self.db)
        kept = filters._replace(place=())
        return list_places(self.db, search.find_numbers(self.db, words, self.language, mode=mode, filters=kept))

    def timeline(self, words: str = "", *, mode: str = "stem", filters: Filters = NOTHING) -> list[Value]:
        """The number of articles a day, in order, of those that :meth:`ask` finds; undated ones under ``""``."""
        return search.count_facets(self.db, words, self.language, mode=mode, filters=filters, kinds=("day",))["day"]
