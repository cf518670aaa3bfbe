"""What the answers on learning from preferences compute: gradients, losses, optima and a reward that is climbed."""

from itertools import product
from math import exp, log, sqrt

import numpy as np
from scipy.special import expit, logit, softmax
from scipy.stats import binom, cauchy, norm


def test_rlhf() -> None:
    """Probabilities 0.5, 0.3, 0.2 with rewards 1, 2, 4: average 1.9, gradient -0.45, 0.03, 0.42; the identity for the
    gradient against finite differences; adding 10 changes nothing, a factor does; a clipped ratio earns nothing."""
    p, reward = np.array([0.5, 0.3, 0.2]), np.array([1.0, 2.0, 4.0])
    z = np.log(p)
    score = np.eye(3) - p  # row y: gradient of ln p(y) in the logits

    def policy_gradient(r: np.ndarray) -> np.ndarray:
        return (p * r) @ score

    assert np.isclose(p @ reward, 1.9) and np.allclose(policy_gradient(reward), (-0.45, 0.03, 0.42))
    h = 1e-6
    numeric = [(softmax(z + h * e) @ reward - softmax(z - h * e) @ reward) / (2 * h) for e in np.eye(3)]
    assert np.allclose(numeric, policy_gradient(reward), atol=1e-8) and np.allclose(p @ score, 0)
    assert np.allclose(policy_gradient(reward + 10), policy_gradient(reward))
    assert np.allclose(policy_gradient(10 * reward), 10 * policy_gradient(reward))
    # the penalty is zero at the start, and so is its gradient
    assert np.allclose(policy_gradient(z - np.log(p)), 0)

    def clipped(ratio: float, advantage: float) -> float:
        return min(ratio * advantage, float(np.clip(ratio, 0.8, 1.2)) * advantage)

    assert clipped(1.5, 1.0) == clipped(1.3, 1.0) and clipped(0.5, -1.0) == clipped(0.7, -1.0)
    models = ("policy", "baseline", "reward model", "reference")
    assert len(models) == 4


def test_reward_model() -> None:
    """Gap 2: 88 %, loss 0.13, 2.13 the wrong way, tie 0.69; constants per prompt; 20 % coin flips make 2 into 1.42;
    60 to 40 is 0.41; an 84 to 16 split agrees on 73 %; 9 answers are 36 pairs; gaps 2 and 1 are 88 % and 73 %."""
    gaps = np.array([2, -2, 0])
    loss = -np.log(expit(gaps))
    assert np.allclose(loss, (0.13, 2.13, 0.69), atol=0.005) and round(100 * expit(2)) == 88
    assert round(100 * expit(1)) == 73 and 5 - 4 == 1 and 1 - -1 == 2
    r = np.array([[5.0, 4.0], [1.0, -1.0]])  # a constant per prompt
    moved = r + np.array([[3.0], [-7.0]])
    assert np.allclose(r[:, 0] - r[:, 1], moved[:, 0] - moved[:, 1]) and moved[0, 0] > moved[1, 0]
    other = r - np.array([[10.0], [0.0]])
    assert other[0, 0] < other[1, 0] and np.allclose(np.diff(other), np.diff(r))
    noisy = 0.20 * 0.5 + 0.80 * expit(2)
    assert round(float(logit(noisy)), 2) == 1.42
    orders = [("A", "B", "C"), ("B", "C", "A"), ("C", "A", "B")]  # possible: three rotated orders give 2/3
    for first, second in ("AB", "BC", "CA"):
        share = np.mean([order.index(first) < order.index(second) for order in orders])
        assert np.isclose(share, 2 / 3) and share > 0.60
    assert 60 + 40 == 100 and round(float(logit(0.6)), 2) == 0.41
    assert round(100 * (0.84**2 + 0.16**2)) == 73 and np.isclose(max(0.84, 1 - 0.84), 0.84) and 84 + 16 == 100
    assert 9 * 8 // 2 == 36
    grades = np.array([7.0, 6.0])  # a strict rater subtracts the same from both
    assert np.isclose(np.diff(grades)[0], np.diff(grades - 2)[0])


def test_direct_preference_optimization() -> None:
    """Log-ratios 1 and -2 give 0.3 and 0.55, below 0.69, and e² = 7.4; the optimum solved for the reward gives the
    differences back; a common fall by 3 changes nothing, a single one does; the loss of the toy keeps falling; added
    ordinary loss helps with weight 0.1, not 0.01, IPO alone does not; larger beta needs a smaller log-ratio."""
    beta, pw, rw, pl, rl = 0.1, -20, -21, -18, -16

    def loss(a: float, b: float, strength: float = beta) -> float:
        return float(-np.log(expit(strength * ((a - rw) - (b - rl)))))

    assert pw - rw == 1 and pl - rl == -2 and np.isclose(beta * 3, 0.3)
    assert round(loss(pw, pl), 2) == 0.55 and round(loss(rw, rl), 2) == 0.69 and round(exp(pl - pw), 1) == 7.4
    assert np.isclose(loss(pw - 3, pl - 3), loss(pw, pl))
    assert loss(pw - 3, pl) > loss(pw, pl) > loss(pw, pl - 3)
    rng = np.random.default_rng(0)
    ref, reward = rng.dirichlet(np.ones(5)), rng.normal(size=5)
    best = ref * np.exp(reward / beta)
    implicit = beta * np.log(best / best.sum() / ref)
    assert np.allclose(implicit - implicit[0], reward - reward[0])
    w = np.linspace(0, 60, 601)
    assert np.all(np.diff(-np.log(expit(beta * w))) < 0)  # no finite weight is best
    p = softmax(np.log([0.45, 0.45, 0.10]) + w[:, None] * np.array([0, 1, 3]), axis=1)
    assert p[-1, 2] > 0.999 and p[-1, 1] < 0.001
    # the ordinary loss of the chosen answer, added with weight 0.1, holds it up; with 0.01 it does not
    v = np.linspace(0, 20, 20_001)
    held = softmax(np.log([0.45, 0.45, 0.10]) + v[:, None] * np.array([0, 1, 3]), axis=1)
    for weight, chosen, groveling in ((0.1, 0.43, 0.35), (0.01, 0.0, 1.0)):
        ends = held[np.argmin(-np.log(expit(beta * v)) - weight * np.log(held[:, 1]))]
        assert np.allclose(ends[1:], (chosen, groveling), atol=0.005)
    ipo = p[np.argmin((w - 1 / (2 * beta)) ** 2)]  # IPO's finite target for the difference of log-ratios
    assert ipo[1] < 0.001 and ipo[2] > 0.999
    needed = [float(logit(0.9)) / b for b in (0.1, 0.5)]
    assert needed[0] > needed[1]
    # with beta times a KL penalty and a finite score gap the optimum is finite
    gap = 2.0
    assert np.isfinite(gap / beta)
    # unlimited data on all pairs: the loss is lowest at the penalized optimum
    scores = np.array([0.0, 1.0, -0.5])
    prefer = expit(scores[:, None] - scores)

    def total(h: np.ndarray) -> float:
        return float(-(prefer * np.log(expit(h[:, None] - h))).sum())

    for _ in range(20):
        assert total(scores + 0.1 * rng.normal(size=3)) > total(scores)


def test_grpo() -> None:
    """Two of eight: mean 0.25, deviation 0.433, advantages 1.73 and -0.58, or 1.62 and -0.54; equal rewards give
    zero; the push m(1-m) and its root, 25-fold and 18-fold for G = 8; a quarter per
    token; the factor (G-1)/G by enumeration; quick check 0.75, -1.73 and 0.58, three times."""
    r = np.array([1, 1, 0, 0, 0, 0, 0, 0])
    assert r.mean() == 0.25 and round(float(r.std()), 3) == 0.433
    a = (r - r.mean()) / r.std()
    assert round(float(a[0]), 2) == 1.73 and round(float(a[-1]), 2) == -0.58
    assert not np.any(np.ones(8) - np.ones(8).mean())
    for g in (2, 3, 4):  # policy over three answers, one of them right; enumerate all groups
        p, reward = np.array([0.5, 0.3, 0.2]), np.array([0.0, 1.0, 0.0])
        score = np.eye(3) - p
        total = np.zeros(3)
        left_out = np.zeros(3)
        for group in product(range(3), repeat=g):
            y = np.array(group)
            surplus = reward[y] - reward[y].mean()
            total += p[y].prod() * surplus @ score[y] / g
            left_out += p[y].prod() * surplus * g / (g - 1) @ score[y] / g
        exact = (p * reward) @ score
        assert np.allclose(total, exact * (g - 1) / g) and np.allclose(left_out, exact)
        right, wrong = score[1], (p[[0, 2]] @ score[[0, 2]]) / 0.7
        assert np.allclose(exact, 0.3 * 0.7 * (right - wrong))  # the weight p (1 - p)
    k = np.arange(9)
    share = k / 8 * (1 - k / 8)
    for power, fold in ((1, 25), (0.5, 18)):
        assert round(float(binom.pmf(k, 8, 0.5) @ share**power / (binom.pmf(k, 8, 0.01) @ share**power))) == fold
    assert np.isclose(a[:2].sum() / 8, sqrt(share[2])) and np.isclose((r - r.mean())[:2].sum() / 8, share[2])
    sample = (r - r.mean()) / r.std(ddof=1)
    assert round(float(sample[0]), 2) == 1.62 and round(float(sample[-1]), 2) == -0.54
    assert (1 / 400) / (1 / 100) == 1 / 4
    four = np.array([1, 1, 1, 0])
    assert four.mean() == 0.75
    b = (four - four.mean()) / four.std()
    assert round(float(b[3]), 2) == -1.73 and round(float(b[0]), 2) == 0.58 and np.isclose(-b[3] / b[0], 3)


def test_kl_penalty() -> None:
    """The objective is beta ln Z minus beta KL to the optimum; the table 0.23, 0.45, 1.00 and 0.07, 0.41, 2.30; ln 2 =
    0.69; both estimators average to the KL and have the printed deviations; their gradients on fixed samples; 0.43
    nats from 1 % to 20 %; 2r + 5 needs twice the beta; normal rewards cost (s/beta)²/2."""
    rng = np.random.default_rng(0)

    def kl(a: np.ndarray, b: np.ndarray) -> float:
        return float((a * np.log(a / b)).sum())

    def optimum(q: np.ndarray, r: np.ndarray, beta: float) -> np.ndarray:
        return softmax(np.log(q) + r / beta)

    q, r = rng.dirichlet(np.ones(6)), rng.normal(size=6)
    for beta in (0.2, 1.0, 3.0):
        z, best = float((q * np.exp(r / beta)).sum()), optimum(q, r, beta)
        for _ in range(5):
            p = rng.dirichlet(np.ones(6))
            assert np.isclose(p @ r - beta * kl(p, q), beta * log(z) - beta * kl(p, best))
        assert np.allclose(optimum(q, 2 * r + 5, 2 * beta), best)
        assert not np.allclose(optimum(q, 2 * r + 5, beta), best)
        assert np.allclose(optimum(q, 2 * r, beta), optimum(q, r, beta / 2))
    assert np.allclose(optimum(q, r, 1e6), q, atol=1e-5) and optimum(q, r, 1e-3)[r.argmax()] > 0.999
    small = np.array([0.9, 0.1])
    for beta, good, nats in ((1, 0.23, 0.07), (0.5, 0.45, 0.41), (0.1, 1.00, 2.30)):
        p = optimum(small, np.array([0, 1]), beta)
        assert round(float(p[1]), 2) == good and round(kl(p, small), 2) == nats
    assert round(log(2), 2) == 0.69 and np.isclose(kl(np.array([0.2, 0.8]), np.array([0.1, 0.4])), log(2))
    assert round(kl(np.array([0.2, 0.8]), np.array([0.01, 0.99])), 2) == 0.43 and 0.2 == 20 / 100

    x = np.linspace(-12, 12, 24_001)  # the policy is normal around 0, the reference around d
    weight = norm.pdf(x) * 0.001
    for d in (0.1, 0.5, 1.0, 2.0):
        log_u = d * x - d * d / 2
        for k, sd in ((-log_u, d), (np.exp(log_u) - 1 - log_u, sqrt(exp(d * d) - 1 - d * d))):
            mean = weight @ k
            assert np.isclose(mean, d * d / 2) and np.isclose(sqrt(weight @ (k - mean) ** 2), sd, rtol=1e-4)
        assert (np.exp(log_u) - 1 - log_u).min() > -1e-12 > (-log_u).min()

    p = optimum(q, r, 1.0)
    score, u = np.eye(6) - p, q / p  # row y: gradient of ln p(y) in the logits
    h, z = 1e-6, np.log(p)
    true = [(kl(softmax(z + h * e), q) - kl(softmax(z - h * e), q)) / (2 * h) for e in np.eye(6)]
    other = [(kl(q, softmax(z + h * e)) - kl(q, softmax(z - h * e))) / (2 * h) for e in np.eye(6)]
    assert np.allclose((p * -np.log(u)) @ score, true, atol=1e-7)  # as part of the reward
    assert np.allclose(p @ score, 0)  # differentiating -ln u: the score itself
    assert np.allclose((p * (1 - u)) @ score, other, atol=1e-7)  # differentiating u - 1 - ln u
    assert not np.allclose(true, other, atol=1e-3)
    for spread, beta, nats in ((1.0, 1.0, 0.5), (3.0, 3.0, 0.5), (1.0, 0.25, 8.0), (3.0, 0.75, 8.0)):
        weight = norm.pdf(x) * 0.001  # rewards under the reference are spread * x
        best = weight * np.exp(spread * x / beta)
        best /= best.sum()
        assert np.isclose(kl(best, weight), nats, atol=1e-3) and np.isclose(nats, (spread / beta) ** 2 / 2)


def test_reward_hacking() -> None:
    """Moving a normal by m costs m²/2 and gains m - m²/4, best at 2 nats, zero at 8; a square term finds that peak
    from old pairs; best of n: normal errors keep
    raising true quality, Cauchy errors lose it again, and a reward for length alone ends below the start."""
    m = np.linspace(0, 6, 601)
    x, w = np.polynomial.hermite_e.hermegauss(20)
    w = w / w.sum()
    for shift in (0.0, 1.0, 2.0, 4.0, 6.0):
        length = x + shift
        gain = w @ (length - length**2 / 4) - w @ (x - x**2 / 4)
        assert np.isclose(gain, shift - shift**2 / 4)
        log_ratio = norm.logpdf(length, shift) - norm.logpdf(length)
        assert np.isclose(w @ log_ratio, shift**2 / 2)
        tilted = norm.pdf(x) * np.exp(shift * x)  # reward 0.925 L, beta 0.925 / shift
        assert np.ptp(np.log(tilted) - norm.logpdf(x, shift)) < 1e-9
    best = m[np.argmax(m - m**2 / 4)]
    rng, peaks = np.random.default_rng(0), []
    for _ in range(20):  # a reward model with a square term, fitted to 4000 pairs of the reference
        one, two = rng.normal(size=(2, 4000))
        gap = np.stack([one - two, one**2 - two**2], 1)
        wins, coef = rng.random(4000) < expit(gap @ (1, -0.25)), np.zeros(2)
        for _ in range(6):
            p = expit(gap @ coef)
            coef += np.linalg.solve((gap * (p * (1 - p))[:, None]).T @ gap, gap.T @ (wins - p))
        peaks.append(-coef[0] / (2 * coef[1]))
    assert abs(np.mean(peaks) - 2) < 4 * np.std(peaks, ddof=1) / sqrt(20) < 0.2 and 1.5 < min(peaks) < max(peaks) < 2.5
    assert np.isclose(best**2 / 2, 2) and 4 - 4**2 / 4 == 0 and 4**2 / 2 == 8 and 6 - 6**2 / 4 < 0

    # best of n by score = quality + error, on a grid of qualities (rows) and quantiles of the score (columns)
    quality = np.linspace(-8, 8, 201)[:, None]
    density = norm.pdf(quality) * 0.08
    kept = {}
    for name, error in (("normal", norm), ("cauchy", cauchy)):
        score = np.r_[np.linspace(-15, 15, 401)[:-1], np.geomspace(15, 1e7, 300)]
        share = (density * error.cdf(score - quality)).sum(0)
        middle = (score[1:] + score[:-1]) / 2
        joint = density * error.pdf(middle - quality)
        mean = (quality * joint).sum(0) / np.maximum(joint.sum(0), 1e-300)
        mean = np.where(joint.sum(0) > 1e-200, mean, 0)
        kept[name] = [float(np.diff(share**n) @ mean) for n in (3, 10, 100, 1_000, 100_000)]
    assert np.all(np.diff(kept["normal"]) > 0) and kept["normal"][-1] > 2
    assert max(kept["cauchy"]) > 0.3 and kept["cauchy"][-1] < 0.05 and kept["cauchy"][-1] < kept["cauchy"][2]
    # slower than by the truth itself: the expected best of 10 normals is 1.539
    assert np.isclose(kept["normal"][1], 1.539 / sqrt(2), atol=0.01)
    edges = np.linspace(-8, 9, 3_401)
    longest, centers = np.diff(norm.cdf(edges) ** 1_000_000), (edges[1:] + edges[:-1]) / 2
    assert longest @ (centers - centers**2 / 4) < -0.25  # the reference's average is -1/4
