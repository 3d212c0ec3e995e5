from __future__ import annotations

import sample_articles

from framing import Article
from framing.event import containment, group, shingles

EVENTS = sorted(p.name for p in sample_articles.SAMPLES.iterdir() if p.is_dir())


def test_sample_events_are_found_again() -> None:
    articles, truth = [], []
    for k, event in enumerate(EVENTS):
        found = sample_articles.articles(event)
        articles += found
        truth += [k] * len(found)
    groups = {frozenset(e.articles) for e in group(articles)}
    assert groups == {frozenset(i for i, k in enumerate(truth) if k == event) for event in range(len(EVENTS))}


def test_every_article_is_in_one_event() -> None:
    articles = [*sample_articles.articles(), Article(""), Article("Rain fell."), Article("“”")]
    seen = [i for e in group(articles) for i in e.articles]
    assert sorted(seen) == list(range(len(articles)))


def test_nothing_to_group() -> None:
    assert group([]) == []


def test_containment() -> None:
    text = sample_articles.articles()[0].text
    whole = shingles(text)
    assert max(containment(whole, whole)) == 1.0
    assert max(containment(whole, shingles("Something else entirely was said about quite another thing today."))) == 0.0
