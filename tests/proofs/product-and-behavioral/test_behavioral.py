"""The arithmetic of the invented tellings: sums, shares and intervals that a listener could recompute."""

from math import comb, sqrt


def wilson(hits: int, rows: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share."""
    share, z = hits / rows, 1.96
    middle = (share + z * z / (2 * rows)) / (1 + z * z / rows)
    half = z / (1 + z * z / rows) * sqrt(share * (1 - share) / rows + z * z / (4 * rows * rows))
    return middle - half, middle + half


def test_tell_me_about_yourself() -> None:
    """Ninety seconds at 150 words a minute are 225 words."""
    assert 90 / 60 * 150 == 225


def test_project_deep_dive() -> None:
    """The stated gain is the difference of the two stated precisions and lies in the middle of its interval."""
    simple, boosted, low, high = 0.31, 0.38, 0.04, 0.10
    assert round(boosted - simple, 2) == 0.07 == round((low + high) / 2, 2)
    late, flag, seeds = 0.08, 0.15, 0.01  # a random order has average precision equal to the share
    assert late < flag < simple < boosted
    assert seeds < low
    fewer_calls = (5, 9, 13)
    assert fewer_calls[1] == (fewer_calls[0] + fewer_calls[2]) / 2


def test_model_that_failed() -> None:
    """3,360 shop-days, 168 more sold out; how often limits of 5 in 40 and 21 in 240 fire at 6 % and at 11 %."""
    days = 80 * 6 * 7
    assert days == 3_360
    assert round(days * (0.11 - 0.06)) == 168
    trial = 10 * 4
    assert trial == 40
    month = 10 * 6 * 4
    assert month == 240

    def fires(limit: int, days: int, rate: float) -> float:
        return 1 - sum(comb(days, k) * rate**k * (1 - rate) ** (days - k) for k in range(limit))

    assert [round(100 * fires(5, trial, rate)) for rate in (0.06, 0.11)] == [9, 45]
    assert [round(100 * fires(21, month, rate)) for rate in (0.06, 0.11)] == [5, 89]


def test_ambiguous_task() -> None:
    """76 of 200 tickets are 38 %, 95 % Wilson interval 32 to 45; 17 people times the effect are 15, at most 16."""
    assert 76 / 200 == 0.38
    low, high = wilson(76, 200)
    assert (round(100 * low), round(100 * high)) == (32, 45)
    fewer, interval, parcel_minutes = 12, (8, 16), 25
    assert fewer == sum(interval) / 2
    assert round(17 * fewer / 100) == 2 == 8 - 6
    repeat_mails = (-3, 2)
    assert repeat_mails[0] < 0 < repeat_mails[1]
    assert interval[1] < parcel_minutes  # the link can only save minutes on parcel tickets
    regular = 9
    assert round((regular + 8) * (1 - fewer / 100)) == regular + 6
    assert (regular + 8) * (1 - interval[0] / 100) <= regular + 6 + 1  # the low end needs the one on call


def test_conflict_about_a_model() -> None:
    """The new trick accounts for part of the rule's money, and both splits fill the same 50 places a day."""
    model, rule, trick = 64_000, 51_000, 20_000
    assert trick < rule < model
    assert 35 + 15 == 40 + 10 == 50
    low, high = -8_000, 34_000
    assert model - rule == 13_000 == (low + high) / 2
    last, first = 4_000, 21_000
    assert model - last + first == 81_000 > model
    assert first < rule


def test_explain_to_non_expert() -> None:
    """Recall 75 %, precision 30 %, 5 missed, one found at random, 96 % of all answers right."""
    invoices, wrong, marked, found = 1_000, 20, 50, 15
    assert found / wrong == 0.75
    assert found / marked == 0.30

    def at_most(hits: int, rate: float) -> float:
        return sum(comb(wrong, k) * rate**k * (1 - rate) ** (wrong - k) for k in range(hits + 1))

    # the exact 95 % interval of the recall: at its ends, 15 or fewer and 15 or more of 20 have a chance of 2.5 %
    grid = [k / 10_000 for k in range(1, 10_000)]
    plausible = [p for p in grid if at_most(found, p) >= 0.025 and 1 - at_most(found - 1, p) >= 0.025]
    assert (round(wrong * (1 - plausible[-1])), round(wrong * (1 - plausible[0]))) == (2, 10)
    assert wrong - found == 5
    assert invoices - marked == 950
    assert marked * wrong / invoices == 1
    assert wrong / invoices == 0.02
    right = found + (invoices - marked - (wrong - found))
    assert right == 960
    assert (wrong - found) * 300 == 1_500  # euros missed
    assert right / invoices == 0.96


def test_ethical_concern() -> None:
    """Rides and calls save 15 slots fewer; scores calibrated in both groups can deny and err at unequal rates."""
    plan, rides, random = 40, 25, 20
    assert plan - rides == 15
    assert random < rides < plan
    a_scores, b_scores = {0.2: 50, 0.8: 50}, {0.2: 90, 0.8: 10}  # score -> people; a share equal to it should be denied
    denied = [group[0.8] / 100 for group in (a_scores, b_scores)]
    wrongly = [0.2 * g[0.8] / (0.2 * g[0.8] + 0.8 * g[0.2]) for g in (a_scores, b_scores)]
    assert denied == [0.5, 0.1]
    assert [round(share, 2) for share in wrongly] == [0.20, 0.03]
    assert 100 * 0.40 > 100 * 0.25
