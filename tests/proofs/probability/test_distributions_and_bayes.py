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
from scipy import integrate, stats
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
