"""Proofs for "Detection, segmentation and multimodal models": what the page states and has no room to run."""

from __future__ import annotations

from math import ceil, comb, exp, log

import numpy as np


def boxes_iou(a: np.ndarray, b: np.ndarray) -> float:
    """Intersection over union of two boxes x1, y1, x2, y2."""
    sides = np.clip(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0, None)
    shared = sides.prod()
    return float(shared / ((a[2:] - a[:2]).prod() + (b[2:] - b[:2]).prod() - shared))


def average_precision(hits: list[int], objects: int) -> float:
    """All-point interpolated average precision, by its definition."""
    found = np.cumsum(hits)
    precision = found / np.arange(1, len(hits) + 1)
    levels = [precision[found >= k].max() if found[-1] >= k else 0 for k in range(1, objects + 1)]
    return float(np.mean(levels))


def test_iou_and_nms() -> None:
    """80/120 = 0.67 and 0.96; the overlaps of A, B and C; 0.5 by the sum of areas; two negative sides; GIoU pulls where
    IoU is flat; the run across classes; a crowd without a right threshold; quick check 1/3, 1/2 and 1/4."""

    def shifted(size: float, by: float, up: float = 0) -> float:
        return boxes_iou(np.array([0, 0, size, size]), np.array([by, up, size + by, size + up]))

    assert np.isclose(shifted(10, 2), 80 / (100 + 100 - 80)) and round(shifted(10, 2), 2) == 0.67
    assert round(shifted(100, 2), 2) == 0.96 and shifted(10, 30) == 0 and shifted(10, 0) == 1
    a, b, c, d = (np.array([x, 0, x + 10, 20]) for x in (0, 1, 4, 30))
    assert round(boxes_iou(a, b), 2) == 0.82 and round(boxes_iou(a, c), 2) == 0.43
    assert round(boxes_iou(b, c), 2) == 0.54 and boxes_iou(a, d) == boxes_iou(c, d) == 0
    assert 100 / (100 + 100) == 0.5  # equal boxes by the sum
    sides = np.minimum([1, 1], [4, 4]) - np.maximum([0, 0], [3, 3])
    assert np.all(sides < 0) and sides.prod() == 4  # without the clip
    giou = []
    for by in (20.0, 20.1):
        assert shifted(10, by) == 0
        hull = (10 + by) * 10
        giou.append(0 - (hull - 200) / hull)
    assert giou[1] < giou[0]
    # a crowd: neighbors overlap 0.6, a poor duplicate 0.5: no threshold keeps the one and deletes the other
    assert not any(0.6 <= t < 0.5 for t in np.linspace(0, 1, 101))
    assert np.isclose(shifted(100, 50), 1 / 3) and 5_000 / 10_000 == 1 / 2 and 5_000 / 20_000 == 1 / 4
    assert 10_000 + 10_000 - 5_000 == 15_000


def test_mean_average_precision() -> None:
    """AP 0.625 by definition; 101 recalls give 0.629, 11 give 0.614; IoU 0.72 passes five of ten thresholds, mAP
    0.50; a lowest-ranked tail never reduces AP; per-image AP ignores incomparable scores; quick check 0.76 with a
    precision of 0.50 at the end."""
    hits = [1, 0, 1, 1, 0, 0]
    assert average_precision(hits, 4) == (1 + 0.75 + 0.75 + 0) / 4 == 0.625
    assert np.isclose(average_precision([0, *hits], 4), 0.450)
    found = np.cumsum(hits)
    precision, recall = found / np.arange(1, 7), found / 4
    assert precision[0] == 1 and precision[3] == 0.75 and precision[-1] == 0.5
    assert recall[0] == 0.25 and recall[-1] == 0.75
    read = [max(precision[recall >= r - 1e-9], default=0) for r in np.linspace(0, 1, 101)]
    assert round(float(np.mean(read)), 3) == 0.629
    eleven = [max(precision[recall >= r - 1e-9], default=0) for r in np.linspace(0, 1, 11)]
    assert round(float(np.mean(eleven)), 3) == 0.614
    thresholds = 0.50 + 0.05 * np.arange(10)
    assert thresholds.size == 10 and np.allclose(thresholds[[0, 1, -1]], (0.50, 0.55, 0.95))
    passed = thresholds <= 0.72
    assert passed.sum() == 5 and np.mean([average_precision([int(p)] * 7, 7) for p in passed]) == 0.50
    assert average_precision([1] * 7, 7) == 1.00
    rng = np.random.default_rng(0)
    for _ in range(200):
        start = list(rng.integers(0, 2, 8))
        tail = list(rng.integers(0, 2, 4))
        assert average_precision(start + tail, 12) >= average_precision(start, 12)
    # two images, one object each; the false alarm of the first outscores the hit of the second
    each = np.mean([average_precision([1, 0], 1), average_precision([1], 1)])
    assert each == 1 and average_precision([1, 0, 1], 2) < 1
    check = average_precision([1, 0, 1, 0, 1, 0], 3)
    assert np.isclose(check, (1 + 2 / 3 + 3 / 5) / 3) and round(check, 2) == 0.76 and 3 / 6 == 0.50


def test_one_or_two_stage_detectors() -> None:
    """8,400 positions, 8,360 of them background; a mislabeled object with 0.01 keeps 98 % of its loss; 0.69 and 0.01 a
    position, bias -4.6; the background loses nearly all of its loss; quick check 25, 5 and 6.6."""
    assert 80**2 + 40**2 + 20**2 == 8_400 == 40 + 8_360 and [640 // s for s in (8, 16, 32)] == [80, 40, 20]
    assert round(100 * (1 - 0.01) ** 2) == 98 and np.isclose((1 - 0.99) ** 2, 0.0001)
    assert round(-log(0.5), 2) == 0.69 and round(log(0.01 / 0.99), 1) == -4.6 and round(-log(0.99), 2) == 0.01
    assert np.isclose(1 / (1 + exp(-log(0.01 / 0.99))), 0.01)
    assert np.isclose(0.5**2 / 0.1**2, 25) and np.isclose((1 - 0.5) / (1 - 0.9), 5) and 0.5**2 == 0.25
    assert np.isclose(0.1**2, 0.01) and round(log(0.5) / log(0.9), 1) == 6.6


def test_segmentation_losses() -> None:
    """Accuracy 99 % and Dice 0 of the empty mask; 0.80 and 0.67; Dice = 2 IoU/(1 + IoU) for all counts; constant
    predictions: cross-entropy lowest at 0.01 with 0.056, soft Dice 0.99 there and nowhere below
    0.98; squares give 0.24, 0.39, 0.51, 0.69; weight 99 moves the best constant to 0.50;
    50 independent pixels switch near 0.41; means that disagree; background Dice
    0.995 and 0.50; smoothing constant 1 gives 0.5; Dice is F1; quick check 0.67, 0.50 and 0.99."""

    def dice(tp: float, fp: float, fn: float) -> float:
        return 2 * tp / (2 * tp + fp + fn)

    def iou(tp: float, fp: float, fn: float) -> float:
        return tp / (tp + fp + fn)

    assert 1 - 100 / 10_000 == 0.99 and dice(0, 0, 100) == 0
    assert np.isclose(dice(80, 20, 20), 0.80) and round(iou(80, 20, 20), 2) == 0.67
    for tp, fp, fn in np.random.default_rng(0).integers(1, 100, (300, 3)):
        j = iou(tp, fp, fn)
        precision, recall = tp / (tp + fp), tp / (tp + fn)
        assert np.isclose(dice(tp, fp, fn), 2 * j / (1 + j))
        assert np.isclose(dice(tp, fp, fn), 2 * precision * recall / (precision + recall))
    p = np.linspace(0.001, 0.999, 999)
    entropy = -0.01 * np.log(p) - 0.99 * np.log(1 - p)
    assert np.isclose(p[entropy.argmin()], 0.01) and round(float(entropy.min()), 3) == 0.056
    grid = np.linspace(0, 1, 1_001)
    soft = 1 - 2 * grid * 100 / (grid * 10_000 + 100)
    assert np.isclose(soft[10], 0.99) and grid[10] == 0.01 and soft.min() > 0.98 and soft.argmin() == 1_000
    lowest = []
    for share in (0.3, 0.45, 0.55, 0.7):  # V-Net's squares in the denominator
        part, whole = (1 - 2 * (50 + 50 * grid * g) / (50 + 50 * grid**2 + 50 + 50 * g) for g in (0, 1))
        lowest.append(round(float(grid[(share * whole + (1 - share) * part).argmin()]), 2))
    assert lowest == [0.24, 0.39, 0.51, 0.69]
    weighted = -99 * 0.01 * np.log(p) - 0.99 * np.log(1 - p)
    assert np.isclose(p[weighted.argmin()], 0.50) and 99 * 100 == 10_000 - 100
    k = np.arange(51)  # how many of the 50 pixels belong to the object, independently
    ends = []
    for share in (0.40, 0.42):
        chance = np.array([comb(50, int(n)) * share**n * (1 - share) ** (50 - n) for n in k])
        score = 2 * (50 + grid[:, None] * k) / (100 + 50 * grid[:, None] + k) @ chance
        ends.append((share, int(score.argmax())))
    assert ends[0][1] == 0 and ends[1][1] == 1_000
    a, b = np.array([0.90, 0.10]), np.array([0.45, 0.50])
    assert np.isclose(a.mean(), 0.50) and np.isclose(b.mean(), 0.475)
    mean_dice = [float((2 * j / (1 + j)).mean()) for j in (a, b)]
    assert round(mean_dice[0], 2) == 0.56 and round(mean_dice[1], 2) == 0.64
    background = dice(9_900, 100, 0)
    assert round(background, 3) == 0.995 and round(background / 2, 2) == 0.50
    assert (2 * 0 + 1) / (2 * 0 + 1 + 0 + 1) == 0.5
    assert list(np.array([0.01, 0.2]) > 0.1) == [False, True]  # a threshold between the two probabilities
    missed = dice(10_000, 0, 25)  # a missed object of 25 pixels beside one of 10,000
    assert 0.99 < missed < 1
    assert round(dice(100, 100, 0), 2) == 0.67 and iou(100, 100, 0) == 0.50 == 100 / 200
    assert 1 - 100 / 10_000 == 0.99


def test_vision_transformer() -> None:
    """196 patches of 768 values, 197 tokens, 590,592 parameters; the patch layer is a convolution with stride 16; 785
    tokens: 4.0, 15.9 and 4.5 times, scores a small part; 576 and 784 patches (quick check)."""
    assert 224 // 16 == 14 and 14 * 14 == 196 and 16 * 16 * 3 == 768 and 196 + 1 == 197
    assert 768 * 768 + 768 == 590_592
    rng = np.random.default_rng(0)
    image, kernel = rng.normal(size=(64, 48, 3)), rng.normal(size=(16, 16, 3, 5))
    patches = image.reshape(4, 16, 3, 16, 3).swapaxes(1, 2).reshape(12, 768)
    windows = np.lib.stride_tricks.sliding_window_view(image, (16, 16), axis=(0, 1))[::16, ::16]
    convolved = np.einsum("rcxij,ijxk->rck", windows, kernel).reshape(12, 5)
    assert np.allclose(patches @ kernel.reshape(768, 5), convolved)

    def work(tokens: int, width: int = 768) -> tuple[int, int]:
        return 24 * tokens * width**2, 4 * tokens**2 * width  # linear layers (4 + 8 widths squared), scores and sums

    assert (224 // 8) ** 2 + 1 == 785
    few, many = work(197), work(785)
    assert round(many[0] / few[0], 1) == 4.0 and round(many[1] / few[1], 1) == 15.9
    assert round(sum(many) / sum(few), 1) == 4.5 and few[1] / sum(few) < 0.05 and many[1] < many[0] / 5
    assert 384 // 16 == 24 and 24 * 24 == 576 and (448 // 16) ** 2 == 784


def test_clip_contrastive_learning() -> None:
    """ln 32,768 is 10.4; cosines 0.28, 0.25, 0.20 at scale 100 give 95, 5 and 0 %; the scale starts at 14.3; quick
    check: two equal captions cost ln 2 = 0.69 a row at best, ln 1,000 = 6.9 is guessing; adding the true class
    changes the winner's share."""
    assert round(log(32_768), 1) == 10.4 and round(1 / 0.07, 1) == 14.3
    cosines = np.array([0.28, 0.25, 0.20])
    share = np.exp(100 * cosines) / np.exp(100 * cosines).sum()
    assert [round(100 * s) for s in share] == [95, 5, 0]
    wider = np.exp(100 * np.append(cosines, 0.33))
    assert wider.argmax() == 3 and wider[0] / wider.sum() < 0.01
    assert round(log(2), 2) == 0.69 and round(log(1_000), 1) == 6.9
    table = 100 * np.eye(1_000)[:2]
    table[0, 1] = table[1, 0] = 100  # same caption, same score
    loss = np.log(np.exp(table - 100).sum(1)) + 100 - table[[0, 1], [0, 1]]
    assert np.allclose(loss, log(2))
    rng = np.random.default_rng(0)
    for _ in range(100):
        row = rng.normal(size=1_000) * 5
        row[1] = row[0]
        assert np.log(np.exp(row).sum()) - row[0] > log(2)


def test_vision_language_models() -> None:
    """576 tokens; A4 at 150 dots per inch; 21 and 4 pixels; 4 x 6 tiles, 14,400 and 3,600 tokens; a patch spans 73
    pixels, about three lines; always yes gives 0.50 and 0.67; a minute of video 34,560 tokens."""
    assert 336 // 14 == 24 and 24**2 == 576
    assert round(210 / 25.4 * 150) == 1_240 and round(297 / 25.4 * 150) == 1_754
    size = 10 / 72 * 150
    assert round(size) == 21 and round(size * 336 / 1_754) == 4
    assert round(1_240 / 336, 1) == 3.7 and round(1_754 / 336, 1) == 5.2 and 4 * 6 + 1 == 25
    assert ceil(1_240 / 336) == 4 and ceil(1_754 / 336) == 6
    assert (4 * 6 + 1) * 576 == 14_400 and 14_400 // 4 == 3_600 and 2 * 2 == 4
    span = 14 * 1_754 / 336
    assert round(span) == 73 and round(span / (12 / 72 * 150)) == 3  # lines 12 points apart
    precision, recall = 0.50, 1.0
    assert round(2 * precision * recall / (precision + recall), 2) == 0.67
    assert 60 * 576 == 34_560
