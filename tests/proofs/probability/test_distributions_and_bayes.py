"""Proofs for "Distributions and Bayes": what the page states and has no room to run, one function a question.

Numbers of the prose, keys of the quick checks, and the claims in mistakes and follow-ups.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise, product
from math import comb, exp, log, pi, sqrt

import numpy as np
import pytest
from scipy import integrate, special, stats
from sklearn.calibration import calibration_curve
from sklearn.linear_model import LogisticRegression, TweedieRegressor
from sklearn.naive_bayes import BernoulliNB


def test_discrete_vs_continuous() -> None:
    """A density above 1 (clock, uniform) that no draw hits exactly, and its change of unit; jumps of the cumulative
    function are the lumps; revenue: 0.99 dollars per visitor, 39 % less from a mean of logarithms, a normal fit below
    zero with 46 %, but averages over many visitors near normal (skewness 0.26 at 10,000), a Tweedie model with the lump
    built in and tied to the mean, and none at scikit-learn's default power; ties only at lumps, of which list prices
    are some, or by rounding; max(0, Z): half at zero, mean 0.40; collinear columns: singular covariance, Cantor: no
    jumps and no density; dequantization: spikes on the pixels win without it, lose with it, and the noisy log-density
    is a lower bound; the capped response time (quick check): 0.082 at the cap, density 0.041."""
    rng = np.random.default_rng(0)
    n = 1_000_000
    clock = stats.norm(0, 0.1)
    assert round(clock.pdf(0), 3) == 3.989 and round(stats.norm(0, 100).pdf(0), 6) == 0.003989
    assert round(0.00797871 / 0.002, 3) == 3.989
    assert integrate.quad(clock.pdf, -1, 1)[0] == pytest.approx(1)
    assert stats.uniform(0, 0.5).pdf(0.2) == 2
    draws = clock.rvs(n, random_state=rng)
    assert not (draws == 0.5).any() and not (draws == 0).any()
    assert np.unique(draws).size > n - 5  # floats: a tie is possible, and rarer than one in 100,000
    assert stats.poisson(2).pmf(range(200)).sum() == pytest.approx(1) and stats.poisson(2).pmf(100) > 0

    # revenue: 3 % buy, log-normal with median 20
    buys = rng.random(n) < 0.03
    revenue = buys * rng.lognormal(log(20), 1, n)
    assert abs((revenue == 0).mean() - 0.97) < 4 * sqrt(0.97 * 0.03 / n)
    assert np.unique(revenue[revenue > 0]).size > buys.sum() - 3  # ties at the lump only
    mean, second = 0.03 * 20 * exp(0.5), 0.03 * 400 * exp(2)
    assert round(20 * exp(0.5), 2) == 32.97
    assert round(mean, 2) == 0.99 and abs(revenue.mean() - mean) < 4 * sqrt(second / n)
    # a mean of logarithms, exponentiated, finds the median of the buyers
    spent = revenue[buys]
    assert abs(np.log(spent).mean() - log(20)) < 4 / sqrt(spent.size) and round(1 - 20 / (20 * exp(0.5)), 2) == 0.39
    assert abs((spent < np.exp(np.log(spent).mean())).mean() - 0.5) < 4 * 0.5 / sqrt(spent.size)
    sd = sqrt(second - mean**2)
    assert round(stats.norm(mean, sd).cdf(0), 2) == 0.46
    # averages: the skewness falls from 26 as 1 / sqrt(visitors), and so does the distance from the normal
    skewness = (0.03 * 8_000 * exp(4.5) - 3 * mean * second + 2 * mean**3) / sd**3
    assert round(skewness) == 26 and skewness / sqrt(100_000) < 0.1 and round(skewness / sqrt(10_000), 2) == 0.26
    at_10_000 = []  # and by simulation, sharpened by repetition
    for _ in range(20):
        buyers = rng.binomial(10_000, 0.03, 500)
        ends = np.concatenate([[0], np.cumsum(buyers)])
        amounts = np.concatenate([[0.0], np.cumsum(rng.lognormal(log(20), 1, ends[-1]))])
        deviation = (np.diff(amounts[ends]) / 10_000 - mean) / (sd / 100)
        at_10_000.append((deviation**3).mean())
    assert abs(np.mean(at_10_000) - skewness / 100) < 4 * np.std(at_10_000, ddof=1) / sqrt(20)
    assert np.mean(at_10_000) > 4 * np.std(at_10_000, ddof=1) / sqrt(20)
    distances = []
    for visitors in (100, 1_000, 100_000):
        buyers = rng.binomial(visitors, 0.03, 1_000)
        amounts = np.concatenate([[0.0], np.cumsum(rng.lognormal(log(20), 1, buyers.sum()))])
        ends = np.concatenate([[0], np.cumsum(buyers)])
        averages = np.diff(amounts[ends]) / visitors
        distances.append(stats.kstest(averages, stats.norm(mean, sd / sqrt(visitors)).cdf).statistic)
    assert distances[0] > 0.1 and distances[2] < 1.63 / sqrt(1_000) + 0.02  # 1 % point of the test, and some skewness
    # fixed prices add lumps (a fifth of the buyers take the one article at 20), and rounding makes ties without a lump
    listed = np.where(rng.random(n) < 0.2, 20.0, rng.lognormal(log(20), 1, n))[buys]
    assert abs((listed == 20).mean() - 0.2) < 4 * 0.4 / sqrt(buys.sum()) and (listed == 21).mean() == 0
    rounded = np.unique(np.round(revenue[buys]), return_counts=True)[1]
    assert rounded.max() > 100
    # a Tweedie variable is a Poisson number of gamma amounts: zero with probability exp(-rate); the GLM finds its mean
    x = rng.integers(0, 2, 40_000)
    rate = np.where(x == 1, 0.6, 0.2)
    orders = rng.poisson(rate)
    tweedie = np.where(orders > 0, rng.gamma(2.0 * np.maximum(orders, 1), 10.0), 0.0)
    for value in (0, 1):
        here = tweedie[x == value]
        zero = exp(-(0.2, 0.6)[value])
        assert abs((here == 0).mean() - zero) < 4 * sqrt(zero * (1 - zero) / here.size)
    # at one power and one dispersion the mean alone decides the share of zeros: rate m^(2 - p) / (dispersion (2 - p))
    power, dispersion, shares = 1.5, 4.0, []
    for m in (1.0, 4.0, 16.0):
        events = m ** (2 - power) / (dispersion * (2 - power))
        shape, scale = (2 - power) / (power - 1), dispersion * (power - 1) * m ** (power - 1)
        assert events * shape * scale == pytest.approx(m)  # it has this mean, and the variance of a Tweedie model
        assert events * shape * (shape + 1) * scale**2 == pytest.approx(dispersion * m**power)
        counts = rng.poisson(events, 100_000)
        drawn = np.where(counts > 0, rng.gamma(shape * np.maximum(counts, 1), scale), 0.0)
        shares.append(exp(-events))
        assert abs((drawn == 0).mean() - shares[-1]) < 4 * 0.5 / sqrt(100_000)
        assert abs(drawn.mean() - m) < 4 * drawn.std() / sqrt(100_000)
    assert shares == sorted(shares, reverse=True) and shares[0] > 0.6 > 0.2 > shares[2]
    fit = TweedieRegressor(power=1.5, alpha=0, link="log", max_iter=1_000).fit(x[:, None], tweedie)
    for value, truth in ((0, 4.0), (1, 12.0)):
        here = tweedie[x == value]
        error = here.std() / sqrt(here.size)
        assert abs(fit.predict([[value]])[0] - truth) < 4 * error
    assert TweedieRegressor().power == 0  # the default is least squares with a penalty: a normal, no lump
    default = TweedieRegressor(alpha=0).fit(x[:, None], tweedie)
    assert default.coef_[0] == pytest.approx(np.polyfit(x, tweedie, 1)[0], rel=1e-3)

    # max(0, Z)
    z = np.maximum(0, rng.normal(size=n))
    assert abs((z == 0).mean() - 0.5) < 4 * 0.5 / sqrt(n)
    mean = 1 / sqrt(2 * pi)
    assert round(mean, 2) == 0.40
    assert integrate.quad(lambda v: v * stats.norm.pdf(v), 0, np.inf)[0] == pytest.approx(mean)
    assert abs(z.mean() - mean) < 4 * z.std() / sqrt(n)

    # two exactly collinear columns have no density; the Cantor distribution has no lump, on a set of length 0
    first = rng.normal(size=1_000)
    assert np.linalg.matrix_rank(np.cov(first, 2 * first)) == 1
    with pytest.raises(np.linalg.LinAlgError):
        stats.multivariate_normal(cov=[[1, 2], [2, 4]])
    for digits in (1, 5, 20):  # 2^d intervals of length 3^-d carry all, each one 2^-d
        assert 2**digits * Fraction(1, 3**digits) == Fraction(2, 3) ** digits
        assert 2**digits * Fraction(1, 2**digits) == 1
    assert Fraction(2, 3) ** 20 < Fraction(1, 1_000)

    # pixels: spikes of width w on the 256 values have density 1/(256 w) there: no bound; with noise, spikes lose
    pixels = rng.integers(0, 256, 5_000)
    noisy = pixels + rng.random(5_000)
    flat = -log(256)
    for w in (0.1, 0.01, 0.001):
        on_pixels = log(1 / (256 * w))
        assert on_pixels == pytest.approx(flat - log(w)) and on_pixels > flat
        outside = (noisy % 1 > w).mean()  # these rows get density 0
        assert outside > 0.85
    # Jensen: the log-density, averaged over the noise, is at most the log of the area above the pixel's interval
    noise = (np.arange(2_000) + 0.5) / 2_000
    for width in (0.05, 0.2, 1.0, 60.0):  # normals on every 8th value, from spikes to a smooth curve
        centers = np.arange(0, 256, 8) + 0.5
        for pixel in (0, 3, 8, 100, 255):
            low, high = (pixel - centers) / width, (pixel + 1 - centers) / width
            left, right = np.where(low > 0, (-high, -low), (low, high))  # the tail that keeps its digits
            tails = stats.norm.cdf(right) - stats.norm.cdf(left)
            density = stats.norm(centers, width).pdf((pixel + noise)[:, None]).mean(1)
            with np.errstate(divide="ignore"):  # far from a spike the density is 0 in double precision
                below = np.log(density).mean()
            gap = log(tails.mean()) - below if tails.mean() > 0 else 0.0
            assert gap > -1e-6 and (width < 60 or gap < 1e-3) and (width > 0.05 or pixel % 8 or gap > 10)
    # a density that is not flexible cannot: a single normal has its maximum at the mean and deviation of the pixels
    widths = pixels.std() * np.geomspace(0.01, 100, 201)
    totals = [stats.norm(pixels.mean(), w).logpdf(pixels).sum() for w in widths]
    assert int(np.argmax(totals)) == 100

    # quick check
    cap = exp(-2.5)
    assert round(cap, 3) == 0.082 and round(0.5 * cap, 3) == 0.041
    seen = np.minimum(rng.exponential(2, n), 5)
    assert abs((seen == 5).mean() - cap) < 4 * sqrt(cap * (1 - cap) / n)
    assert np.unique(seen[seen < 5]).size > (seen < 5).sum() - 5


def test_probability_vs_likelihood() -> None:
    """Rows sum to 1, areas under columns are 1/(n + 1) for every n and k; the maximum is k/n, and the same coin in
    log-odds; an area of 1 makes no posterior; the order has a quarter of the count's likelihood; posteriors 13/16 and
    7/8, the latter only if both faces came up; a density's peak moves with the parameter; after three heads of three
    mode 1, mean 0.8, and no probability at 1; a stopping rule changes p-values (5/16, 1/8), the likelihood by a factor
    4; underflow; cross-entropy and squared error as log-likelihoods; -693; the Jacobian of log y; a mixture's unbounded
    likelihood; nested models; the quick check's shift of 69, which leaves ratios."""
    for n in (1, 4, 10, 30):
        for theta in (0.1, 0.5, 0.77):
            assert stats.binom.pmf(np.arange(n + 1), n, theta).sum() == pytest.approx(1)
        for k in range(n + 1):
            area = integrate.quad(lambda t, k=k, n=n: stats.binom.pmf(k, n, t), 0, 1)[0]
            assert area == pytest.approx(1 / (n + 1))
    theta = np.linspace(0.001, 0.999, 999)
    likelihood = stats.binom.pmf(3, 4, theta)
    assert theta[likelihood.argmax()] == pytest.approx(0.75)
    log_odds = np.linspace(-5, 5, 10_001)
    best = log_odds[stats.binom.pmf(3, 4, 1 / (1 + np.exp(-log_odds))).argmax()]
    assert 1 / (1 + exp(-best)) == pytest.approx(0.75, abs=1e-3)
    # a density, on the other hand, moves: Beta(4, 2) peaks at 0.75, the same law in log-odds at 4/6
    moved = stats.beta(4, 2).pdf(theta) * theta * (1 - theta)
    assert theta[moved.argmax()] == pytest.approx(4 / 6, abs=1e-3)
    assert round(0.4219 / 0.25, 1) == 1.7 == round((0.75**3 * 0.25) / 0.5**4, 1)
    order = theta**3 * (1 - theta)
    assert np.allclose(order / likelihood, 1 / 4) and comb(4, 3) == 4
    assert 1 - stats.beta(4, 2).cdf(0.5) == pytest.approx(13 / 16) and round(13 / 16, 2) == 0.81  # flat in theta
    # flat in log-odds is 1 / (theta (1 - theta)) in theta: integrate instead of trusting the formula
    total = integrate.quad(lambda t: t**3 * (1 - t) / (t * (1 - t)), 0, 1)[0]
    assert integrate.quad(lambda t: t**3 * (1 - t) / (t * (1 - t)), 0.5, 1)[0] / total == pytest.approx(7 / 8)

    # improper: with four heads of four the integral grows without bound (by log 10 per decade), with three it does not
    for heads, grows in ((4, log(10)), (3, 0.0)):
        parts = [
            integrate.quad(lambda t, h=heads: t ** (h - 1) * (1 - t) ** (3 - h), 0.5, 1 - e)[0] for e in (1e-4, 1e-5)
        ]
        assert parts[1] - parts[0] == pytest.approx(grows, abs=1e-3)
    # an area of 1 is no posterior: the likelihood of a normal mean, one reading at 2, and its posterior by N(0, 1)
    assert integrate.quad(lambda m: stats.norm(m, 1).pdf(2), -20, 20)[0] == pytest.approx(1)
    means = np.linspace(-10, 10, 20_001)
    weight = stats.norm(means, 1).pdf(2)
    after = weight * stats.norm(0, 1).pdf(means)
    above = means > 2
    assert weight[above].sum() / weight.sum() == pytest.approx(0.5, abs=1e-3)
    assert after[above].sum() / after.sum() == pytest.approx(stats.norm(1, sqrt(0.5)).sf(2), abs=1e-3)

    # stopping at the first tail, which comes fourth
    assert np.allclose(stats.geom.pmf(4, 1 - theta) / order, 1)
    assert np.allclose(likelihood / stats.geom.pmf(4, 1 - theta), 4)
    flips = list(product((0, 1), repeat=4))
    assert Fraction(sum(sum(f) >= 3 for f in flips), 16) == Fraction(5, 16)
    assert Fraction(sum(f[:3] == (1, 1, 1) for f in flips), 16) == Fraction(1, 8)

    # logarithms
    assert 0.5**1075 == 0.0 < 0.5**1074 and np.prod(np.full(1_075, 0.5)) == 0.0
    assert round(1_000 * log(0.5)) == -693
    rng = np.random.default_rng(1)
    scores = rng.normal(size=(50, 3))
    softmax = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    label = rng.integers(0, 3, 50)
    assert np.allclose(softmax.sum(1), 1)
    cross_entropy = -(np.eye(3)[label] * np.log(softmax)).sum(1).mean()
    assert cross_entropy == pytest.approx(
        -np.mean([stats.multinomial.logpmf(np.eye(3)[c], 1, p) for c, p in zip(label, softmax, strict=True)])
    )
    y = rng.normal(size=20)
    loss: Callable[[float], float] = lambda m: -stats.norm(m, 1.3).logpdf(y).sum()  # noqa: E731
    square: Callable[[float], float] = lambda m: ((y - m) ** 2).sum() / (2 * 1.3**2)  # noqa: E731
    constants = [loss(m) - square(m) for m in (-2.0, 0.0, 0.4, 3.0)]
    assert np.allclose(constants, constants[0])

    # three heads of three
    assert theta[stats.binom.pmf(3, 3, theta).argmax()] == theta[-1] and stats.binom.pmf(3, 3, 1.0) == 1
    weight = theta**3 / (theta**3).sum()  # flat prior: the posterior is the rescaled likelihood, Beta(4, 1)
    assert (weight * theta).sum() == pytest.approx(0.8, abs=2e-3) and stats.beta(4, 1).mean() == pytest.approx(0.8)
    assert np.allclose(np.cumsum(weight), stats.beta(4, 1).cdf(theta + 5e-4), atol=3e-3)
    assert weight.argmax() == len(theta) - 1
    for near in (1e-2, 1e-4, 1e-6):  # the mass within `near` of 1 vanishes with it
        assert stats.beta(4, 1).sf(1 - near) == pytest.approx(4 * near, rel=0.02)

    # y and log y: as they are, the wrong model may win by any margin (units!); corrected, the right one does
    for seed in range(20):
        draws = np.random.default_rng(seed).lognormal(3, 0.5, 500)
        on_y = stats.norm(draws.mean(), draws.std()).logpdf(draws).sum()
        logs = np.log(draws)
        on_log = stats.norm(logs.mean(), logs.std()).logpdf(logs).sum()
        corrected = on_log - logs.sum()
        exact = stats.lognorm(logs.std(), scale=exp(logs.mean())).logpdf(draws).sum()
        assert corrected == pytest.approx(exact) and corrected > on_y
        # data that are normal: uncorrected, the wrong model (log y) looks better by far
        draws = np.random.default_rng(seed).normal(50, 15, 500)
        draws = draws[draws > 1]
        on_y = stats.norm(draws.mean(), draws.std()).logpdf(draws).sum()
        logs = np.log(draws)
        on_log = stats.norm(logs.mean(), logs.std()).logpdf(logs).sum()
        assert on_log > on_y > on_log - logs.sum()

    # a mixture: one component on a data point
    values = []
    for width in (1e-2, 1e-20, 1e-80, 1e-200):
        density = 0.5 * stats.norm(0, 1).pdf(y)
        density[0] += 0.5 / (width * sqrt(2 * pi))
        values.append(np.log(density).sum())
    assert all(later > earlier + 40 for earlier, later in pairwise(values))

    # nested models, each at its maximum, on the training rows: a useless column never lowers the likelihood
    for seed in range(20):
        draw = np.random.default_rng(seed)
        a, target = draw.normal(size=(30, 2)), draw.normal(size=30)
        small = ((target - a[:, :1] @ np.linalg.lstsq(a[:, :1], target)[0]) ** 2).mean()
        large = ((target - a @ np.linalg.lstsq(a, target)[0]) ** 2).mean()
        assert large <= small  # the maximized normal log-likelihood is -n/2 (log(2 pi mse) + 1)

    # quick check: any ten readings, here scaled so that the first log-likelihood is 8
    reading = rng.normal(size=10)
    reading = reading / reading.std() * exp(-0.8 - 0.5 * (log(2 * pi) + 1))

    def fitted(x: np.ndarray) -> float:
        return float(stats.norm(x.mean(), x.std()).logpdf(x).sum())

    assert fitted(reading) == pytest.approx(8)
    assert fitted(1_000 * reading) == pytest.approx(8 - 10 * log(1_000)) and round(8 - 10 * log(1_000)) == -61
    assert round(10 * log(1_000)) == 69
    # the ratio to another model, a Laplace fit, is the same in meters and in millimeters
    gaps = []
    for x in (reading, 1_000 * reading):
        middle = np.median(x)
        gaps.append(fitted(x) - stats.laplace(middle, abs(x - middle).mean()).logpdf(x).sum())
    assert gaps[0] == pytest.approx(gaps[1])


def test_bayes_theorem() -> None:
    """The posterior by counting, by odds and by simulation, at four base rates; both products are the joint
    probability; accuracies; 66.7 and 16.8 %; when a block pays; precision as an average over alerts; two alerts,
    independent, half copied and copied, and a naive Bayes that counts the copy twice; prior shift by a classifier
    trained on even classes (quick check: 0.99 becomes one half), and its limits: moved classes, scores not calibrated;
    priors that wash out, and three that do not (0, not identifiable, a parameter per reading), and a base rate, which
    does not; a posterior from likelihood times prior alone, and by MCMC; a filter in front raises the base rate if it
    removes a larger share of the honest, and false alarms from 5 to 17 %."""

    def posterior(prior: float, hit: float = 0.99, alarm: float = 0.05) -> float:
        return hit * prior / (hit * prior + alarm * (1 - prior))

    assert Fraction(99, 99 + 495) == Fraction(1, 6) and round(0.05 * 9_900, 9) == 495
    odds = Fraction(1, 99) * Fraction(99, 5)
    assert odds == Fraction(1, 5) and odds / (1 + odds) == Fraction(1, 6) and round(0.99 / 0.05, 9) == 19.8
    # P(H | D) P(D) = P(D | H) P(H) = 99 in 10,000, fraud and alert together
    assert Fraction(1, 6) * Fraction(594, 10_000) == Fraction(99, 100) * Fraction(1, 100) == Fraction(99, 10_000)
    # at one in six a block costs less than letting through exactly when a missed fraud costs over five false alarms
    for missed in (1, 4, 5, 6, 20):
        assert (Fraction(5, 6) < Fraction(1, 6) * missed) == (missed > 5)
    rng = np.random.default_rng(2)
    n = 2_000_000
    for base in (0.5, 0.1, 0.01, 0.001):
        fraud = rng.random(n) < base
        one = rng.random(n) < np.where(fraud, 0.99, 0.05)
        two = rng.random(n) < np.where(fraud, 0.99, 0.05)
        for fired, truth in ((one, posterior(base)), (one & two, posterior(posterior(base)))):
            share = fraud[fired].mean()
            assert abs(share - truth) < 4 * sqrt(truth * (1 - truth) / fired.sum())
        assert abs((one == fraud).mean() - (0.99 * base + 0.95 * (1 - base))) < 0.002
    assert round(0.99 * 0.01 + 0.95 * 0.99, 2) == 0.95 and 1 - 0.01 == 0.99
    assert round(posterior(0.01), 3) == 0.167 and round(posterior(0.01, alarm=0.005), 3) == 0.667
    assert round(posterior(0.01, hit=1.0), 3) == 0.168 and round(posterior(0.5), 3) == 0.952
    last = 1.0
    for copied in (0.0, 0.5, 1.0):  # how often the second detector repeats the first one's verdict
        both = [p * (copied + (1 - copied) * p) for p in (0.99, 0.05)]
        now = posterior(0.01, *both)
        assert now < last and (copied != 0.5 or round(now, 3) == 0.275)
        last = now
    assert last == pytest.approx(1 / 6)
    # it is shared false alarms that cost: with shared misses alone the second alert is worth slightly more
    assert posterior(0.01, 0.99, 0.05**2) > posterior(posterior(0.01)) > posterior(0.01, 0.99**2, 0.05)
    fraud = rng.random(200_000) < 0.01
    alert = rng.random(200_000) < np.where(fraud, 0.99, 0.05)
    for copies, expected in ((1, 1 / 6), (2, posterior(posterior(0.01)))):
        columns = np.repeat(alert[:, None], copies, axis=1)
        claim = BernoulliNB().fit(columns, fraud).predict_proba(np.ones((1, copies)))[0, 1]
        assert abs(claim - expected) < 0.03
    assert round(posterior(posterior(0.01)), 3) == 0.798
    # each feature weighs by its own likelihood ratio: a strong and a weak one are not equally important
    strong, weak = (rng.random(200_000) < np.where(fraud, p, 0.1) for p in (0.9, 0.12))
    model = BernoulliNB().fit(np.column_stack([strong, weak]), fraud)
    ratio = np.diff(model.feature_log_prob_, axis=0)[0]
    assert abs(ratio[0] - log(9)) < 0.1 and abs(ratio[1] - log(1.2)) < 0.3

    # prior shift: classes N(+-1, 1), trained on even classes, used at 1 %
    x = np.concatenate([rng.normal(1, 1, 50_000), rng.normal(-1, 1, 50_000)])[:, None]
    fit = LogisticRegression().fit(x, np.repeat([1, 0], 50_000))
    fraud = rng.random(n) < 0.01
    live = np.where(fraud, rng.normal(1, 1, n), rng.normal(-1, 1, n))[:, None]
    score = fit.predict_proba(live)[:, 1]
    shifted = score / (1 - score) * (0.01 / 0.99) / 1
    shifted = shifted / (1 + shifted)
    near = abs(score - 0.99) < 0.003
    share, error = fraud[near].mean(), 0.5 / sqrt(near.sum())
    assert abs(share - shifted[near].mean()) < 4 * error + 0.01 and abs(share - 0.5) < 4 * error + 0.02
    truth, said = calibration_curve(fraud, shifted, n_bins=5)
    assert np.abs(truth - said).max() < 0.06
    assert Fraction(99, 1) * Fraction(1, 99) == 1 and 0.01 / 0.5 == 0.02 and 0.99 / 0.5 == 1.98
    # precision at a threshold is the mean posterior of the alerts, and hides how far they differ
    fired = score > 0.9
    precision = fraud[fired].mean()
    assert abs(precision - shifted[fired].mean()) < 4 * 0.5 / sqrt(fired.sum()) + 0.01
    just, top = fired & (score < 0.92), score > 0.998
    assert fraud[just].mean() < 0.7 * precision and fraud[top].mean() > 2 * precision
    # and it fails where the classes themselves have moved: frauds that try harder to look honest
    moved = np.where(fraud, rng.normal(0, 1, n), rng.normal(-1, 1, n))[:, None]
    score = fit.predict_proba(moved)[:, 1]
    near = abs(score - 0.99) < 0.003
    assert fraud[near].mean() < 0.3

    # nor does it mend scores that were not calibrated on the training mix: with log-odds stretched
    score = fit.predict_proba(live)[:, 1]
    for sharpness in (1.5, 2.0):
        odds_said = (score / (1 - score)) ** sharpness / 99
        claimed = odds_said / (1 + odds_said)
        near = abs(claimed - 0.5) < 0.05
        share = fraud[near].mean()
        assert abs(share - 0.5) > 4 * 0.5 / sqrt(near.sum()) + 0.1

    # two slips at 1 %: 99 % and 95 % for what is 16.7 %, P(not H | D) being 83.3 % and not 5 %
    assert round(1 - posterior(0.01), 3) == 0.833
    # without P(D): likelihood times prior of three hypotheses, divided by their sum; a Metropolis chain of ratios only
    weights = np.array([0.7, 0.2, 0.1]) * np.array([0.05, 0.6, 0.99])
    exact = weights / weights.sum()
    sample = rng.choice(3, 200_000, p=[0.7, 0.2, 0.1])
    seen = sample[rng.random(200_000) < np.array([0.05, 0.6, 0.99])[sample]]
    assert np.abs(np.bincount(seen) / seen.size - exact).max() < 4 * 0.5 / sqrt(seen.size)
    state, visits = 0, np.zeros(3)
    for step, u in zip(rng.integers(1, 3, 20_000), rng.random(20_000), strict=True):
        new = (state + step) % 3
        state = new if u < weights[new] / weights[state] else state
        visits[state] += 1
    assert np.abs(visits / visits.sum() - exact).max() < 0.03

    # priors: 50 + 50 pseudo-flips against 60 % heads; zero stays zero
    assert (50 + 60) / 200 == 0.55 and round((50 + 6_000) / 10_100, 3) == 0.599
    assert posterior(0.0) == 0.0
    # the base rate of the next payment is no such prior: ten or a hundred times the rows, and an alert means the same
    for rows in (10_000, 100_000, 1_000_000):
        fraud = rng.random(rows) < 0.01
        alert = rng.random(rows) < np.where(fraud, 0.99, 0.05)
        claim = BernoulliNB().fit(alert[:, None], fraud).predict_proba([[1]])[0, 1]
        assert abs(claim - 1 / 6) < 4 * sqrt(5 / 36 / alert.sum()) + 0.005  # smoothing moves it by a little
    words = np.array([[3, 0], [2, 0], [0, 4]])  # second word never seen with the first class
    share_of_words = words[:2].sum(0) / words[:2].sum()
    assert share_of_words[0] ** 100 * share_of_words[1] == 0.0
    # a filter lets through these shares of the frauds and of the honest payments: it is the larger loss that decides
    for frauds, honest in product((0.05, 0.1, 0.5, 1.0), repeat=2):
        behind = 0.01 * frauds / (0.01 * frauds + 0.99 * honest)
        assert (behind > 0.01 + 1e-12) == (honest < frauds)
    # false alarms behind a filter that keeps the top fifth of the honest payments, by the correlation of the scores
    keep, fire = stats.norm.isf(0.2), stats.norm.isf(0.05)
    alarms = []
    for r in (0.0, 0.3, 0.6, 0.9):
        both = 1 - 0.8 - 0.95 + stats.multivariate_normal(cov=[[1, r], [r, 1]]).cdf([keep, fire])
        alarms.append(both / 0.2)
        first, other = rng.normal(size=(2, n))
        kept = (r * first + sqrt(1 - r * r) * other)[first > keep]
        assert abs((kept > fire).mean() - alarms[-1]) < 4 * 0.5 / sqrt(kept.size)
    assert alarms[0] == pytest.approx(0.05) and round(alarms[2], 2) == 0.17 and alarms == sorted(alarms)
    # data on a + b alone never tell a from b: priors N(2, 1) and N(0, 1), sum 6, leave a 2 ahead of b for ever
    for readings in (10, 10**6):
        precision = np.eye(2) + readings * np.ones((2, 2))
        a, b = np.linalg.solve(precision, np.array([2.0, 0.0]) + readings * 6.0)
        assert a - b == pytest.approx(2, abs=1e-3)
    # one reading per parameter: prior N(0, 1) halves each reading, however many there are
    for groups in (100, 10_000):
        readings = rng.normal(3, 1, groups) + rng.normal(size=groups)
        assert abs((readings / (1 + 1)).mean() - 1.5) < 4 * 0.5 * sqrt(2 / groups)


def test_choose_a_distribution() -> None:
    """Means and variances of the families against SciPy; factors multiplied and waits added; gaps of 15 minutes, 1.8 %;
    the two overdispersed models as draws from their stories; 90 % zeros at mean 0.1; SciPy's two geometric conventions;
    a beta without lumps; the hour as a cause: mean 4 and variance 8; the factor 1.7; the quick check: 5 %, one standard
    error, 4 % below zero."""
    n, p, lam, mu, sigma, a, b = 1_000, 0.03, 4.0, 0.7, 0.9, 2.0, 5.0
    m, share = exp(mu + sigma**2 / 2), a / (a + b)
    families = [
        (stats.binom(n, p), n * p, n * p * (1 - p)),
        (stats.poisson(lam), lam, lam),
        (stats.expon(scale=60 / lam), 60 / lam, (60 / lam) ** 2),
        (stats.geom(p), 1 / p, (1 - p) / p**2),
        (stats.bernoulli(p), p, p * (1 - p)),
        (stats.lognorm(sigma, scale=exp(mu)), m, m**2 * (exp(sigma**2) - 1)),
        (stats.gamma(2.5, scale=3.0), 2.5 * 3, 2.5 * 3**2),
        (stats.beta(a, b), share, share * (1 - share) / (a + b + 1)),
    ]
    for family, mean, variance in families:
        assert family.mean() == pytest.approx(mean) and family.var() == pytest.approx(variance)
    assert 60 / 4 == 15 and round(100 * exp(-4), 1) == 1.8
    assert stats.poisson(4).pmf(0) == pytest.approx(stats.expon(scale=15).sf(60))  # no ticket in an hour, told twice
    one_hot = np.random.default_rng(0).multinomial(1, [0.1, 0.2, 0.3, 0.25, 0.15], 1_000)
    assert (one_hot.sum(1) == 1).all() and (one_hot <= 1).all()  # a category is a yes or no for each of the five

    # 200 factors from 0.9 to 1.1 multiply to about a log-normal; five waits of mean 3 add up to a gamma
    rng = np.random.default_rng(2)
    products, waits = rng.uniform(0.9, 1.1, (5_000, 200)).prod(1), rng.exponential(3, (5_000, 5)).sum(1)
    logs = np.log(products)
    assert abs(stats.skew(logs)) < 4 * sqrt(6 / 5_000) and stats.skew(products) > 0.5
    assert stats.kstest((logs - logs.mean()) / logs.std(), "norm").pvalue > 1e-3
    assert stats.kstest(waits, stats.gamma(5, scale=3).cdf).pvalue > 1e-3

    # the two stories, drawn: a gamma rate of shape 2 and mean 4; a third of the hours closed
    rng, hours = np.random.default_rng(1), 200_000
    assert 4 + 4**2 / 2 == 12
    stories = [
        (rng.poisson(rng.gamma(2, 2, hours)), 1 / 9, stats.nbinom(2, 1 / 3).sf(9)),
        (rng.poisson(6, hours) * (rng.random(hours) < 2 / 3), 1 / 3 + 2 / 3 * exp(-6), 2 / 3 * stats.poisson(6).sf(9)),
    ]
    for counts, none, many in stories:
        assert abs(counts.mean() - 4) < 4 * sqrt(12 / hours)
        assert abs(counts.var() - 12) < 4 * ((counts - 4.0) ** 2).std() / sqrt(hours)
        assert abs((counts == 0).mean() - none) < 4 * sqrt(none * (1 - none) / hours)
        assert abs((counts >= 10).mean() - many) < 4 * sqrt(many * (1 - many) / hours)

    assert round(stats.poisson(0.1).pmf(0), 2) == 0.90
    assert stats.geom(0.2).mean() == 5 and stats.geom(0.2).support()[0] == 1
    assert stats.nbinom(1, 0.2).mean() == pytest.approx(4) and stats.nbinom(1, 0.2).support()[0] == 0
    assert stats.beta(0.5, 0.5).cdf(0) == 0 and stats.beta(0.5, 0.5).sf(1) == 0
    heavy, light = stats.lognorm(1), stats.gamma(1 / (exp(1) - 1), scale=exp(0.5) * (exp(1) - 1))  # same two moments
    assert light.var() == pytest.approx(heavy.var()) and heavy.sf(50) > 10 * light.sf(50)
    assert stats.binom(1_000, 0.9).sf(1_000) == 0 < stats.poisson(900).sf(1_000)
    # rates 2 and 6, half and half
    assert (2 + 6) / 2 == 4 and (2 + 6) / 2 + ((2 - 4) ** 2 + (6 - 4) ** 2) / 2 == 8
    # the mean of counts with variance 12 against the standard error that a Poisson fit of mean 4 would state
    assert sqrt(12 / hours) / sqrt(4 / hours) == pytest.approx(sqrt(3)) and round(sqrt(3), 1) == 1.7

    assert round(100 * exp(-3)) == 5 and round(100 * stats.norm(3, sqrt(3.1)).cdf(0)) == 4
    draws = rng.poisson(3, (200, 2_000))
    index = draws.var(1, ddof=1) / draws.mean(1)
    assert abs(index.std(ddof=1) - 0.032) < 4 * 0.032 / sqrt(400) and 0.9 < (3.1 / 3 - 1) / 0.032 < 1.2
    assert round(index.std(ddof=1), 2) == 0.03


def test_poisson_approximation() -> None:
    """Le Cam's bound and the sharper factor for equal and unequal probabilities; both rules of thumb on a grid; errors
    near p/4; the alarm at 15; the Poisson's factor 1.6 in a far tail; pairs; continuity correction 0.017 and 0.083;
    0.0496 and 0.0498; the quick check: 2.5, 3.5, 0.13."""

    def error(exact: np.ndarray, other: np.ndarray) -> float:  # the largest over all sets of counts
        return float(abs(exact - other).sum() + 1 - other.sum()) / 2

    def poisson(n: int, p: float) -> float:
        k = np.arange(min(n, int(n * p + 12 * sqrt(n * p) + 30)) + 51)
        return error(stats.binom.pmf(k, n, p), stats.poisson.pmf(k, n * p))

    def normal(n: int, p: float) -> float:
        ends = np.r_[-np.inf, np.arange(n + 51) + 0.5]
        rounded = np.diff(special.ndtr((ends - n * p) / sqrt(n * p * (1 - p))))
        return error(stats.binom.pmf(np.arange(n + 51), n, p), rounded)

    # brute force: no set of counts is further off than half of the sum of differences
    exact, rival = stats.binom.pmf(range(6), 5, 0.2), stats.poisson.pmf(range(6), 1)
    gaps = [abs(sum(exact[i] - rival[i] for i in range(6) if s >> i & 1)) for s in range(64)]
    assert max(gaps) == pytest.approx(error(exact, rival))
    # one try and a Poisson draw of mean p: agree except with probability at most p squared
    for p in (0.01, 0.3, 0.9):
        assert error(np.array([1 - p, p]), stats.poisson.pmf(range(2), p)) == pytest.approx(p * (1 - exp(-p)))
        assert p * (1 - exp(-p)) <= p * p
    for n, p in product((1, 5, 20, 100, 1_000), (0.001, 0.01, 0.05, 0.3, 0.8)):
        bound = (1 - exp(-n * p)) / (n * p) * n * p * p
        assert poisson(n, p) <= bound + 1e-12 and bound <= min(p, n * p * p) + 1e-12
    assert round(1_000 * 0.005**2, 3) == 0.025 and round(poisson(1_000, 0.005), 4) == 0.0012

    grid = [poisson(n, p) for n in (20, 25, 30, 50, 100, 300, 1_000, 3_000) for p in (0.001, 0.01, 0.03, 0.05)]
    assert 0.014 < max(grid) < 0.015
    sizes = [*range(10, 60, 5), *range(60, 201, 20), 500, 1_000, 3_000]
    rule = [normal(n, p) for n in sizes for p in np.linspace(5 / n, 0.5, 6)]
    assert round(max(rule), 3) == 0.057 and round(max(rule), 2) == 0.06
    # as n grows at np = 5 the binomial becomes a Poisson, and the error settles below 0.0571
    k = np.arange(100)
    limit = error(stats.poisson.pmf(k, 5), np.diff(special.ndtr((np.r_[-np.inf, k + 0.5] - 5) / sqrt(5))))
    assert max(rule) < limit < 0.0571
    assert normal(100, 0.2) == pytest.approx(normal(100, 0.8))  # successes and failures swap
    for p in (0.01, 0.05, 0.1):
        assert abs(poisson(10_000, p) / p - 0.25) < 0.02
    assert stats.poisson(50).var() == pytest.approx(stats.binom(1_000, 0.05).var() / (1 - 0.05))

    alarm = stats.binom.sf(14, 1_000, 0.005)
    assert round(alarm, 5) == 0.00022 and round(100 * (stats.poisson.sf(14, 5) / alarm - 1)) == 5
    assert round(alarm / stats.norm.sf((14.5 - 5) / sqrt(5 * 0.995))) == 21
    assert round(stats.poisson.sf(79, 50) / stats.binom.sf(79, 1_000, 0.05), 1) == 1.6
    assert stats.poisson.sf(79, 50) - stats.binom.sf(79, 1_000, 0.05) < 1e-4
    pairs = 2 * stats.binom(500, 0.005).rvs(100_000, random_state=1)
    assert abs(pairs.var() / pairs.mean() - 2 * 0.995) < 0.06  # standard error about 0.01

    k = np.arange(101)
    right = stats.binom.cdf(k, 100, 0.1)
    off = [float(abs(right - special.ndtr((k + half - 10) / 3)).max()) for half in (0.5, 0.0)]
    assert [round(e, 4) for e in off] == [0.0175, 0.0832] and round(off[1], 3) == 0.083 and f"{off[0]:.3f}" == "0.017"
    assert round(0.997**1_000, 4) == 0.0496 and round(exp(-3), 4) == 0.0498
    total = np.convolve(stats.poisson.pmf(range(80), 2), stats.poisson.pmf(range(80), 3))[:80]
    assert np.allclose(total, stats.poisson.pmf(range(80), 5))

    k = np.arange(80)
    failures = np.convolve(stats.binom.pmf(k, 9_990, 0.0001), stats.binom.pmf(k, 10, 0.5))[:80]
    mean = failures @ k
    assert round(mean, 2) == 6.00 and round(mean / 10_000, 4) == 0.0006
    assert round(failures @ (k - mean) ** 2, 1) == 3.5 and 10 * 0.25 == 2.5
    assert round(error(failures, stats.poisson.pmf(k, mean)), 2) == 0.13
    assert round(9_990 * 0.0001**2 + 10 * 0.5**2, 1) == 2.5  # above 1: bounds no probability


def test_memoryless_waiting() -> None:
    """The formula for four kinds of gaps, and the errors of the run; memorylessness of exponential and geometric; ten
    minutes back, twenty in all; exponential sessions look like 20, and 1/length undoes it; the mixture's 17.8; the
    density of the wait; classes of 50 and 82; the quick check: 16.4 and 8.2."""
    for values, chances, wait in (
        ((10,), (1,), Fraction(5)),
        ((5, 15), (1, 1), Fraction(25, 4)),
        ((5, 55), (9, 1), Fraction(65, 4)),
        ((2, 18), (1, 1), Fraction(41, 5)),
    ):
        mean = Fraction(sum(v * c for v, c in zip(values, chances, strict=True)), sum(chances))
        second = Fraction(sum(v * v * c for v, c in zip(values, chances, strict=True)), sum(chances))
        assert mean == 10 and second / (2 * mean) == wait
        variance = second - mean**2
        assert mean / 2 * (1 + variance / mean**2) == wait
    assert Fraction(15, 20) == Fraction(3, 4) and 0.75 * 7.5 + 0.25 * 2.5 == 6.25
    expo = stats.expon(scale=10)
    assert np.allclose(np.diff(np.log(expo.sf(np.arange(9)))), -0.1)  # straight on a log scale
    assert expo.moment(2) == pytest.approx(200)
    assert [round(float(w), 2) for w in (Fraction(25, 4), Fraction(65, 4))] == [6.25, 16.25]

    # ten repetitions of a tenth of the run: the standard error of the run is that of their mean
    rng, n = np.random.default_rng(1), 20_000
    runs = []
    for _ in range(10):
        row = []
        for gaps in (rng.exponential(10, n), rng.choice([5.0, 55.0], n, p=[0.9, 0.1])):
            buses = gaps.cumsum()
            you = np.sort(rng.uniform(0, buses[-1], n))
            caught = buses.searchsorted(you)
            back = you - (buses[caught] - gaps[caught])
            row += [(buses[caught] - you).mean(), gaps[caught].mean(), back.mean(), 1 / (1 / gaps[caught]).mean()]
        runs.append(row)
    seen, spread = np.mean(runs, 0), np.std(runs, 0, ddof=1) / sqrt(10)
    truth = np.array([10, 20, 10, 10, 16.25, 32.5, 16.25, 10])
    assert (abs(seen - truth) < 4 * spread + 0.05).all()
    # exact standard errors of the run: of sum(x**2) / sum(x), and of the 200,000 arrivals
    for m1, m2, m3, m4 in ((10, 200, 6_000, 240_000), (10, 325, 16_750, 915_625)):
        ratio = m2 / m1
        gaps_part = (m4 - 2 * ratio * m3 + ratio**2 * m2) / m1**2
        assert sqrt((gaps_part + m3 / m1 - ratio**2) / 200_000) < 0.12

    for s, t in ((3, 4), (20, 1), (20, 30)):
        assert expo.sf(s + t) / expo.sf(s) == pytest.approx(expo.sf(t)) == pytest.approx(exp(-0.1 * t))
        die = stats.geom(1 / 6)
        assert die.sf(s + t) / die.sf(s) == pytest.approx(die.sf(t))
    assert stats.geom(1 / 6).mean() == pytest.approx(6)
    # length-biased exponential: density x f(x) / mean, so mean 20; weighting by 1 / length gives 10 again
    assert integrate.quad(lambda x: x * x * expo.pdf(x) / 10, 0, np.inf)[0] == pytest.approx(20)
    # half 2, half 18: alive after 10 minutes, time left
    alive = np.array([exp(-10 / 2), exp(-10 / 18)])
    assert (2 + 18) / 2 == 10 and round(float(alive @ [2, 18] / alive.sum()), 1) == 17.8
    # the wait's density is sf(w) / mean
    for gap in (expo, stats.uniform(0, 20), stats.gamma(3, scale=10 / 3)):
        mean_wait = integrate.quad(lambda w, g=gap: w * g.sf(w) / g.mean(), 0, 300, limit=200)[0]
        assert mean_wait == pytest.approx(gap.moment(2) / (2 * gap.mean()), rel=1e-4)
    assert expo.sf(7) / 10 == pytest.approx(expo.pdf(7))
    assert (10 + 90) / 2 == 50 and (10 * 10 + 90 * 90) / 100 == 82

    assert (2**2 + 18**2) / 2 == 164 and 164 / 10 == 16.4 and 16.4 / 2 == 8.2
    assert 18 / (2 + 18) == 0.9 and 18 / 2 == 9


def test_heavy_tails() -> None:
    """Moments of the two models and the top 1 % of one; exact index drift of the log-normal; slow means under a power
    law; sample sizes and effects with and without a cap; adjusting for the past keeps the mean, and with a heavy tail
    saves little even where logarithms correlate by 0.7; the sign that flips, and logarithms; false alarms below 5 %;
    the quick check: 2.5, 40."""
    # power law: E[X**k] is finite only for alpha > k
    for alpha, k in product((0.8, 1.5, 2.5), (1, 2)):
        grows = [integrate.quad(lambda u: exp((k - alpha) * u) * alpha, 0, end)[0] for end in (20, 40, 60)]  # noqa: B023
        assert (abs(grows[2] / grows[1] - 1) < 0.01) == (alpha > k)
    log_normal = stats.lognorm(2)
    assert round(sqrt(exp(4) - 1), 1) == 7.3 == round(log_normal.std() / log_normal.mean(), 1)
    z99 = float(special.ndtri(0.99))
    top = float(special.ndtr(2 - z99))
    assert round(100 * top) == 37
    # Hill's index of a log-normal's top shares, 1 / (2 E[Z - z | Z > z]); a power law keeps its own at any threshold
    index = []
    for share in (0.1, 0.01, 0.001):
        z = float(stats.norm.isf(share))
        index.append(1 / (2 * (float(stats.norm.pdf(z)) / share - z)))
    assert [round(i, 1) for i in index] == [1.1, 1.5, 1.8] and index == sorted(index)
    for t in (1.0, 3.0, 50.0):
        mean_log = integrate.quad(lambda u: u * 1.5 * exp(-1.5 * u), 0, 60)[0]  # log(x / t) given x > t, at any t
        assert 1 / mean_log == pytest.approx(1.5)
        assert stats.pareto(1.5).sf(2 * t) / stats.pareto(1.5).sf(t) == pytest.approx(exp(-1.5 * log(2)))

    # means of power-law draws, 1.5: interquartile range at 100 and 10,000 users; Welch: 3.4 % in a run of 60,000 pairs
    rng = np.random.default_rng(3)
    spread = []
    for size, runs in ((100, 4_000), (10_000, 400)):
        means = np.exp(rng.exponential(1 / 1.5, (runs, size))).mean(1)
        spread.append(float(np.subtract(*np.percentile(means, [75, 25]))))
    assert round(100 ** (1 / 3), 1) == 4.6 and abs(spread[0] / spread[1] / 4.6 - 1) < 0.35  # far from 10 and from 1
    arms = np.exp(rng.exponential(1 / 1.5, (2, 2_000, 1_000)))
    means, errors = arms.mean(2), arms.var(2, ddof=1) / 1_000
    alarms = (abs(means[0] - means[1]) > 1.962 * np.sqrt(errors.sum(0))).mean()
    assert abs(alarms - 0.034) < 4 * sqrt(0.034 * 0.966 / 2_000) and alarms < 0.05
    growth = [np.median(arms[0, :, :size].var(1)) for size in (10, 100, 1_000)]
    assert growth[0] < growth[1] / 2 < growth[2] / 4

    def moments(cap: float, factor: float) -> tuple[float, float]:
        """Mean and variance of min(factor * X, cap), X log-normal with median 1 and s = 2."""
        edge = log(cap / factor) / 2 if cap < np.inf else np.inf
        beyond = float(special.ndtr(-edge))
        first, second = (factor**k * exp(2 * k * k) * float(special.ndtr(edge - 2 * k)) for k in (1, 2))
        if beyond > 0:
            first, second = first + cap * beyond, second + cap**2 * beyond
        return first, second - first**2

    draws = np.minimum(1.1 * np.exp(rng.normal(0, 2, 200_000)), 105)
    assert abs(draws.mean() - moments(105, 1.1)[0]) < 4 * draws.std() / sqrt(200_000)
    cap = exp(2 * z99)
    found = []
    for limit in (np.inf, cap, exp(2 * float(stats.norm.isf(0.001)))):
        (old, var_old), (new, var_new) = moments(limit, 1.0), moments(limit, 1.1)
        users = (1.959964 + 0.841621) ** 2 * (var_old + var_new) / (new - old) ** 2
        found.append((round(100 * (new / old - 1), 1), round(users, -3)))
    assert found == [(10.0, 93_000), (8.0, 17_000), (9.2, 30_000)]
    # adjusting for the past by regression leaves the share 1 - r**2 of the variance
    past = rng.lognormal(0, 0.5, 100_000)
    spent = past + rng.lognormal(0, 0.5, 100_000)
    r = np.corrcoef(past, spent)[0, 1]
    rest = spent - np.cov(past, spent)[0, 1] / past.var(ddof=1) * (past - past.mean())
    assert rest.mean() == pytest.approx(spent.mean()) and rest.var() / spent.var() == pytest.approx(1 - r**2)
    # two log-normals, s = 2, logarithms correlated by 0.7: E[XY] = exp(4 + 4 * 0.7), so the amounts by 0.29, 8 % saved
    raw = (exp(4 + 4 * 0.7) - exp(2) ** 2) / (exp(8) - exp(4))
    assert raw == pytest.approx((exp(2.8) - 1) / (exp(4) - 1)) and round(raw, 2) == 0.29 and round(100 * raw**2) == 8

    # below the cap 5 % more, above it 20 % less
    z = np.linspace(-9, 9, 200_001)
    weight, spend = stats.norm.pdf(z) * (z[1] - z[0]), np.exp(2 * z)
    changed = np.where(spend < cap, 1.05 * spend, 0.8 * spend)
    assert round(100 * (weight @ changed / (weight @ spend) - 1), 1) == -4.3
    assert round(100 * (0.05 * (1 - top) - 0.2 * top), 1) == -4.3
    capped = weight @ np.minimum(changed, cap) / (weight @ np.minimum(spend, cap))
    assert round(100 * (capped - 1), 1) == 3.5
    assert round(0.99 * log(1.05) + 0.01 * log(0.8), 3) == 0.046

    assert pytest.approx(-0.2) == 1 / 1.25 - 1 and round(100**0.2, 1) == 2.5 and round(100**0.8) == 40
    assert round(100 / 100**0.8, 1) == 2.5


def test_sum_vs_mixture() -> None:
    """Moments of both by formula and by draws; where the second hump appears, for equal and unequal weights; densities
    0.054 and 0.20; the average N(2, 0.5); the random sign; contamination 5.95, 1.2 %, 0.00009 %; products of densities;
    the best constant under squared error; the quick check: 13."""
    rng, n = np.random.default_rng(0), 200_000
    x, y = rng.normal(0, 1, n), rng.normal(4, 1, n)
    picked = np.where(rng.random(n) < 0.5, x, y)
    for draws, mean, variance in ((x + y, 4, 2), (picked, 2, 5), ((x + y) / 2, 2, 0.5)):
        assert abs(draws.mean() - mean) < 4 * sqrt(variance / n)
        assert abs(draws.var() - variance) < 4 * ((draws - mean) ** 2).std() / sqrt(n)
    assert stats.kstest(x[:20_000] + y[:20_000], stats.norm(4, sqrt(2)).cdf).pvalue > 1e-4
    # the mixture's moments for other weights and variances, by integration
    grid = np.linspace(-40, 60, 100_001)
    for w, m1, s1, m2, s2 in ((0.3, -1.0, 2.0, 5.0, 0.7), (0.9, 2.0, 1.0, 2.0, 3.0)):
        f = (w * stats.norm.pdf(grid, m1, s1) + (1 - w) * stats.norm.pdf(grid, m2, s2)) * (grid[1] - grid[0])
        mean = f @ grid
        assert mean == pytest.approx(w * m1 + (1 - w) * m2)
        spread = w * s1**2 + (1 - w) * s2**2 + w * (1 - w) * (m1 - m2) ** 2
        assert f @ (grid - mean) ** 2 == pytest.approx(spread)

    def humps(distance: float, w: float) -> int:
        line = np.linspace(-4, 8, 24_001)
        f = w * np.exp(-(line**2) / 2) + (1 - w) * np.exp(-((line - distance) ** 2) / 2)
        rising = np.diff(f) > 0
        return int((rising[:-1] & ~rising[1:]).sum())

    assert [humps(d, 0.5) for d in (0.5, 1.5, 1.99, 2.01, 2.5, 4)] == [1, 1, 1, 2, 2, 2]
    # at the middle of two equal parts the curve bends upward exactly if the means are over two sigma apart
    for d in (1.9, 1.99, 2.01, 2.5):
        bend = (d * d / 4 - 1) * stats.norm.pdf(d / 2)
        assert (bend > 0) == (d > 2) == (humps(d, 0.5) == 2)
    for w in (0.6, 0.7, 0.9):
        assert humps(2.01, w) == humps(2.2, w) == 1

    density = (stats.norm.pdf([0, 2, 4]) + stats.norm.pdf([0, 2, 4], 4)) / 2
    assert round(density[1], 3) == 0.054 and round(density[0], 2) == round(density[2], 2) == 0.20
    constants = np.linspace(-1, 5, 61)
    assert abs(constants[np.argmin([((picked - c) ** 2).mean() for c in constants])] - 2) < 0.06

    sign = rng.choice([-1, 1], n)
    assert abs(np.corrcoef(x, sign * x)[0, 1]) < 4 / sqrt(n) * 2 and abs((x + sign * x == 0).mean() - 0.5) < 0.005
    assert round(sqrt(1 + 1), 3) == round(sqrt(2), 3) < 2
    assert round(0.95 * 1 + 0.05 * 100, 2) == 5.95
    far = 0.95 * 2 * stats.norm.sf(12) + 0.05 * 2 * stats.norm.sf(1.2)
    assert round(100 * far, 1) == 1.2 and round(100 * 2 * stats.norm.sf(12 / sqrt(5.95)), 5) == 0.00009
    product_curve = stats.norm.pdf(grid, 0, 1) * stats.norm.pdf(grid, 4, 2)
    product_curve /= product_curve.sum() * (grid[1] - grid[0])
    assert np.allclose(product_curve, stats.norm.pdf(grid, 4 / 5, sqrt(1 / (1 + 1 / 4))))

    assert 4 + 0.5 * 0.5 * (16 - 10) ** 2 == 13 and (4 + 4) / 4 == 2 and 4 + 4 == 8
