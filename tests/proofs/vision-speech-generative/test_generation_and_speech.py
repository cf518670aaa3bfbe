"""Proofs of the claims on the page about generation and speech."""

from functools import cache
from itertools import groupby, pairwise, product
from math import comb, exp, log, sqrt

import numpy as np


def test_variational_autoencoder() -> None:
    """The gap is the KL to the true posterior; variances 4 and 30; 784 pixels mean variance 392 and at most 0.25 nats;
    KL 0.82; the average KL is mutual information plus the divergence of the average code; blur is a mean."""

    def kl(m: float, v: float, m0: float, v0: float) -> float:
        return 0.5 * (log(v0 / v) + (v + (m - m0) ** 2) / v0 - 1)

    x, exact = 2.0, -0.5 * (log(2 * np.pi * 5) + 4 / 5)
    assert np.isclose(2 * x / 5, 0.8) and np.isclose(1 / (1 + 2**2), 0.2)  # posterior N(0.8, 0.2)
    for m, v in ((0.8, 0.2), (1.0, 0.001), (0.0, 1.0), (-0.3, 0.7)):
        bound = -0.5 * (log(2 * np.pi) + (x - 2 * m) ** 2 + 4 * v) - kl(m, v, 0, 1)
        assert np.isclose(exact - bound, kl(m, v, 0.8, 0.2))
    nodes, weights = np.polynomial.hermite_e.hermegauss(20)
    weights = weights / weights.sum()
    z = 1 + nodes
    for gradient, variance in ((2 * z, 4), (z**2 * (z - 1), 30)):
        mean = weights @ gradient
        assert np.isclose(mean, 2) and np.isclose(weights @ (gradient - mean) ** 2, variance)
    assert 784 / 2 == 392  # |e|^2 / 784 = |e|^2 / (2 s^2)
    rng = np.random.default_rng(0)
    images = rng.integers(0, 2, (500, 784))
    assert ((images - images.mean(0)) ** 2).mean() <= 0.25
    assert round(kl(1, 0.25, 0, 1), 2) == 0.82 and np.isclose(kl(1, 0.25, 0, 1), 0.5 * (1 + 0.25 - 1 - log(0.25)))
    codes, prior = rng.dirichlet(np.ones(5), 4), rng.dirichlet(np.ones(5))  # q(z | x) for four inputs
    average = codes.mean(0)
    term = (codes * np.log(codes / prior)).sum(1).mean()
    information = (codes * np.log(codes / average)).sum(1).mean()
    assert np.isclose(term, information + (average * np.log(average / prior)).sum())
    inputs = np.array([0.0, 0.0, 1.0, 5.0])
    grid = np.linspace(0, 5, 5_001)
    assert np.isclose(grid[((inputs - grid[:, None]) ** 2).mean(1).argmin()], inputs.mean())


def test_gan_training() -> None:
    """The best discriminator; the value 2 JS - log 4; slopes 0.01 and 0.99; a lost mode costs 0.036 of at most 0.693;
    disjoint supports give log 2 at any distance; minimax steps go outward and a penalty damps; non-saturating steps
    end near a circle that shrinks with the step; quick check 1.740."""
    rng = np.random.default_rng(0)
    p, g = rng.dirichlet(np.full(6, 5.0), 2)

    def js(p: np.ndarray, g: np.ndarray) -> float:
        m = (p + g) / 2
        with np.errstate(divide="ignore", invalid="ignore"):
            return float(np.nansum(p * np.log(p / m)) + np.nansum(g * np.log(g / m))) / 2

    grid = np.linspace(0.001, 0.999, 9_981)[:, None]
    value = p * np.log(grid) + g * np.log(1 - grid)
    assert np.allclose(grid[value.argmax(0), 0], p / (p + g), atol=2e-4)
    best = p / (p + g)
    assert np.isclose((p * np.log(best) + g * np.log(1 - best)).sum(), 2 * js(p, g) - log(4))
    ten = np.full(10, 0.1)
    assert round(js(ten, np.r_[np.full(9, 1 / 9), 0]), 3) == 0.036 and round(log(2), 3) == 0.693
    for shift in (1, 3):  # one occupied cell each, apart
        assert np.isclose(js(np.eye(5)[0], np.eye(5)[shift]), log(2))
    logit, h = log(0.01 / 0.99), 1e-5
    for loss, slope in ((lambda s: -np.log1p(np.exp(s)), -0.01), (lambda s: np.log1p(np.exp(-s)), -0.99)):
        assert np.isclose((loss(logit + h) - loss(logit - h)) / (2 * h), slope, rtol=1e-4)

    def eigenvalue(penalty: float) -> float:  # of a step near the solution, where D = 1/2
        return float(abs(np.linalg.eigvals([[1, 0.05], [-0.05, 1 - 0.1 * penalty]])).max())

    assert eigenvalue(0) > 1 > eigenvalue(0.1)
    for theta, psi in rng.normal(size=(20, 2)):  # a minimax step without penalty moves at a right angle, so outward
        place = np.array([theta, psi])
        move = 0.1 / (1 + exp(-psi * theta)) * np.array([psi, -theta])
        assert abs(move @ place) < 1e-12 and np.linalg.norm(place + move) > np.linalg.norm(place)

    def distances(minimax: bool, step: float, steps: int, start: float) -> list[float]:
        theta = psi = start
        found = []
        for _ in range(steps):
            d = 1 / (1 + exp(-psi * theta))
            theta, psi = theta + step * (d if minimax else 1 - d) * psi, psi - step * d * theta
            found.append(sqrt(theta**2 + psi**2))
        return found

    assert round(distances(True, 0.1, 2_000, 1)[-1], 3) == 3.225
    assert round(distances(True, 0.01, 20_000, 1)[-1], 3) == 1.740
    circles: list[float] = []
    for step, steps in ((0.1, 4_000), (0.05, 16_000)):
        turn = int(4 * np.pi / step)  # steps of one turn, where D is about 1/2
        inside, outside = (distances(False, step, steps, start)[-turn:] for start in (0.1, 1.0))
        assert max(inside + outside) < 1.1 * min(inside + outside)  # one circle, from inside and from outside
        circles.append(float(np.mean(outside)))
    assert [round(c, 2) for c in circles] == [0.45, 0.32]
    score = rng.normal(size=50)  # a fixed discriminator: all mass on its favorite beats any mixture
    assert all(mix @ score <= score.max() for mix in rng.dirichlet(np.ones(50), 100))


def test_diffusion_models() -> None:
    """Small steps multiply to the closed form; 0.9999 and 0.00004; the score is minus the mean noise over its
    scale; the first guess is the mean 0.4; 48 times; the quick check with its distractors."""
    beta = np.linspace(1e-4, 0.02, 1_000)
    kept = np.cumprod(1 - beta)
    assert round(kept[0], 4) == 0.9999 and round(kept[-1], 5) == 0.00004
    scale, variance = 1.0, 0.0
    for b in beta[:300]:
        scale, variance = scale * sqrt(1 - b), variance * (1 - b) + b
    assert np.isclose(scale, sqrt(kept[299])) and np.isclose(variance, 1 - kept[299])

    a, h = kept[500], 1e-5
    x = np.linspace(-2, 2, 41)

    def log_density(x: np.ndarray) -> np.ndarray:
        parts = [w * np.exp(-((x - s * sqrt(a)) ** 2) / (2 * (1 - a))) for s, w in ((-1, 0.3), (1, 0.7))]
        return np.log(sum(parts))

    def guess(x: np.ndarray, a: float) -> np.ndarray:
        return np.tanh(sqrt(a) * x / (1 - a) + log(0.7 / 0.3) / 2)

    weights = np.array([w * np.exp(-((x - s * sqrt(a)) ** 2) / (2 * (1 - a))) for s, w in ((-1, 0.3), (1, 0.7))])
    assert np.allclose((weights[1] - weights[0]) / weights.sum(0), guess(x, a))
    noise = (x - sqrt(a) * guess(x, a)) / sqrt(1 - a)
    score = (log_density(x + h) - log_density(x - h)) / (2 * h)
    assert np.allclose(score, -noise / sqrt(1 - a), atol=1e-6)
    assert np.allclose(guess(x, kept[-1]), 0.7 - 0.3, atol=0.02)
    assert 512 * 512 * 3 / (64 * 64 * 4) == 48
    root, rest = sqrt(0.64), sqrt(1 - 0.64)
    assert np.allclose((root, rest), (0.8, 0.6)) and np.isclose((1.0 - rest * 0.5) / root, 0.875)
    assert 1.0 - 0.5 == 0.500 and np.isclose(1.0 - rest * 0.5, 0.700) and round((1.0 - 0.36 * 0.5) / 0.64, 3) == 1.281


def test_classifier_free_guidance() -> None:
    """w = 0 and w = 1 give the two densities; the paper's weight is w - 1; the difference of the scores is the gradient
    of log p(c | x); the sharpened density; the guided samples are narrower, with DDPM about 0.33
    and 0.2 under both usual variances; quick check."""
    kept = np.cumprod(1 - np.linspace(1e-4, 0.02, 1_000))[::-1].tolist()

    @cache
    def guided(w: float) -> tuple[float, float]:
        x = np.array([0.0, 1.0])
        for a, b in zip(kept, [*kept[1:], 1.0], strict=True):
            plain, prompt = sqrt(1 - a) * x, sqrt(1 - a) * (x - sqrt(a)) / (0.25 * a + 1 - a)
            noise = plain + w * (prompt - plain)
            x = sqrt(b) * (x - sqrt(1 - a) * noise) / sqrt(a) + sqrt(1 - b) * noise
        return float(x[0]), float(x[1] - x[0])

    assert np.allclose(guided(0), (0, 1), atol=0.01) and np.allclose(guided(1), (1, 0.5), atol=0.01)

    @cache
    def fresh(w: float, large: bool = False) -> tuple[float, float]:  # the same with DDPM's noise: mean and sd
        mean, variance = 0.0, 1.0
        for a, b in zip(kept, [*kept[1:], 1.0], strict=True):
            new = (1 - b) / (1 - a) * (1 - a / b)  # variance of the added noise
            slope = sqrt(1 - a) * (1 + w * (1 / (0.25 * a + 1 - a) - 1))  # predicted noise: slope x + offset
            offset = -w * sqrt(1 - a) * sqrt(a) / (0.25 * a + 1 - a)
            back, left = sqrt(b / a), sqrt(max(1 - b - new, 0))
            step = back * (1 - sqrt(1 - a) * slope) + left * slope
            mean = step * mean + (left - back * sqrt(1 - a)) * offset
            variance = step**2 * variance + (1 - a / b if large and b < 1 else new)
        return mean, sqrt(variance)

    assert np.allclose(fresh(1), (1, 0.5), atol=0.01)
    for large in (False, True):
        assert round(fresh(2, large)[1], 2) == 0.33 and round(fresh(4, large)[1], 1) == 0.2
        for w in (2, 4):
            assert guided(w)[1] < fresh(w, large)[1] < (1 + 3 * w) ** -0.5
    every = np.linspace(1.001, 20, 2_000)
    assert (0.5**every < (1 + 3 * every) ** -0.5).all()
    grid = np.linspace(-8, 8, 4_001)
    for w in (1.5, 4, 8):
        density = np.exp(-w * (grid - 1) ** 2 / 0.5 - (1 - w) * grid**2 / 2)  # p(x) p(c | x)^w up to a factor
        density /= density.sum()
        mean = density @ grid
        sd = sqrt(density @ (grid - mean) ** 2)
        assert np.isclose(mean, 4 * w / (1 + 3 * w)) and np.isclose(sd, (1 + 3 * w) ** -0.5)
        assert np.isclose(guided(w)[1], 0.5**w, atol=0.005) and guided(w)[1] < 0.9 * sd and guided(w)[0] > mean > 1
    rng = np.random.default_rng(0)
    u, c, w = rng.normal(size=3)
    assert np.isclose(u + w * (c - u), (1 + (w - 1)) * c - (w - 1) * u)
    # two classes: N(1, 0.25) with prior 0.3 and N(-1, 1); score of class minus score of mixture
    x, h = np.linspace(-2, 2, 21), 1e-5

    def parts(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return 0.3 / 0.5 * np.exp(-2 * (x - 1) ** 2), 0.7 * np.exp(-((x + 1) ** 2) / 2)

    def slope(f: object) -> np.ndarray:
        return (f(x + h) - f(x - h)) / (2 * h)  # type: ignore[operator]

    difference = slope(lambda x: np.log(parts(x)[0])) - slope(lambda x: np.log(sum(parts(x))))
    assert np.allclose(difference, slope(lambda x: np.log(parts(x)[0] / sum(parts(x)))), atol=1e-6)
    assert np.isclose(0.2 + 3 * 0.3, 1.1) and np.isclose(3 * 0.3, 0.9) and np.isclose(0.5 + 3 * 0.3, 1.4)
    assert np.isclose(0.5 + 3 * 0.3, 0.2 + 4 * 0.3) and np.isclose(3 * 0.5, 1.5)


def test_fid_score() -> None:
    """0.13 for one feature; the eigenvalue form; different shapes with equal moments give 0, a copy gives 0; fewer
    images than features make a singular covariance (2,048 features need more); bias falls about as 1/n,
    is half as large against exact reference moments, and an average of batches keeps it; KID is unbiased."""

    def fid(a: np.ndarray, b: np.ndarray) -> float:
        ca, cb = np.cov(a.T), np.cov(b.T)
        root = np.sqrt(np.linalg.eigvals(ca @ cb).real.clip(0)).sum()
        return float(((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(ca + cb) - 2 * root)

    assert np.isclose(0.3**2 + (1.2 - 1) ** 2, 0.13) and np.isclose(0.3**2 + 1 + 1.2**2 - 2 * sqrt(1.2**2), 0.13)
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(200, 6)), rng.normal(size=(200, 6)) @ rng.normal(size=(6, 6))
    values, vectors = np.linalg.eigh(np.cov(a.T))
    half = vectors * np.sqrt(values) @ vectors.T
    root = np.sqrt(np.linalg.eigvalsh(half @ np.cov(b.T) @ half)).sum()  # (A^1/2 B A^1/2)^1/2
    gap = ((a.mean(0) - b.mean(0)) ** 2).sum()
    assert np.isclose(fid(a, b), gap + np.trace(np.cov(a.T) + np.cov(b.T)) - 2 * root)
    assert abs(fid(a, a)) < 1e-6  # a copy
    coins = np.array(list(product((-1.0, 1.0), repeat=3)))
    other = sqrt(3) * np.vstack([np.eye(3), -np.eye(3)])  # another shape, same mean and covariance
    moments = [(c.mean(0), c.T @ c / len(c)) for c in (coins, other)]
    assert all(np.allclose(m, 0) and np.allclose(s, np.eye(3)) for m, s in moments)
    assert np.linalg.matrix_rank(np.cov(rng.normal(size=(30, 40)).T)) == 29
    means = {}
    for n in (100, 400):
        runs = [fid(*rng.normal(size=(2, n, 16))) for _ in range(16)]
        means[n] = np.mean(runs), np.std(runs, ddof=1) / 4
    assert means[100][0] - 4 * means[100][1] > 2 * means[400][0] > 0
    assert 3 < means[100][0] / means[400][0] < 5.5
    runs = []
    for batch in rng.normal(size=(32, 400, 16)):  # the reference known exactly: N(0, I)
        cov = np.cov(batch.T)
        runs.append((batch.mean(0) ** 2).sum() + 16 + np.trace(cov) - 2 * np.sqrt(np.linalg.eigvalsh(cov)).sum())
    assert 0.4 < np.mean(runs) / means[400][0] < 0.6
    x, y = rng.normal(size=(2, 400, 12, 4))

    def kernel(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return (np.einsum("rid,rjd->rij", a, b) / 4 + 1) ** 3

    same = [(k.sum((1, 2)) - np.trace(k, axis1=1, axis2=2)) / (12 * 11) for k in (kernel(x, x), kernel(y, y))]
    kid = same[0] + same[1] - 2 * kernel(x, y).mean((1, 2))
    assert abs(kid.mean()) < 4 * kid.std(ddof=1) / 20
    assert np.isclose(12 * 5_000 / 50_000, 1.2)  # the distractor that scales FID itself


def test_mel_spectrogram() -> None:
    """98 frames, 201 frequencies 40 Hz apart, half as many numbers; 133 and 24 mel; widths 58
    and 14 Hz; neighbors tell where a click fell; 9 kHz aliases to 7 kHz; zeros appended do not narrow a
    peak; librosa's formula leaves none of 128 bands empty; two tones 30 Hz apart in the quick check."""
    assert 1 + (16000 - 400) // 160 == 98 and 400 // 2 + 1 == 201 and 16000 / 400 == 40
    assert round(98 * 80 / 16000, 2) == 0.49
    assert 0.025 * 16000 == 400 and 0.010 * 16000 == 160

    def mel(f: float) -> float:
        return 2595 * float(np.log10(1 + f / 700))

    assert round(mel(200) - mel(100)) == 133 and round(mel(4100) - mel(4000)) == 24

    def width(window: np.ndarray, size: int = 1 << 17) -> float:
        power = abs(np.fft.rfft(window, size)) ** 2
        return 2 * float(np.argmax(power < power[0] / 2)) * 16000 / size

    assert round(width(np.hanning(400))) == 58 and round(width(np.hanning(1600), 1 << 19)) == 14
    assert abs(width(np.hanning(400)) - width(np.hanning(400), 1 << 16)) < 0.6  # more zeros, same width
    assert width(np.ones(400)) < width(np.hanning(400))
    far = slice(1 << 13, None)
    leak = [abs(np.fft.rfft(w / w.sum(), 1 << 17))[far].max() for w in (np.hanning(400), np.ones(400))]
    assert leak[0] < leak[1] / 100
    shares = []
    for place in (8_000, 8_040):  # a click, then one 2.5 ms later
        wave = np.zeros(16_000)
        wave[place] = 1
        frames = np.lib.stride_tricks.sliding_window_view(wave, 400)[::160]
        power = (abs(np.fft.rfft(frames * np.hanning(400))) ** 2).mean(1)
        shares.append([round(float(v), 3) for v in power[48:51]])
    assert shares == [[0.115, 0.821, 0.0], [0.008, 1.0, 0.009]]
    t = np.arange(1_000) / 16000
    assert np.allclose(np.cos(2 * np.pi * 9000 * t), np.cos(2 * np.pi * 7000 * t))
    assert np.isclose(log((2.0) ** 2), log(4))
    bins = np.arange(201) * 40.0
    linear = 3 / 200  # mel per hertz up to 1,000 Hz, which is 15 mel; above, 27 mel for a factor of 6.4
    grid = np.linspace(0, 15 + 27 * log(8) / log(6.4), 130)
    edge = np.where(grid < 15, grid / linear, 1000 * np.exp(log(6.4) / 27 * (grid - 15)))
    assert np.isclose(edge[-1], 8000)
    assert ((bins > edge[:-2, None]) & (bins < edge[2:, None])).any(1).all()
    hertz = np.fft.rfftfreq(1 << 14, 1 / 16000)
    near = (hertz > 980) & (hertz < 1050)
    counts: dict[int, list[int]] = {400: [], 1600: []}
    for size, found in counts.items():
        t = np.arange(size) / 16000
        for phase in np.arange(16) * np.pi / 8:
            wave = np.cos(2 * np.pi * 1000 * t) + np.cos(2 * np.pi * 1030 * t + phase)
            power = (abs(np.fft.rfft(wave * np.hanning(size), 1 << 14)) ** 2)[near]
            inner = power[1:-1]
            found.append(int(((inner > power[:-2]) & (inner > power[2:]) & (inner > power.max() / 4)).sum()))
    assert set(counts[1600]) == {2} and 1 in counts[400]


def test_word_error_rate() -> None:
    """An independent recursion over all alignments; two splits of the first pair; 2 % against 50.5 %; 36 %; 2 points or
    20 %; quick check 0, 50, 100 and 200 %."""

    def totals(r: list[str], h: list[str]) -> set[tuple[int, int, int]]:
        if not r or not h:
            return {(0, len(r), len(h))}
        step = int(r[0] != h[0])
        found = {(s + step, d, i) for s, d, i in totals(r[1:], h[1:])}
        found |= {(s, d + 1, i) for s, d, i in totals(r[1:], h)}
        return found | {(s, d, i + 1) for s, d, i in totals(r, h[1:])}

    def best(reference: str, transcript: str) -> set[tuple[int, int, int]]:
        every = totals(reference.split(), transcript.split())
        least = min(map(sum, every))
        return {one for one in every if sum(one) == least}

    assert best("turn the light off", "turn light of now") == {(3, 0, 0), (1, 1, 1)}
    assert best("stop", "stop it now please") == {(0, 0, 3)}
    assert {sum(one) for one in best("It's 5 o'clock.", "it is five o clock")} == {5}
    assert best("do not call him", "do now call him") == {(1, 0, 0)}
    assert (1 + 1) / (1 + 99) == 0.02 and np.isclose((1 / 1 + 1 / 99) / 2, 0.505, atol=5e-4)
    assert round(0.95**20, 2) == 0.36 and np.isclose((10 - 8) / 10, 0.20) and 1 - 3 / 1 < 0
    words = "a b c d e"
    assert best(words, words + " " + words) == {(0, 0, 5)} and 5 / 5 == 1 and 5 / 10 == 0.5 and 10 / 5 == 2


def test_ctc_loss() -> None:
    """The recursion equals the sum over labelings, including doubles; the number of labelings is C(T + U, 2 U), about
    10^32 for 20 letters and 100 frames; least frames; 0.36 against 0.64; quick check; dropping first loses doubles;
    the gradient at the logits."""

    def collapse(path: object) -> str:
        return "".join(s for s, _ in groupby(path) if s != "_")  # type: ignore[call-overload]

    for frames, text in ((4, "a"), (5, "ab"), (6, "aba")):
        count = sum(collapse(q) == text for q in product("_ab", repeat=frames))
        assert count == comb(frames + len(text), 2 * len(text))
    assert 1e32 <= comb(120, 40) < 2e32
    for text, least in (("ab", 2), ("aa", 3), ("aab", 4), ("abab", 4)):
        doubles = sum(s == t for s, t in pairwise(text))
        assert least == len(text) + doubles
        for frames in (least - 1, least):
            found = any(collapse(q) == text for q in product("_ab", repeat=frames))
            assert found == (frames == least)
    both: dict[str, float] = {}
    for q in product("_a", repeat=2):
        both[collapse(q)] = both.get(collapse(q), 0) + float(np.prod([{"_": 0.6, "a": 0.4}[s] for s in q]))
    assert np.isclose(both[""], 0.36) and np.isclose(both["a"], 0.64) and np.isclose(0.24 + 0.24 + 0.16, 0.64)
    read = {"t o o o": "to", "t t o _ o": "too", "t _ o o": "to", "_ t o o _": "to", "t o _ o": "too"}
    assert all(collapse(path.split()) == word for path, word in read.items())
    assert "".join(s for s, _ in groupby("to_o".replace("_", ""))) == "to"
    assert exp(-800) == 0.0 or np.prod(np.full(400, 0.1)) == 0  # products underflow, sums of logs do not
    rng = np.random.default_rng(0)
    logits, h = rng.normal(size=(4, 3)), 1e-5
    fits = [q for q in product(range(3), repeat=4) if collapse("_ab"[k] for k in q) == "ab"]

    def weights(logits: np.ndarray) -> np.ndarray:
        p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
        return np.array([np.prod(p[range(4), q]) for q in fits])

    share = weights(logits) / weights(logits).sum()
    for t, k in product(range(4), range(3)):
        up, down = logits.copy(), logits.copy()
        up[t, k] += h
        down[t, k] -= h
        slope = -(log(weights(up).sum()) - log(weights(down).sum())) / (2 * h)
        fit = sum(w for w, q in zip(share, fits, strict=True) if q[t] == k)
        assert np.isclose(slope, np.exp(logits[t, k]) / np.exp(logits[t]).sum() - fit, atol=1e-6)
