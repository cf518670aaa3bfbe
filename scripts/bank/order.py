"""In which order questions are learned: core ones first, categories in turn by what roles weigh, in each category what
other answers refer to most. Chooses no days."""

from __future__ import annotations

from collections import Counter

from .library import Bank, Place


def study_order(bank: Bank) -> list[Place]:
    """Every question once, in the order in which plans and reviews bring them."""
    weights = Counter(dict.fromkeys(bank.categories, 1))
    for role in bank.roles.values():
        weights.update(role.weights)
    ordered = sorted(bank.questions, key=lambda place: -bank.references[place[1].id])
    core = _in_turn([place for place in ordered if place[1].core], weights)
    return core + _in_turn([place for place in ordered if not place[1].core], weights)


def _in_turn(places: list[Place], weights: Counter[str]) -> list[Place]:
    """The same places; a category comes as often as it weighs, as seats are given by Sainte-Laguë's method."""
    waiting: dict[str, list[Place]] = {}
    for place in places:
        waiting.setdefault(place[0].category, []).append(place)
    taken: Counter[str] = Counter()
    ordered = []
    while waiting:
        folder = max(sorted(waiting), key=lambda folder: max(weights[folder], 1) / (2 * taken[folder] + 1))
        ordered.append(waiting[folder].pop(0))
        taken[folder] += 1
        if not waiting[folder]:
            del waiting[folder]
    return ordered
