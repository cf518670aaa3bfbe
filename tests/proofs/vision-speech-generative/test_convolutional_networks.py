"""Proofs for "Convolutional networks": what the page states and has no room to run, one function each."""

from __future__ import annotations

from itertools import product

import numpy as np


def conv(kernel: int, channels_in: int, channels_out: int, size: int = 0, bias: bool = True) -> tuple[int, int]:
    """Parameters and multiply-adds of a square convolution whose output has the given width."""
    weights = kernel**2 * channels_in * channels_out
    return weights + bias * channels_out, weights * size**2


def total(layers: list[tuple[int, int]]) -> tuple[int, int]:
    return sum(p for p, _ in layers), sum(m for _, m in layers)


def resnet50() -> tuple[int, int]:
    """Bottlenecks with the stride on the 3×3 layer, batch norm with scale and shift after each convolution."""
    layers = [conv(7, 3, 64, 112, bias=False), (128, 0)]
    channels, size = 64, 56
    for stage, (width, blocks) in enumerate(((64, 3), (128, 4), (256, 6), (512, 3))):
        for block in range(blocks):
            out = size // 2 if block == 0 and stage else size
            layers += [conv(1, channels, width, size, bias=False), conv(3, width, width, out, bias=False)]
            layers += [conv(1, width, 4 * width, out, bias=False), (2 * 6 * width, 0)]
            if block == 0:
                layers += [conv(1, channels, 4 * width, out, bias=False), (2 * 4 * width, 0)]
            channels, size = 4 * width, out
    return total([*layers, conv(1, 2048, 1000, 1)])


MOBILE = ((32, 64, 112), (64, 128, 56), (128, 128, 56), (128, 256, 28), (256, 256, 28), (256, 512, 14))
MOBILE += ((512, 512, 14),) * 5 + ((512, 1024, 7), (1024, 1024, 7))


def mobilenet(separable: bool) -> tuple[int, int, int]:
    """Parameters, multiply-adds and those of the 1×1 layers of MobileNet at width 1 and 224 pixels."""
    layers, pointwise = [conv(3, 3, 32, 112, bias=False), (2 * 32, 0), conv(1, 1024, 1000, 1)], 0
    for before, after, size in MOBILE:
        if separable:
            layers += [(9 * before + 2 * before, 9 * before * size**2), conv(1, before, after, size, bias=False)]
            pointwise += layers[-1][1]
        else:
            layers += [conv(3, before, after, size, bias=False)]
        layers += [(2 * after, 0)]
    return *total(layers), pointwise


def test_convolution_output_size() -> None:
    """The formula counts the places of a window, with padding and dilation; 112, 9,408, 9,472, 118 and 236 million; the
    unread column; 223; the table; 4.09 for ResNet-50; memory; same padding; transposed sizes; quick check."""

    def places(n: int, k: int, s: int, p: int, d: int = 1) -> int:
        return sum(start + d * (k - 1) + 1 <= n + 2 * p for start in range(0, n + 2 * p, s))

    for n, k, s, p, d in product((7, 8, 13), (1, 2, 3, 5), (1, 2, 3), (0, 1, 2), (1, 2)):
        if d * (k - 1) + 1 <= n + 2 * p:
            assert places(n, k, s, p, d) == (n + 2 * p - (d * (k - 1) + 1)) // s + 1
    assert 224 + 2 * 3 - 7 == 223 and 223 // 2 == 111 and places(224, 7, 2, 3) == places(223, 7, 2, 3) == 112
    assert 111 * 2 + 7 == 224 + 2 * 3 - 1  # the last window ends one column short
    assert 7 * 7 * 3 == 147 and 147 * 64 == 9408 and conv(7, 3, 64) == (9472, 0)
    cost = conv(7, 3, 64, 112)[1]
    assert cost == 118_013_952 and round(2 * cost / 1e6) == 236
    # every pair of weight and position is one multiply-add, forward and for each of the two gradients
    x, w, g = np.ones((3, 9, 9)), np.ones((4, 3, 3, 3)), np.ones((4, 7, 7))
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(1, 2))
    forward = np.einsum("chwij,ocij->ohw", windows, w).sum()
    back = np.einsum("chwij,ohw->ocij", windows, g).sum()
    to_input = np.einsum("ocij,ohw->chwij", w, g).sum()  # each entry is added to one input pixel
    assert forward == back == to_input == w.size * 7 * 7 == conv(3, 3, 4, 7)[1]
    assert places(112, 3, 2, 1) == 56 and places(56, 3, 1, 1) == 56 and places(7, 3, 1, 1) == 7
    shallow, deep = conv(3, 64, 64, 56), conv(3, 512, 512, 7)
    assert shallow[0] == 36_928 and deep[0] == 2_359_808 and shallow[1] == deep[1] and round(deep[1] / 1e6) == 116
    assert 64 * (36_928 - 64) == 2_359_808 - 512 and 512 == 8 * 64 and 56 == 8 * 7
    activations = 112 * 112 * 64
    assert activations == 802_816 and round(4 * activations / 1e6, 1) == 3.2 and round(4 * 9472 / 1e3) == 38
    assert activations > 9472 and 94 * 7 * 7 * 512 < deep[0] < 95 * 7 * 7 * 512
    assert resnet50()[0] == 25_557_032 and round(resnet50()[1] / 1e9, 2) == 4.09
    for n, k in product((8, 13), (1, 3, 5, 7)):
        assert places(n, k, 1, (k - 1) // 2) == n
    assert all(places(8, 4, 1, p) != 8 for p in range(4)) and 8 + 3 - 4 + 1 == 8  # one zero more on one side
    for n, k, s, p in product((9, 12, 15), (3, 4), (1, 2, 3), (0, 1)):
        o, left = places(n, k, s, p), (n + 2 * p - k) % s
        assert (o - 1) * s - 2 * p + k + left == n
    assert places(32, 5, 2, 2) == 16 and 31 // 2 + 1 == 16 and conv(5, 16, 32, 16, bias=False) == (12_800, 3_276_800)
    assert 25 * 32 == 800


def test_why_convolution() -> None:
    """1,048,576, 9,216 and 9 weights; periodic convolutions commute with shifts and are the only linear maps that do;
    zero padding changes a constant image at the border; flipping is no restriction; quick check: shifts by 4."""
    assert 1024**2 == 1_048_576 and 9 * 1024 == 9216 and (3 * 32 - 2) ** 2 < 9216
    rng = np.random.default_rng(0)

    def periodic(x: np.ndarray, w: np.ndarray, stride: int = 1) -> np.ndarray:
        out = sum(w[i, j] * np.roll(x, (1 - i, 1 - j), (0, 1)) for i in range(3) for j in range(3))
        return out[::stride, ::stride]

    x, w = rng.normal(size=(8, 8)), rng.normal(size=(3, 3))
    assert np.allclose(periodic(np.roll(x, 3, 1), w), np.roll(periodic(x, w), 3, 1))
    # matrices that commute with the shift by one on 6 points: as many dimensions as there are filters
    shift = np.roll(np.eye(6), 1, 0)
    commute = np.kron(np.eye(6), shift) - np.kron(shift.T, np.eye(6))
    assert 36 - np.linalg.matrix_rank(commute) == 6

    padded = np.lib.stride_tricks.sliding_window_view(np.pad(np.ones((6, 6)), 1), (3, 3))
    out = (padded * w).sum((2, 3))
    assert np.allclose(out[1:-1, 1:-1], w.sum()) and not np.isclose(out[0, 3], w.sum())
    flipped = (padded * w[::-1, ::-1][::-1, ::-1]).sum((2, 3))
    assert np.array_equal(flipped, out)

    filters = rng.normal(size=(5, 3, 3))

    def network(x: np.ndarray) -> float:
        for w, stride in zip(filters, (1, 2, 1, 2, 1), strict=True):
            x = np.maximum(periodic(x, w, stride) + 0.1, 0)
        return float(x.mean())

    image = rng.normal(size=(64, 64))
    same = [np.isclose(network(np.roll(image, s, 1)), network(image), rtol=1e-9) for s in range(65)]
    assert [s for s in range(65) if same[s]] == list(range(0, 65, 4))
    assert np.isclose(network(np.roll(image, (4, 8), (0, 1))), network(image))


def test_receptive_field() -> None:
    """The formula against the set of inputs that are reached, 7, the table, 31 and 9, 7 of 13; the spread of paths; 15
    of 41 pixels with 13 % of the area and 92 % of the weight; skips; 18 and 25 squared channels."""

    def reached(layers: list[tuple[int, int, int]]) -> set[int]:
        """Offsets read by output 0; layers of kernel, stride and dilation, first layer first."""
        places = {0}
        for k, s, d in reversed(layers):
            places = {s * place + d * step for place in places for step in range(k)}
        return places

    def width(layers: list[tuple[int, int, int]]) -> int:
        return max(reached(layers)) - min(reached(layers)) + 1

    def formula(layers: list[tuple[int, int, int]]) -> int:
        field, jump = 1, 1
        for k, s, d in layers:
            field, jump = field + d * (k - 1) * jump, jump * s
        return field

    table = [(7, 2, 1), (3, 2, 1), (3, 1, 1), (3, 2, 1), (3, 1, 1)]
    assert [width(table[: i + 1]) for i in range(5)] == [7, 11, 19, 27, 43]
    assert [int(np.prod([s for _, s, _ in table[:i]])) for i in range(5)] == [1, 2, 4, 4, 8]
    rng = np.random.default_rng(0)
    for _ in range(30):
        layers = [tuple(map(int, row)) for row in rng.integers(1, 4, (4, 3))]
        assert width(layers) == formula(layers) == width([*layers, (1, 2, 1)])
    plain = [(3, 1, 1)] * 3
    assert width(plain) == 7
    assert width([(3, 1, d) for d in (1, 2, 4, 8)]) == 31 and width([(3, 1, 1)] * 4) == 9
    holes = [(3, 1, 2)] * 3
    assert width(holes) == 13 and len(reached(holes)) == 7
    assert len(reached([(3, 1, d) for d in (1, 2, 3)])) == 13
    primes = [(3, 1, d) for d in (2, 3, 5)]
    assert len(reached(primes)) == 19 and width(primes) == 21
    assert width([(3, 1, 1)] * 2) == width([(5, 1, 1)]) == 5 and 2 * 9 == 18 and 5 * 5 == 25
    assert width([(5, 2, 1), (3, 1, 1), (3, 1, 1)]) == 13 == 1 + 4 + 2 * 2 + 2 * 2
    assert 1 + 4 + 2 + 2 == 9 and 1 + 4 + 2 * 2 + 2 == 11 and 1 + 2 * 4 + 2 * 2 + 2 * 2 == 17

    def profile(layers: int, kernel: np.ndarray) -> np.ndarray:
        weight = np.ones(1)
        for _ in range(layers):
            weight = np.convolve(weight, kernel)
        return weight

    def spread(weight: np.ndarray) -> float:
        place = np.arange(len(weight)) - len(weight) // 2
        return float(np.sqrt(weight @ place**2))

    mean = np.full(3, 1 / 3)
    for layers in (1, 5, 20, 80):
        assert np.isclose(spread(profile(layers, mean)), np.sqrt(2 * layers / 3))
    weight = profile(20, mean)
    assert len(weight) == 41 == 2 * 20 + 1
    middle = weight[13:28].sum()
    assert round(100 * middle**2) == 92 and round(100 * 15**2 / 41**2) == 13
    # a skip beside each layer: path ends lie closer to the middle, the rim is still reached
    skip = profile(20, np.array([1 / 6, 4 / 6, 1 / 6]))
    assert spread(skip) < spread(weight) and skip[0] > 0 and len(skip) == 41


def test_one_by_one_convolution() -> None:
    """One matrix product over all positions; 589,824 against 69,632 weights, 8.5 times fewer; two without activation
    have rank at most the width between; stride 2 reads a quarter; a dense layer is a 7×7 convolution; averaging and
    classifying commute; shuffling positions shuffles the output (quick check)."""
    rng = np.random.default_rng(0)
    x, w, b = rng.normal(size=(6, 5, 4)), rng.normal(size=(3, 6)), rng.normal(size=3)
    loops = np.array([[w @ x[:, u, v] + b for v in range(4)] for u in range(5)])
    flat = w @ x.reshape(6, -1) + b[:, None]
    assert np.allclose(loops.transpose(2, 0, 1).reshape(3, -1), flat)
    weights = [conv(k, i, o, bias=False)[0] for k, i, o in ((1, 256, 64), (3, 64, 64), (1, 64, 256))]
    full = conv(3, 256, 256, bias=False)[0]
    assert full == 589_824 and weights == [16_384, 36_864, 16_384] and sum(weights) == 69_632
    assert round(full / sum(weights), 1) == 8.5
    narrow, wide = rng.normal(size=(4, 16)), rng.normal(size=(16, 4))
    assert np.linalg.matrix_rank(wide @ narrow) == 4
    assert np.linalg.matrix_rank(wide @ np.maximum(narrow @ rng.normal(size=(16, 99)), 0)) == 4  # still 4 numbers
    z = rng.normal(size=16)
    relu = wide @ np.maximum(narrow @ z, 0) + wide @ np.maximum(narrow @ -z, 0)
    assert np.allclose(wide @ narrow @ z + wide @ narrow @ -z, 0) and not np.allclose(relu, 0)
    assert np.ones((8, 8))[::2, ::2].size * 4 == 64
    maps, dense = rng.normal(size=(5, 7, 7)), rng.normal(size=(3, 5 * 7 * 7))
    kernel = dense.reshape(3, 5, 7, 7)
    assert np.allclose(np.einsum("ocij,cij->o", kernel, maps), dense @ maps.ravel())
    assert conv(7, 512, 1, bias=False)[0] == 7 * 7 * 512
    large = np.lib.stride_tricks.sliding_window_view(rng.normal(size=(5, 9, 10)), (7, 7), axis=(1, 2))
    assert np.einsum("chwij,ocij->ohw", large, kernel).shape == (3, 3, 4)
    assert np.allclose(w @ x.mean((1, 2)) + b, flat.mean(1))
    order = rng.permutation(20)
    assert np.allclose(w @ x.reshape(6, -1)[:, order] + b[:, None], flat[:, order])


def test_depthwise_separable_convolution() -> None:
    """The ratio; 2,304 + 65,536 = 67,840, 8.7 times less, 3.4 %; one shape for each input channel, nine write any
    filter; 71.7 and 70.6 are cited, 4.87 and 0.57 billion follow from the layers; 168, 4.4 and 77 for each number
    moved; groups; 6 % for 7×7; quick check 12, 178 and 67 %."""
    depthwise, pointwise, full = 9 * 256, 256 * 256, 9 * 256 * 256
    assert (depthwise, pointwise, depthwise + pointwise, full) == (2304, 65_536, 67_840, 589_824)
    ratio = (depthwise + pointwise) / full
    assert np.isclose(ratio, 1 / 256 + 1 / 9) and round(1 / ratio, 1) == 8.7
    assert round(100 * depthwise / (depthwise + pointwise), 1) == 3.4

    rng = np.random.default_rng(0)
    maps, shapes, mix = rng.normal(size=(4, 6, 6)), rng.normal(size=(4, 3, 3)), rng.normal(size=(5, 4))
    windows = np.lib.stride_tricks.sliding_window_view(maps, (3, 3), axis=(1, 2))
    two = np.einsum("oc,chw->ohw", mix, np.einsum("chwij,cij->chw", windows, shapes))
    kernel = mix[:, :, None, None] * shapes
    assert np.allclose(two, np.einsum("chwij,ocij->ohw", windows, kernel))
    assert all(np.linalg.matrix_rank(kernel[:, c].reshape(5, 9)) == 1 for c in range(4))
    free = rng.normal(size=(5, 4, 3, 3))
    units = np.eye(9).reshape(9, 3, 3)
    nine = np.einsum("chwij,mij->cmhw", windows, units)
    assert np.allclose(
        np.einsum("ocm,cmhw->ohw", free.reshape(5, 4, 9), nine), np.einsum("chwij,ocij->ohw", windows, free)
    )
    assert full < 9 * 9 * 256 + 9 * 256 * 256

    assert [round(mobilenet(separable)[1] / 1e9, 2) for separable in (True, False)] == [0.57, 4.87]
    assert mobilenet(separable=True)[2] > 0.9 * mobilenet(separable=True)[1]

    size = 14 * 14
    moved = 2 * 256 * size
    cost = [weights * size for weights in (full, depthwise, pointwise)]
    assert [round(c / 1e6, 1) for c in cost] == [115.6, 0.5, 12.8] and round(cost[1] / 1e6, 2) == 0.45
    intensity = [c / (moved + weights) for c, weights in zip(cost, (full, depthwise, pointwise), strict=True)]
    assert [round(intensity[0]), round(intensity[1], 1), round(intensity[2])] == [168, 4.4, 77]
    groups = 4
    assert groups * 9 * (256 // groups) * (256 // groups) * groups == full
    assert round(100 * 49 * 96 / (49 * 96 + 2 * 96 * 4 * 96)) == 6 == round(100 * 49 / (49 + 8 * 96))
    assert round(100 * ((25 + 128) / (9 + 128) - 1)) == 12 and round(100 * (25 / 9 - 1)) == 178
    assert round(100 * (5 / 3 - 1)) == 67


def test_cnn_families() -> None:
    """The table, layer by layer from the papers; 96 % of AlexNet and 124 million of VGG-16 in dense layers; 2.0
    million; with two groups, more than twice the weights and less than a fifth of the cost; separable layers 8 to 9
    times cheaper; quick check: 90, 11, 19 and under 1 %."""
    # LeNet-5 as published: trained subsampling, 60 of 96 connections in its third layer, fixed output codes
    lenet = 6 * 26 + 6 * 2 + (60 * 25 + 16) + 16 * 2 + (16 * 25 + 1) * 120 + 121 * 84
    lenet_cost = 6 * 25 * 28**2 + 60 * 25 * 10**2 + 16 * 25 * 120 + 120 * 84 + 84 * 10
    assert lenet == 60_000 and round(lenet_cost / 1e9, 4) == 0.0003

    first = conv(11, 3, 96, 55)
    halves = [conv(5, 48, 256, 27), conv(3, 256, 384, 13), conv(3, 192, 384, 13), conv(3, 192, 256, 13)]
    dense = [conv(1, 9216, 4096, 1), conv(1, 4096, 4096, 1), conv(1, 4096, 1000, 1)]
    alexnet = total([first, *halves, *dense])
    assert (227 - 11) // 4 + 1 == 55 and alexnet[0] == 60_965_224 and round(alexnet[0] / 1e6, 1) == 61.0
    assert round(alexnet[1] / 1e9, 2) == 0.72
    assert round(100 * total(dense)[0] / alexnet[0]) == 96

    plan = ((3, 64, 224), (64, 64, 224), (64, 128, 112), (128, 128, 112), (128, 256, 56), (256, 256, 56))
    plan += ((256, 256, 56), (256, 512, 28), (512, 512, 28), (512, 512, 28)) + ((512, 512, 14),) * 3
    head = total([conv(7, 512, 4096, 1), conv(1, 4096, 4096, 1), conv(1, 4096, 1000, 1)])
    vgg = total([*(conv(3, *row) for row in plan), head])
    assert len(plan) == 13 and vgg[0] == 138_357_544 and round(vgg[1] / 1e9, 1) == 15.5
    assert round(vgg[0] / 1e6, 1) == 138.4 and round(head[0] / 1e6) == 124
    assert round(100 * head[0] / vgg[0]) in (89, 90) and 100 - round(100 * head[0] / vgg[0]) == 11
    assert round(100 * 3 / 16) == 19 and head[1] < 0.01 * vgg[1] and round(head[1] / 1e9, 3) == 0.124

    inception = (
        (28, 192, 64, 96, 128, 16, 32, 32), (28, 256, 128, 128, 192, 32, 96, 64), (14, 480, 192, 96, 208, 16, 48, 64),
        (14, 512, 160, 112, 224, 24, 64, 64), (14, 512, 128, 128, 256, 24, 64, 64),
        (14, 512, 112, 144, 288, 32, 64, 64), (14, 528, 256, 160, 320, 32, 128, 128),
        (7, 832, 256, 160, 320, 32, 128, 128), (7, 832, 384, 192, 384, 48, 128, 128),
    )  # fmt: skip
    layers = [conv(7, 3, 64, 112), conv(1, 64, 64, 56), conv(3, 64, 192, 56), conv(1, 1024, 1000, 1)]
    for size, c, one, three_in, three, five_in, five, pool in inception:
        layers += [conv(1, c, one, size), conv(1, c, three_in, size), conv(3, three_in, three, size)]
        layers += [conv(1, c, five_in, size), conv(5, five_in, five, size), conv(1, c, pool, size)]
    googlenet = total(layers)
    assert round(googlenet[0] / 1e6, 1) == 7.0 and round(googlenet[1] / 1e9, 1) == 1.6

    resnet = resnet50()
    assert round(resnet[0] / 1e6, 1) == 25.6 and round(resnet[1] / 1e9, 1) == 4.1
    assert round(conv(1, 2048, 1000)[0] / 1e6, 1) == 2.0
    assert alexnet[0] > 2 * resnet[0] and 5 * alexnet[1] < resnet[1]
    mobile = mobilenet(separable=True)
    assert all(round(9 * after / (9 + after)) in (8, 9) for _, after, _ in MOBILE)
    assert round(mobile[0] / 1e6, 1) == 4.2 and round(mobile[1] / 1e9, 2) == 0.57

    widths, depths = (96, 192, 384, 768), (3, 3, 9, 3)
    layers = [conv(4, 3, 96, 56), (2 * 96, 0)]
    for stage, (width, blocks) in enumerate(zip(widths, depths, strict=True)):
        size = 56 // 2**stage
        if stage:
            layers += [(width, 0), conv(2, width // 2, width, size)]  # norm of the narrower map, then 2×2 stride 2
        block = [(50 * width, 49 * width * size**2), (3 * width, 0)]  # 7×7 with bias; norm and layer scale
        layers += blocks * [*block, conv(1, width, 4 * width, size), conv(1, 4 * width, width, size)]
    convnext = total([*layers, (2 * 768, 0), conv(1, 768, 1000, 1)])
    assert convnext[0] == 28_589_128 and round(convnext[0] / 1e6, 1) == 28.6 and round(convnext[1] / 1e9, 1) == 4.5


def test_transfer_learning() -> None:
    """20,490 weights on top of 23.5 million; a gray image repeated three times equals summed weights; the averages of
    batch norm move while scale and shift are frozen; 2.3 points; the table of the toy, with the errors of each cell."""
    assert conv(1, 2048, 10)[0] == 20_490
    assert round((resnet50()[0] - conv(1, 2048, 1000)[0]) / 1e6, 1) == 23.5
    rng = np.random.default_rng(0)
    gray, w = rng.normal(size=(3, 3)), rng.normal(size=(8, 3, 3, 3))
    repeated = np.einsum("ocij,cij->o", w, np.repeat(gray[None], 3, 0))
    assert np.allclose(repeated, np.einsum("oij,ij->o", w.sum(1), gray))
    # frozen scale and shift, training mode: the running mean still follows the batches
    running, x = 0.0, rng.normal(5, 1, (100, 32))
    for batch in x:
        running += 0.1 * (batch.mean() - running)
    assert abs(running - 5) < 0.5
    assert round(100 * np.sqrt(0.8 * 0.2 / 300), 1) == 2.3

    # the toy: 50 inputs, 5 features kept; gradient descent with early stopping
    rng, runs, d, kept = np.random.default_rng(0), 40, 50, 5

    def moments(n: int, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        x = rng.normal(size=(runs, n, d))
        y, xt = x @ truth + rng.normal(size=(runs, n, 1)), x.swapaxes(1, 2)
        return xt @ x / n, xt @ y / n

    def train(w: np.ndarray, free: np.ndarray | int, data: tuple[np.ndarray, ...]) -> np.ndarray:
        (xx, xy, held_xx, held_xy), best, low = data, w, np.inf
        for _ in range(150):
            loss = (w * (held_xx @ w - 2 * held_xy)).sum(1, keepdims=True)  # squared error up to a constant
            best, low = np.where(loss < low, w, best), np.minimum(loss, low)
            w = w - 0.1 * free * (xx @ w - xy)
        return best

    zero, head = np.zeros((runs, d, 1)), (np.arange(d) < kept)[:, None]
    errors = {}
    for share, n in ((0.9, 20), (0.9, 1000), (0.1, 20), (0.1, 1000)):
        truth = np.where(head, share / kept, (1 - share) / (d - kept)) ** 0.5
        assert np.isclose((truth**2).sum(), 1)
        data = *moments(n, truth), *moments(n, truth)
        frozen = train(zero, head, data)
        fits = train(zero, 1, data), frozen, train(frozen, 1, data)
        errors[share, n] = np.array([((w - truth) ** 2).sum((1, 2)) for w in fits])
    table = {key: [round(float(m), 2) for m in e.mean(1)] for key, e in errors.items()}
    assert table[0.9, 20] == [0.86, 0.39, 0.40] and table[0.9, 1000] == [0.05, 0.11, 0.04]
    assert table[0.1, 20] == [0.90, 1.05, 0.98] and table[0.1, 1000] == [0.05, 0.91, 0.06]
    assert round(max(e.std(1, ddof=1).max() for e in errors.values()) / runs**0.5, 2) == 0.03
    assert 2 * errors[0.9, 20][1].mean() < errors[0.9, 20][0].mean()
    for n in (20, 1000):  # unrelated task: freezing harms
        harm = errors[0.1, n][1] - errors[0.1, n][0]
        assert harm.mean() > 4 * harm.std(ddof=1) / runs**0.5
