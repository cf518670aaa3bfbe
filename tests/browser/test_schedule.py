"""When a question comes back, against py-fsrs; study days in other time zones; draws that can be repeated; merges."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from fsrs import Card, Rating, Scheduler
from modules import bundle
from playwright.sync_api import Browser, BrowserContext, Page

MODULES = (
    "study/log.js",
    "study/schedule.js",
    "study/draw.js",
    "practice/forecast.js",
    "practice/transfer.js",
    "practice/card.js",
)
START = 20_000  # a day number, in 2024
HISTORIES = 2_200
CLOSE = 1e-6  # relative; ts-fsrs rounds to eight decimals


@pytest.fixture(scope="module")
def script() -> str:
    return bundle(*MODULES)


@pytest.fixture(scope="module")
def in_zone(browser: Browser, script: str) -> Iterator[Callable[[str], Page]]:
    """An empty page in a time zone, with the modules loaded."""
    contexts: list[BrowserContext] = []

    def open_page(zone: str) -> Page:
        contexts.append(browser.new_context(timezone_id=zone))
        page = contexts[-1].new_page()
        page.set_content("<body data-base='/'></body>")
        page.add_script_tag(content=script)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def page(in_zone: Callable[[str], Page]) -> Page:
    return in_zone("UTC")


def day(number: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=number)).strftime("%Y-%m-%d")


def reviews(history: list[tuple[int, int]], question: str = "q") -> list[dict[str, Any]]:
    return [
        {
            "id": f"{question}{n}",
            "at": number * 86_400 + n,
            "day": day(number),
            "kind": "review",
            "question": question,
            "grade": grade,
        }
        for n, (number, grade) in enumerate(history)
    ]


def random_history(rng: random.Random) -> list[tuple[int, int]]:
    """Days and grades of one question: gaps from a day to two years, grades mostly Good."""
    number, history = START, []
    for _ in range(rng.randint(1, 13)):
        history.append((number, rng.choices((1, 2, 3, 4), (2, 2, 5, 1))[0]))
        number += rng.choice((1, 1, 2, 3, rng.randint(1, 30), rng.randint(1, 730)))
    return history


def oracle(history: list[tuple[int, int]], retention: float) -> list[tuple[float, float, int]]:
    """Stability, difficulty and interval in days after each review, by py-fsrs without learning steps and fuzz."""
    scheduler = Scheduler(desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, states = Card(card_id=1), []
    for number, grade in history:
        moment = datetime(1970, 1, 1, 12, tzinfo=UTC) + timedelta(days=number)
        card, _ = scheduler.review_card(card, Rating(grade), moment)
        assert card.stability
        assert card.difficulty
        states.append((card.stability, card.difficulty, (card.due - moment).days))
    return states


@pytest.mark.parametrize("retention", [0.9, 0.8])
def test_memory_and_intervals_are_those_of_the_reference(page: Page, retention: float) -> None:
    rng = random.Random(f"histories {retention}")
    histories = [random_history(rng) for _ in range(HISTORIES)]
    assert sum(map(len, histories)) > 15_000
    found = page.evaluate(
        """([histories, retention]) => histories.map(events => events.map((_, last) => {
            const { cards } = new parts.schedule.Schedule(events.slice(0, last + 1), { today: 99999, retention })
            const { memory, day, due } = cards.get("q")
            return [memory.stability, memory.difficulty, due - day]
        }))""",
        [[reviews(history) for history in histories], retention],
    )
    apart = 0
    for history, states in zip(histories, found, strict=True):
        for ours, theirs in zip(states, oracle(history, retention), strict=True):
            assert ours[0] == pytest.approx(theirs[0], rel=CLOSE), history
            assert ours[1] == pytest.approx(theirs[1], rel=CLOSE), history
            apart += ours[2] != theirs[2]
    assert apart == 0, "no ordering rule of hard below good below easy: intervals are the reference's own"


def test_one_review_a_day_counts_the_last_one_and_order_does_not_matter(page: Page) -> None:
    history = reviews([(START, 1), (START, 4), (START + 3, 3)])
    stray = {"id": "x", "at": 1.0, "day": "soon", "kind": "review", "question": "q", "grade": 3}
    wrong = {**history[0], "id": "y", "grade": 7}
    states = page.evaluate(
        """lists => lists.map(events => new parts.schedule.Schedule(events, { today: 20010 }).cards.get("q").memory)""",
        [reviews([(START, 4), (START + 3, 3)]), history, [history[2], *history[:2]], [stray, wrong, *history]],
    )
    assert states[0] == states[1] == states[2] == states[3]


def test_buttons_say_what_the_grades_would_do(page: Page) -> None:
    """Also after a grade of today: pressing another button replaces it, and does not add a second review."""
    past = [(START, 3), (START + 4, 3)]
    today = START + 12
    choices = """([events, today, interview]) => {
        const schedule = new parts.schedule.Schedule(events, { today, interview: interview ?? NaN })
        return schedule.choices("q")
    }"""
    expected = {str(grade): oracle([*past, (today, grade)], 0.9)[-1][2] for grade in (1, 2, 3, 4)}
    assert page.evaluate(choices, [reviews(past), today, None]) == expected
    assert page.evaluate(choices, [reviews([*past, (today, 1)]), today, None]) == expected
    fresh = {str(grade): oracle([(today, grade)], 0.9)[-1][2] for grade in (1, 2, 3, 4)}
    assert page.evaluate(choices, [[], today, None]) == fresh
    capped = page.evaluate(choices, [reviews(past), today, today + 6])
    assert capped == {grade: min(days, 5) for grade, days in expected.items()}, (
        "nothing waits until after the interview"
    )
    assert page.evaluate(choices, [reviews(past), today, today + 1]) == dict.fromkeys("1234", 1)
    assert page.evaluate(choices, [reviews(past), today, today - 1]) == expected, "a past interview caps nothing"


def test_removed_questions_leave_their_history_to_their_heirs(page: Page) -> None:
    state = page.evaluate(
        """events => {
            const { cards } = new parts.schedule.Schedule(events, { today: 20010, heirs: new Map([["old", "new"]]) })
            return [[...cards.keys()], cards.get("new").reviews]
        }""",
        [*reviews([(START, 3)], "old"), *reviews([(START + 2, 3)], "new"), *reviews([(START, 3)], "gone")],
    )
    assert state == [["new", "gone"], 2]


ZONES = [
    # a zone, moments in UTC, the study days that begin at 4 a.m. there
    ("America/Los_Angeles", {"2026-11-21T11:59:00Z": "2026-11-20", "2026-11-21T12:00:00Z": "2026-11-21"}),
    (
        "America/Los_Angeles",
        {"2026-03-08T10:59:00Z": "2026-03-07", "2026-03-08T11:00:00Z": "2026-03-08"},
    ),  # clocks forward
    ("America/Los_Angeles", {"2026-11-01T11:59:00Z": "2026-10-31", "2026-11-01T12:00:00Z": "2026-11-01"}),  # and back
    ("Asia/Kolkata", {"2026-11-20T22:29:00Z": "2026-11-20", "2026-11-20T22:30:00Z": "2026-11-21"}),
    ("Pacific/Kiritimati", {"2026-12-31T13:59:00Z": "2026-12-31", "2026-12-31T14:00:00Z": "2027-01-01"}),
    (
        "Africa/Cairo",
        {"2026-04-24T00:59:00Z": "2026-04-23", "2026-04-24T01:00:00Z": "2026-04-24"},
    ),  # forward at midnight
]


@pytest.mark.parametrize(
    ("zone", "moments"), ZONES, ids=[f"{zone} {next(iter(moments))[:10]}" for zone, moments in ZONES]
)
def test_a_study_day_begins_at_four_wherever_the_reader_is(
    in_zone: Callable[[str], Page], zone: str, moments: dict[str, str]
) -> None:
    days = in_zone(zone).evaluate("moments => moments.map(one => parts.log.studyDay(new Date(one)))", list(moments))
    assert days == list(moments.values())


def test_a_day_is_a_day_also_when_clocks_change(page: Page) -> None:
    days = ["2026-03-07", "2026-03-08", "2026-03-09", "2026-10-31", "2026-11-01", "2028-02-29", "2028-03-01"]
    numbers = page.evaluate("days => days.map(parts.schedule.dayNumber)", days)
    assert [later - day for day, later in pairwise(numbers)] == [1, 1, 236, 1, 485, 1]
    assert page.evaluate("numbers => numbers.map(parts.schedule.dayName)", numbers) == days
    assert page.evaluate("Number.isNaN(parts.schedule.dayNumber('2026-3-7'))")


def test_a_seed_draws_the_same_and_weights_decide_how_often(page: Page) -> None:
    draw = """seed => {
        const weight = n => (n < 2 ? 9 : n < 19 ? 1 : 0)
        return parts.draw.drawn([...Array(20).keys()], weight, 5, parts.draw.randomOf(seed))
    }"""
    assert page.evaluate(draw, "k7w2mp") == page.evaluate(draw, "k7w2mp")
    draws = [page.evaluate(draw, f"seed {n}") for n in range(400)]
    assert all(len(set(one)) == 5 for one in draws)
    often = [sum(n in one for one in draws) / 400 for n in range(20)]
    assert min(often[:2]) > 2 * max(often[2:19]), "nine times as heavy, drawn more often"
    assert often[19] == 0
    mixed = page.evaluate(
        "[...Array(300).keys()].map(n => parts.draw.shuffled([1, 2, 3], parts.draw.randomOf(`s${n}`)).join(''))"
    )
    counts = [mixed.count(order) for order in ("123", "132", "213", "231", "312", "321")]
    assert min(counts) > 25, "each order of three comes about as often"


def test_ticks_speak_for_a_grade(page: Page) -> None:
    propose = """marks => {
        const points = [...marks].map(mark => ({ made: mark === mark.toUpperCase(), senior: "sS".includes(mark) }))
        return parts.card.propose(points)
    }"""
    cases = {"aaaa": 0, "Aaaa": 1, "AAaa": 2, "AAAa": 3, "AAAA": 3, "AAAs": 3, "aaaS": 1, "AAas": 3, "Aas": 2, "S": 3}
    assert {case: page.evaluate(propose, case) for case in cases} == cases


def test_a_forecast_counts_what_would_be_seen_and_recalled(page: Page) -> None:
    """Against the plainest simulation: each day the due ones and the pace, all graded Good."""
    script = """([events, settings]) => {
        const interview = parts.schedule.dayNumber(settings.interview)
        const schedule = new parts.schedule.Schedule(events, { today: 20000, interview })
        return parts.forecast.forecast(schedule, settings)
    }"""
    events = [*reviews([(START - 5, 3), (START - 1, 1)], "a"), *reviews([(START, 3)], "b")]
    ahead = page.evaluate(script, [events, {"interview": day(START + 20), "pace": 2, "total": 30}])
    assert ahead["days"] == 20
    assert ahead["seen"] == 30, "2 known, 1 more today, 2 on each of the 19 days before the interview; 30 there are"
    assert 0.9 < ahead["recall"] < 1, "due questions are reviewed, so at least the aim is kept"
    few = page.evaluate(script, [events, {"interview": day(START + 3), "pace": 2, "total": 30}])
    assert few["seen"] == 2 + 1 + 2 + 2
    assert page.evaluate(script, [events, {"interview": day(START - 1), "pace": 2, "total": 30}]) is None
    none = page.evaluate(script, [[], {"interview": day(START), "pace": 2, "total": 30}])
    assert none == {"days": 0, "seen": 0, "recall": 0}


def test_merging_is_a_union_whatever_the_order(page: Page) -> None:
    """500 random triples of logs that share events, also some of the same id that differ."""
    broken = page.evaluate(
        """seed => {
            const random = parts.draw.randomOf(seed)
            const pick = most => Math.floor(random() * most)
            const log = () => Array.from({ length: pick(12) }, () => {
                const [id, question] = [`e${pick(20)}`, `q${pick(3)}`]
                return { id, at: pick(5), day: "2026-11-21", kind: "review", question, grade: 1 + pick(2) }
            })
            const { merge } = parts.transfer
            const text = JSON.stringify
            let wrong = 0
            for (let turn = 0; turn < 500; turn++) {
                const [a, b, c] = [log(), log(), log()]
                const all = merge(merge(a, b), c)
                if (text(merge(a, b)) !== text(merge(b, a))) wrong++
                if (text(all) !== text(merge(a, merge(b, c)))) wrong++
                if (text(merge(all, all)) !== text(all) || text(merge(all, b)) !== text(all)) wrong++
                if (new Set([...a, ...b, ...c].map(event => event.id)).size !== all.length) wrong++
            }
            return wrong
        }""",
        "merge",
    )
    assert broken == 0
