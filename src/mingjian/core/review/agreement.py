"""How far two reviewers agree over the claims that both judged: Cohen's kappa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from mingjian.core.model.review import Agreement, Review, Verb
from mingjian.core.review.verdicts import by_claim, labels_of


def agreements(reviews: Iterable[Review]) -> Iterator[Agreement]:
    """For each two reviewers, in the order of their names, over all kinds together and then kind by kind.

    Two who judged nothing in common are left out.
    """
    judged = [(held[0].kind, labels_of(held)) for held in by_claim(reviews).values()]
    people = sorted({who for _, labels in judged for who in labels})
    kinds = sorted({kind for kind, _ in judged})
    for one, other in combinations(people, 2):
        for kind in (None, *kinds):
            found = agreement(one, other, kind, [labels for of, labels in judged if kind in (None, of)])
            if found.n:
                yield found


def agreement(one: str, other: str, kind: str | None, judged: Sequence[Mapping[str, Verb]]) -> Agreement:
    """The agreement of two reviewers; ``judged`` are the labels of each claim by reviewer.

    Expected agreement is that of two who give each label as often as these did, but by chance. Kappa is not defined
    where that is all there can be: both gave every claim the same one label.
    """
    pairs = [(labels[one], labels[other]) for labels in judged if one in labels and other in labels]
    n = len(pairs)
    table: dict[str, dict[str, int]] = {}
    for (first, second), count in sorted(Counter(pairs).items()):
        table.setdefault(first, {})[second] = count
    agreed = sum(first == second for first, second in pairs)
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    chance = sum(firsts[label] * seconds[label] for label in firsts)  # of n * n, in whole numbers
    defined = n > 0 and chance < n * n
    return Agreement(
        one=one,
        other=other,
        kind=kind,
        n=n,
        agreed=agreed,
        observed=agreed / n if n else None,
        expected=chance / (n * n) if n else None,
        kappa=(agreed * n - chance) / (n * n - chance) if defined else None,
        why=None if defined else "one-label" if n else "nothing-in-common",
        table=table,
    )
