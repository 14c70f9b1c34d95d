"""The order of steps, in one function that anyone can read."""

from __future__ import annotations

import msgspec

from mingjian.core.annotate.actions import annotate_company_actions
from mingjian.core.annotate.digest import digest_events
from mingjian.core.annotate.events import annotate_events
from mingjian.core.annotate.genres import find_doc_type, find_language
from mingjian.core.annotate.keywords import About, rank_keywords
from mingjian.core.annotate.measures import annotate_measures
from mingjian.core.annotate.policies import annotate_policies
from mingjian.core.annotate.policies.anaphora import with_anaphora
from mingjian.core.annotate.programmes import annotate_programmes
from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.quotes import annotate_quotes
from mingjian.core.annotate.relevance import Named, find_relevance
from mingjian.core.annotate.reports import annotate_reports
from mingjian.core.annotate.resources import (
    annotate_compute,
    annotate_datasets,
    annotate_funds,
    annotate_scenarios,
    ground_of,
)
from mingjian.core.annotate.summary import summarise
from mingjian.core.annotate.systems import annotate_systems
from mingjian.core.annotate.times import annotate_times
from mingjian.core.annotate.topics import annotate_industries, annotate_technologies
from mingjian.core.clean.article import clean, find_anchor
from mingjian.core.model.outcome import Cited
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.pipeline.doubt import without_doubtful
from mingjian.core.pipeline.figuring import Numbers, find_figures
from mingjian.core.pipeline.findings import find_all, find_in_title
from mingjian.core.pipeline.identity import finish, record_id, refer
from mingjian.core.pipeline.naming import find_names
from mingjian.core.pipeline.placing import with_places
from mingjian.core.pipeline.recognition import recognise
from mingjian.core.pipeline.relocate import relocate, shorten
from mingjian.core.ports import NO_ENGINES, Engines
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.measuring.crediting import own_document
from mingjian.core.text.mentions import mentions_of_names
from mingjian.core.text.normal import Normal, normalise
from mingjian.core.text.phrases import find_phrases
from mingjian.core.text.standing import Contents, Standing


def extract(page: Page, book: Rulebook | None = None, engines: Engines = NO_ENGINES) -> Record:
    """Everything that the rules read from one page: pure, so the same page and rules give the same record.

    Engines add names behind those of the rules; with them it is as pure as they are.
    """
    book = book or bundled_rulebook()
    normal = normalise(page)
    record = _read(page, normal, book, engines)
    record = relocate(record, normal, page) if normal.maps else record
    return with_places(msgspec.structs.replace(record, damage=normal.damage), page)


def _read(page: Page, normal: Normal, book: Rulebook, engines: Engines) -> Record:
    """The steps in order, on the normal form of the page."""
    article, metadata = clean(shorten(page, normal) if normal.maps else page, normal.folded, book)
    anchor = find_anchor(article, metadata)
    found = find_all(article, book)
    rules, entries = found.rules, found.lexicons

    times = annotate_times(article, book, anchor)
    quantities = annotate_quantities(article, book, times)
    technologies = annotate_technologies(article, rules["topics"], entries["technologies"], entries["industries"])
    names = find_names(article, found, metadata, recognise(article, engines, rules["recognised"].settings))
    industries = annotate_industries(article, rules["topics"], entries["industries"], names.organisations, technologies)

    policies = annotate_policies(article, rules["policies"], names, times, metadata, anchor)
    title = fold(metadata.title.value) if isinstance(metadata.title, Cited) else ""
    programmes = annotate_programmes(article, rules["programmes"], names, times, title)
    doc_type = find_doc_type(article, metadata, rules["genres"])
    documents = (policies, own_document(policies, article, doc_type))
    targets, statistics = find_figures(article, rules, Numbers(quantities, times, anchor), names, documents)
    quotes = annotate_quotes(article, rules["quotes"], names)
    headline = metadata.title.evidence if isinstance(metadata.title, Cited) else None
    events = annotate_events(article, rules["events"], times, names, anchor, headline)

    relevance = find_relevance(
        article,
        rules["topics"],
        entries,
        (metadata.title, find_in_title(metadata.title, book)),
        Named(technologies, policies, names.organisations, rules["genres"].matches),
    )
    systems = annotate_systems(
        article, rules["systems"], entries["products"], relevance.ai, names.organisations, quantities
    )
    ground = ground_of(article, rules["statuses"], quantities, names)
    topics = (*technologies, *industries, *policies, *programmes)
    about = About(topics, names, find_phrases(article, book, title), systems)
    contents = Contents(events, (*targets, *statistics), mentions_of_names(names), title)
    standing = Standing(article, rules["summary"])

    record = Record(
        id=record_id(page, book, engines),
        page=refer(page),
        title=metadata.title,
        url=metadata.url,
        publisher=metadata.publisher,
        source=metadata.source,
        published=metadata.published,
        authors=metadata.authors,
        editors=metadata.editors,
        account_name=metadata.account_name,
        page_kind=metadata.page_kind,
        document=metadata.document,
        carried=metadata.carried,
        damage=(),
        body=article.body,
        boilerplate=article.boilerplate,
        language=find_language(article, rules["genres"].settings),
        doc_type=doc_type,
        ai_relevant=relevance.ai.relevant,
        relevance=relevance,
        summary=summarise(standing, contents),
        digest=digest_events(standing, contents),
        keywords=rank_keywords(article, rules["keywords"], about, title),
        technologies=technologies,
        industries=industries,
        regions=names.regions,
        organisations=names.organisations,
        people=names.people,
        policies=with_anaphora(*documents, article, rules["policies"], names, times),
        programmes=programmes,
        events=events,
        targets=targets,
        statistics=statistics,
        measures=annotate_measures(article, rules["measures"], quantities, times, names, anchor.day),
        quotes=quotes,
        company_actions=annotate_company_actions(article, rules["actions"], (times, quantities), names, title),
        scenarios=annotate_scenarios(ground, rules["scenarios"], entries["scenarios"], industries),
        compute=annotate_compute(ground, rules["compute"]),
        datasets=annotate_datasets(ground, rules["datasets"]),
        funds=annotate_funds(ground, rules["funds"]),
        systems=systems,
        reports=annotate_reports(article, rules["reports"], names, times),
    )
    return finish(without_doubtful(record, normal.lost), article)
