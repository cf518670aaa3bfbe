"""Proofs for "Time series and forecasting": what the page states and has no room to run, one function each."""

from __future__ import annotations

from math import ceil, sqrt

import numpy as np
from scipy.linalg import solve_toeplitz


def _dickey_fuller(y: np.ndarray, intercept: bool = True) -> np.ndarray:
    """t-values of the lagged level, one a row, in the regression of the change on it."""
    level, change = y[:, :-1], np.diff(y)
    if intercept:
        level, change = (a - a.mean(1, keepdims=True) for a in (level, change))
    sxx = (level**2).sum(1)
    slope = (level * change).sum(1) / sxx
    rest = change - slope[:, None] * level
    return slope / np.sqrt((rest**2).sum(1) / (y.shape[1] - 2 - intercept) / sxx)


def _ar1(phi: float, rows: int, steps: int, rng: np.random.Generator) -> np.ndarray:
    """Stationary AR(1) paths with noise variance 1, one a row."""
    y = rng.normal(size=(steps, rows))
    y[0] /= sqrt(1 - phi**2)
    for t in range(1, steps):
        y[t] += phi * y[t - 1]
    return y.T


def _slope_t(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Centered x, residuals, slopes and classical t-values of y on x with an intercept, one regression a row."""
    x, y = (a - a.mean(1, keepdims=True) for a in (x, y))
    sxx = (x**2).sum(1)
    slope = (x * y).sum(1) / sxx
    rest = y - slope[:, None] * x
    return x, rest, slope, slope / np.sqrt((rest**2).sum(1) / (x.shape[1] - 2) / sxx)


def test_stationarity() -> None:
    """Variance 5.3 of an AR(1) with 0.9, t of a walk; differences of a noisy line: 2, twice the variance, -0.5; a
    line "explains" over 40 % of a walk; Dickey-Fuller: one of eight at 0.95, 46 % beyond -1.65, 5 % beyond -2.9; a
    line plus noise: rarely rejected without a trend term; a level shift differenced is a spike; a
    stationary GARCH has one overall variance; differences leave a weekly pattern and doubled swings; a drifting pattern
    needs differences over seven days."""
    assert round(1 / (1 - 0.9**2), 1) == 5.3
    variance, walk = 0.0, 0.0
    for _ in range(200):
        variance, walk = 0.81 * variance + 1, walk + 1
    assert np.isclose(variance, 1 / 0.19) and walk == 200
    # 5 + 2t + e differenced is 2 + e - e': weights (1, -1) on white noise
    weights = np.array([1, -1])
    cov = np.correlate(weights, weights, "full")
    assert cov[1] == 2 and cov[2] / cov[1] == -0.5 and np.all(np.diff(5 + 2 * np.arange(9)) == 2)

    rng = np.random.default_rng(0)
    walks = rng.normal(size=(3_000, 100)).cumsum(1)
    time = np.arange(100) - 49.5
    centered = walks - walks.mean(1, keepdims=True)
    r2 = (centered @ time) ** 2 / (time @ time) / (centered**2).sum(1)
    assert r2.mean() - 4 * r2.std() / sqrt(3_000) > 0.40

    def share(y: np.ndarray, bound: float) -> tuple[float, float]:
        p = float((_dickey_fuller(y) < bound).mean())
        return p, 4 * sqrt(p * (1 - p) / len(y))

    p, error = share(_ar1(0.95, 3_000, 100, rng), -2.89)
    assert abs(p - 1 / 8) < error < 0.03
    p, error = share(walks, -1.65)
    assert abs(p - 0.46) < error
    p, error = share(walks, -2.9)
    assert abs(p - 0.05) < error
    # 0.1 a step plus white noise: rejected in 3 % with an intercept alone, always with a trend term (5 % bound -3.45)
    level = 0.1 * np.arange(100) + rng.normal(size=(1_000, 100))
    assert abs(share(level, -2.89)[0] - 0.03) < 4 * sqrt(0.03 * 0.97 / 1_000)
    basis = np.linalg.qr(np.c_[np.ones(99), np.arange(99)])[0]
    lag, change = (a - a @ basis @ basis.T for a in (level[:, :-1], np.diff(level)))
    slope = (lag * change).sum(1) / (lag**2).sum(1)
    rest = ((change - slope[:, None] * lag) ** 2).sum(1)
    assert np.mean(slope / np.sqrt(rest / 96 / (lag**2).sum(1)) < -3.45) > 0.99
    assert list(np.diff([0, 0, 0, 5, 5, 5])) == [0, 0, 5, 0, 0]
    # GARCH(1,1): variance given the past moves, overall variance is 0.1 / (1 - 0.1 - 0.6) at every step
    h, seen = np.full(20_000, 1 / 3), []
    for _ in range(30):
        e = np.sqrt(h) * rng.normal(size=20_000)
        seen.append(e.var())
        h = 0.1 + 0.1 * e**2 + 0.6 * h
    assert h.std() > 0.05 and np.all(abs(np.array(seen[5:]) - 1 / 3) < 0.03)
    week = np.tile([0.0, 1, 2, 3, 4, 5, 6], 4)
    change = np.diff(week)
    assert np.ptp(change) > 0 and np.array_equal(change[:7], change[7:14])
    # a pattern that drifts: differences over seven days leave white noise, weekday means of all years do not
    drifting = rng.normal(size=(500, 100, 7)).cumsum(1)
    assert abs(np.diff(drifting, axis=1).var() - 1) < 0.05
    left = (drifting - drifting.mean(1, keepdims=True)).reshape(500, 700)
    assert np.mean(left[:, 7:] * left[:, :-7]) > 0.8 * left.var()
    swings = np.exp(0.01 * np.arange(400)) * np.sin(np.arange(400))
    assert np.diff(swings)[300:].std() > 5 * np.diff(swings)[:100].std()


def test_acf_and_pacf() -> None:
    """AR(1): ACF 0.8^k with 0.64 at lag 2, one PACF bar; MA(1): 0.49, at most 0.5, PACF fading; bands 0.10 and 0.12;
    two of 40; 0.45 and 0.25 give 0.60, 0.52, 0.38, 0.30 and PACF 0.60, 0.25, 0; seasonal terms stop after 12 in PACF or
    ACF;
    Ljung-Box on residuals of an AR(1) has one degree of freedom fewer."""

    def pacf(rho: np.ndarray) -> np.ndarray:
        return np.array([solve_toeplitz(rho[:k], rho[1 : k + 1])[-1] for k in range(1, len(rho))])

    ar, ma = 0.8 ** np.arange(9), np.r_[1, 0.8 / (1 + 0.8**2), np.zeros(7)]
    assert round(ar[2], 2) == 0.64 and np.allclose(pacf(ar), [0.8] + [0] * 7)
    assert round(ma[1], 2) == 0.49
    fading = pacf(ma)
    assert np.all(np.diff(abs(fading)) < 0) and np.all(np.sign(fading) == [1, -1] * 4) and abs(fading[-1]) > 0.05
    theta = np.linspace(-20, 20, 4_001)
    assert np.isclose(np.max(abs(theta) / (1 + theta**2)), 0.5)
    mixed = np.r_[1, (1 + 0.8 * 0.5) * 1.3 / (1 + 2 * 0.8 * 0.5 + 0.25) * 0.8 ** np.arange(8)]  # ARMA(1,1), 0.8 and 0.5
    assert np.all(abs(pacf(mixed)[:5]) > 0.01) and np.all(mixed > 0.1)
    assert round(1.96 / sqrt(400), 2) == 0.10 and 40 / 20 == 2
    # share of bars outside the band for white noise
    e = np.random.default_rng(0).normal(size=(500, 400))
    e -= e.mean(1, keepdims=True)
    bars = np.array([(e[:, k:] * e[:, :-k]).sum(1) / (e**2).sum(1) for k in range(1, 21)])
    assert abs((abs(bars) > 1.96 / 20).mean() - 0.05) < 0.01
    band = 1.96 * sqrt((1 + 2 * (0.8 / 1.64) ** 2) / 400)
    e = np.random.default_rng(3).normal(size=(1_000, 401))
    e = e[:, 1:] + 0.8 * e[:, :-1]
    e -= e.mean(1, keepdims=True)
    bar = abs((e[:, 4:] * e[:, :-4]).sum(1) / (e**2).sum(1))
    assert round(band, 2) == 0.12 and abs((bar > band).mean() - 0.05) < 4 * sqrt(0.05 * 0.95 / 1_000)
    assert (bar > 0.098).mean() > 0.07
    rho = [1.0, 0.45 / (1 - 0.25)]
    while len(rho) < 6:
        rho.append(0.45 * rho[-1] + 0.25 * rho[-2])
    assert [round(r, 2) for r in rho[1:5]] == [0.60, 0.52, 0.38, 0.30] and np.isclose(0.60 / 2, 0.30)
    assert np.allclose(pacf(np.array(rho)), [0.6, 0.25, 0, 0, 0])
    seasonal = np.where(np.arange(37) % 12 == 0, 0.8 ** (np.arange(37) / 12), 0)  # AR term at lag 12 alone
    assert np.allclose(np.flatnonzero(abs(pacf(seasonal)) > 1e-9), [11]) and seasonal[24] > 0.6
    seasonal[24:] = 0  # MA term at lag 12 alone
    seasonal[12] = 0.8 / (1 + 0.8**2)
    assert abs(pacf(seasonal)[[11, 23, 35]]).min() > 0.1
    n = 400
    x = _ar1(0.5, 1_000, n, np.random.default_rng(2))
    x -= x.mean(1, keepdims=True)
    rest = x[:, 1:] - ((x[:, 1:] * x[:, :-1]).sum(1) / (x[:, :-1] ** 2).sum(1))[:, None] * x[:, :-1]
    box = sum((rest[:, k:] * rest[:, :-k]).sum(1) ** 2 / (n - k) for k in range(1, 5)) * n / (rest**2).sum(1) ** 2 * n
    assert abs(box.mean() - 3) < 4 * sqrt(6 / 1_000)
    walk = np.random.default_rng(1).normal(size=(400, 400)).cumsum(1)
    walk -= walk.mean(1, keepdims=True)
    slow = [float(np.mean((walk[:, k:] * walk[:, :-k]).sum(1) / (walk**2).sum(1))) for k in (1, 4)]
    assert slow[0] > 0.95 and slow[1] > 0.85


def test_arima() -> None:
    """106, 107, 107.5 and 108; 103; 44, 46, 36; ARIMA(0,1,1) is exponential smoothing with weight 0.3; long forecasts:
    mean, level, line; a pure AR by least squares; a difference too many or too few misjudges the spread."""
    path, change = [104.0], 4.0
    for _ in range(60):
        change *= 0.5
        path.append(path[-1] + change)
    assert path[1:4] == [106, 107, 107.5] and np.isclose(path[-1], 108)
    assert np.isclose(110 - 0.7 * 10, 103) and np.isclose(1 - 0.7, 0.3)
    assert (
        np.isclose(40 - 0.4 * (40 - 50), 44) and np.isclose(0.4 * 40 + 0.6 * 50, 46) and np.isclose(40 - 0.4 * 10, 36)
    )

    rng = np.random.default_rng(0)
    y = rng.normal(size=200).cumsum()
    forecast = level = 0.0
    for value in y:
        forecast = value - 0.7 * (value - forecast)  # value + theta * error
        level += 0.3 * (value - level)
        assert np.isclose(forecast, level)
    # d = 0 returns to the mean c / (1 - phi); d = 1 with c follows a line
    c, phi, w, total = 2.0, 0.5, 10.0, 0.0
    steps = []
    for _ in range(80):
        w = c + phi * w
        total += w
        steps.append(total)
    assert np.isclose(w, c / (1 - phi)) and np.isclose(steps[-1] - steps[-2], 4)
    x = _ar1(0.5, 1, 4_000, rng)[0]
    fitted = (x[1:] @ x[:-1]) / (x[:-1] @ x[:-1])
    assert abs(fitted - 0.5) < 4 * sqrt((1 - 0.25) / 4_000)

    # fitted to one series by least squares, 100 times: (1,1,0) to an AR(1) with 0.5, (1,0,0) to a walk
    def spread(y: np.ndarray, d: int, h: int) -> float:
        w = np.diff(y, d, axis=1)
        w = w - w.mean(1, keepdims=True) * (d == 0)
        phi = (w[:, 1:] * w[:, :-1]).sum(1) / (w[:, :-1] ** 2).sum(1)
        sigma = (w[:, 1:] - phi[:, None] * w[:, :-1]).std(1)
        effect = phi[:, None] ** np.arange(h)
        return float(np.median(sigma * np.sqrt(((effect.cumsum(1) if d else effect) ** 2).sum(1))))

    steady, walk = _ar1(0.5, 100, 200, rng), rng.normal(size=(100, 200)).cumsum(1)
    truth = [sqrt(sum(0.25**k for k in range(h))) for h in (1, 64)]
    assert spread(steady, 1, 1) < 1.2 * truth[0] and spread(steady, 1, 64) > 4 * truth[1]
    assert spread(walk, 0, 1) > 0.9 and spread(walk, 0, 64) < 0.7 * 8 and abs(spread(walk, 1, 64) / 8 - 1) < 0.2


def test_spurious_regression() -> None:
    """Two times in three at 50 steps; t over sqrt(n) keeps its size, R² does not shrink, correlation 0.49; more false
    alarms at 10,000 steps than at 100; AR(1) with 0.9: about half, 14 % with Newey-West, 5 % with lags as regressors;
    neither Newey-West nor time cures walks;
    Engle-Granger bound -3.4, not -2.9; cointegrated series: slope found; trends plus white noise: R² 0.95, DW 2.0, no
    unit root in the residuals, changes reject too often, time as a regressor cures; the best of many pairs."""
    rng = np.random.default_rng(1)
    size, alarms, r2 = {}, {}, {}
    for n, runs in ((50, 2_000), (100, 1_000), (400, 500), (10_000, 60)):
        x, y = rng.normal(size=(2, runs, n)).cumsum(-1)
        t = _slope_t(x, y)[3]
        size[n], alarms[n] = np.median(abs(t)) / sqrt(n), (abs(t) > 1.96).mean()
        r2[n] = np.mean(t**2 / (t**2 + n - 2))
        if n == 400:
            correlation = t / np.sqrt(t**2 + n - 2)
            assert abs(correlation.std() - 0.49) < 0.05 and abs(correlation.mean()) < 4 * 0.49 / sqrt(500)
            assert abs(_slope_t(x, y)[2]).mean() > 0.4
    assert abs(alarms[50] - 2 / 3) < 4 * sqrt(2 / 9 / 2_000)
    assert 0.7 < size[10_000] / size[100] < 1.4 and min(r2.values()) > 0.18
    assert alarms[50] < alarms[100] < alarms[400] < alarms[10_000] > 0.95

    def newey_west(x: np.ndarray, y: np.ndarray, lags: int) -> tuple[float, float]:
        x, rest, slope, t = _slope_t(x, y)
        v = x * rest
        s = (v**2).sum(1)
        for k in range(1, lags + 1):
            s += 2 * (1 - k / (lags + 1)) * (v[:, k:] * v[:, :-k]).sum(1)
        return float((abs(t) > 1.96).mean()), float((abs(slope * (x**2).sum(1) / np.sqrt(s)) > 1.96).mean())

    def partial_out(basis: np.ndarray, a: np.ndarray) -> np.ndarray:
        return a - (basis @ (basis.transpose(0, 2, 1) @ a[..., None]))[..., 0]

    x, y = _ar1(0.9, 400, 400, rng), _ar1(0.9, 400, 400, rng)
    plain, robust = newey_west(x, y, 20)
    assert abs(plain - 0.5) < 4 * 0.5 / sqrt(400) and abs(robust - 0.14) < 4 * sqrt(0.14 * 0.86 / 400)
    past = np.linalg.qr(np.stack([np.ones((400, 399)), x[:, :-1], y[:, :-1]], -1))[0]
    t = _slope_t(partial_out(past, x[:, 1:]), partial_out(past, y[:, 1:]))[3]
    assert abs((abs(t) > 1.96).mean() - 0.05) < 4 * sqrt(0.05 * 0.95 / 400)
    line = np.linalg.qr(np.c_[np.ones(400), np.arange(400)])[0]
    x, y = rng.normal(size=(2, 400, 400)).cumsum(-1)
    assert np.mean(abs(_slope_t(x - x @ line @ line.T, y - y @ line @ line.T)[3]) > 1.96) > 0.7
    assert newey_west(*rng.normal(size=(2, 400, 400)).cumsum(-1), 26)[1] > 0.45
    t = _dickey_fuller(_slope_t(*rng.normal(size=(2, 2_000, 200)).cumsum(-1))[1], intercept=False)
    for bound, share in ((-3.4, 0.05), (-2.9, 0.14)):
        assert abs((t < bound).mean() - share) < 4 * sqrt(share * (1 - share) / 2_000)
    x = rng.normal(size=(200, 400)).cumsum(1)
    slope = _slope_t(x, 2 * x + _ar1(0.5, 200, 400, rng))[2]
    assert abs(slope - 2).mean() < 0.05
    time = np.arange(2_000)
    short = time[:100]
    x, y = 0.215 * short + rng.normal(size=(2, 1_000, 100))
    rest, t = _slope_t(x, y)[1::2]
    durbin = np.median((np.diff(rest) ** 2).sum(1) / (rest**2).sum(1))
    assert abs(np.mean(t**2 / (t**2 + 98)) - 0.95) < 0.005 and abs(durbin - 2.0) < 0.05 and np.all(abs(t) > 1.96)
    assert np.mean(_dickey_fuller(rest, intercept=False) < -3.4) > 0.99
    assert np.mean(abs(_slope_t(np.diff(x), np.diff(y))[3]) > 1.96) > 0.05 + 4 * sqrt(0.05 * 0.95 / 1_000)
    basis = np.linalg.qr(np.c_[np.ones(100), short])[0]
    x, y = (a - a @ basis @ basis.T for a in (x, y))
    assert abs(np.mean(abs(_slope_t(x, y)[3]) > 1.96) - 0.05) < 4 * sqrt(0.05 * 0.95 / 1_000)
    season = np.sin(2 * np.pi * short / 7)
    assert np.median(abs(_slope_t(*(2 * season + rng.normal(size=(2, 200, 100))))[3])) > 5
    assert abs(_slope_t(*rng.normal(size=(2, 3_000, 100)))[3]).max() > 3
    assert np.corrcoef(0.1 * time + rng.normal(0, 5, 2_000), 3 - 0.2 * time + rng.normal(0, 5, 2_000))[0, 1] < -0.98


def test_seasonal_naive_baseline() -> None:
    """Day 43 comes from day 22, not 29, 28 or 15; k = 2 for h = 10; 2 and 1.25 times the noise variance; 168 hours; the
    standard errors of the table are below 0.05; 48.4 % of 5,507 teams are 2,666, 53.4 % are 2,939."""
    assert ceil(10 / 7) == 2 and ceil((43 - 28) / 7) == 3 and 43 - 7 * 3 == 22
    assert 43 - 14 == 29 and 43 - 28 == 15
    assert max(d for d in range(1, 29) if d % 7 == 43 % 7) == 22
    assert [1 + 1 / k for k in (1, 4)] == [2, 1.25] and 7 * 24 == 168
    assert round(100 * 2_666 / 5_507, 1) == 48.4 and round(100 * 2_939 / 5_507, 1) == 53.4
    rng = np.random.default_rng(1)
    for pattern, drift in ((3, 0), (3, 0.5), (0, 0.5)):
        season = np.tile(rng.normal(0, pattern, (2_000, 7)), 22)
        y = season + rng.normal(0, drift, (2_000, 154)).cumsum(1) + rng.normal(size=(2_000, 154))
        past, future = y[:, :140], y[:, 140:]
        week = past.reshape(2_000, 20, 7)
        for guess in (past[:, -1:], np.tile(week[:, -1], 2), np.tile(week[:, -4:].mean(1), 2), past.mean(1)[:, None]):
            assert abs(future - guess).mean(1).std() / sqrt(2_000) < 0.05
        if not drift:
            noise = [((future - np.tile(week[:, -k:].mean(1), 2)) ** 2).mean() for k in (1, 4)]
            assert np.allclose(noise, [2, 1.25], rtol=0.03)


def test_features_for_forecasting() -> None:
    """0.90 and 0.48; 1 / sqrt(7); lag 7 of the last target day is the day that just ended, shorter ones are not known;
    without filling in dates seven rows are not seven days; shifts must stay within a series; a window that ends at the
    forecast day needs no shift."""
    assert round(0.9**1, 2) == 0.90 and round(0.9**7, 2) == 0.48 and round(1 / sqrt(7), 2) == 0.38
    today = 0
    allowed = [lag for lag in range(1, 40) if all(target - lag <= today for target in range(1, 8))]
    assert allowed[0] == 7 and allowed == list(range(7, 40))
    days = np.array([1, 2, 3, 5, 6, 7, 8, 9, 10])  # day 4 is missing
    assert days[8] - days[1] == 8  # seven rows back
    e = np.random.default_rng(0).normal(size=20_000)
    window = np.convolve(e, np.ones(7) / 7, "valid")  # ends at position 6, 7, ...
    assert abs(np.corrcoef(window[:-7], e[13:])[0, 1]) < 4 / sqrt(20_000)
    table = np.array([[1, 2, 3], [7, 8, 9]]).ravel()  # two series below each other, shifted as one
    assert np.roll(table, 1)[3] == 3


def test_forecast_metrics() -> None:
    """10 %, 100 %, 55 %, 10.2 %, 2.0, 0.5, 1.25; zeros: 100 % against 140 % for the mean 3; the 0.8 quantile, a fifth
    of the cost, 16 and 4; sMAPE 40, 67 %; MASE 1.2, 1.5, 0.8; CRPS is twice the mean pinball loss;
    MAPE: too low costs at most 100 %, its best forecast lies below the median."""
    y, e, scale = np.array([1_000, 2]), np.array([100, 2]), np.array([50, 4])
    assert np.allclose(e / y, [0.1, 1]) and np.isclose((e / y).mean(), 0.55) and y.sum() == 1_002 and e.sum() == 102
    assert round(100 * e.sum() / y.sum(), 1) == 10.2
    assert np.allclose(e / scale, [2.0, 0.5]) and (e / scale).mean() == 1.25
    values, chance = np.array([0, 10]), np.array([0.7, 0.3])
    mean = chance @ values

    def wape(f: float) -> float:
        return float(chance @ abs(values - f) / mean)

    assert np.isclose(mean, 3) and np.isclose(wape(0), 1) and np.isclose(wape(3), 1.4)
    assert all(wape(0) <= wape(f) for f in np.linspace(0, 12, 121))

    def pinball(y: np.ndarray | float, f: float, tau: float = 0.8) -> np.ndarray:
        e = np.asarray(y) - f
        return np.where(e >= 0, tau * e, (1 - tau) * abs(e))

    assert np.isclose(pinball(120, 100), 16) and np.isclose(pinball(80, 100), 4) and np.isclose(4 / (4 + 1), 0.8)
    demand = np.random.default_rng(0).gamma(2, 50, 5_001)
    stock = np.linspace(50, 300, 501)
    cost = [np.mean(4 * np.maximum(demand - s, 0) + np.maximum(s - demand, 0)) for s in stock]
    assert np.allclose([5 * pinball(demand, s).mean() for s in stock], cost)
    assert abs(stock[int(np.argmin(cost))] - np.quantile(demand, 0.8)) < 1
    mape = [np.mean(abs(demand - s) / demand) for s in np.linspace(0, 200, 201)]
    assert int(np.argmin(mape)) < 0.9 * np.median(demand) and np.isclose(mape[0], 1) and abs(100 - 300) / 100 > 1
    assert [round(200 * abs(100 - f) / (100 + f)) for f in (150, 50)] == [40, 67]
    assert 24 / 20 == 1.2 and 30 / 20 == 1.5 and np.isclose(1 - 24 / 30, 0.20)
    # uniform forecast on [0, 1], outcome 0.3: CRPS = integral of (F - 1{x >= 0.3})²
    levels = (np.arange(20_000) + 0.5) / 20_000
    crps = np.mean((levels - (levels >= 0.3)) ** 2)
    loss = np.mean(np.where(levels <= 0.3, levels * (0.3 - levels), (1 - levels) * (levels - 0.3)))
    assert np.isclose(crps, 2 * loss, atol=1e-6)
    products = np.array([0.1, 1.0])
    assert not np.isclose(products.mean(), e.sum() / y.sum())  # averaging WAPEs of products


def test_global_or_local_forecasts() -> None:
    """52 weeks; 24 rows and 13 weights, 12,000 rows in all: the local fits take in noise; p sigma²/n; local fits
    of noise forecast worse than the pooled one; the standard errors are below 0.03."""
    rng = np.random.default_rng(0)
    assert 364 / 7 == 52 and 36 - 12 == 24 and 500 * 24 == 12_000
    phi = rng.uniform(0.1, 0.9, 500)
    y = np.zeros((90, 500))
    for t in range(1, 90):
        y[t] = phi * y[t - 1] + rng.normal(size=500)
    y = y[-37:]
    rows = np.lib.stride_tricks.sliding_window_view(y, 13, axis=0)  # 25 windows: 24 to fit, 1 to forecast
    X, target = np.concatenate([rows[..., :12], np.ones((*rows.shape[:2], 1))], -1), rows[..., 12]
    fit = X[:24].transpose(1, 0, 2)
    local = np.einsum("srt,ts->sr", np.linalg.pinv(fit), target[:24])
    rest = target[:24] - np.einsum("str,sr->ts", fit, local)
    assert fit.shape[1:] == (24, 13) and np.mean(rest**2) < 0.6  # the noise variance is 1
    pooled = np.linalg.lstsq(X[:24].reshape(-1, 13), target[:24].ravel())[0]
    errors = [np.mean((target[24] - guess) ** 2) for guess in ((X[24] * local).sum(1), X[24] @ pooled)]
    assert X[:24].reshape(-1, 13).shape[0] == 12_000 and errors[1] < 0.8 * errors[0]

    # exact for a random design: expected excess error of least squares with p normal columns is p / (n - p - 1)
    for n in (100, 500):
        assert abs(8 / (n - 9) / (8 / n) - 1) < 0.11
    assert 8 / (20 - 9) > 1.5 * 8 / 20
    # standard errors of the table: ten repetitions of its most variable cell
    phi = rng.uniform(0.1, 0.9, (10, 200))
    y = np.zeros((120, 10, 200))
    for t in range(1, 120):
        y[t] = phi * y[t - 1] + rng.normal(size=phi.shape)
    X = np.lib.stride_tricks.sliding_window_view(y[42:-1], 8, axis=0)
    xx = np.einsum("trsi,trsj->rsij", X[:20], X[:20])
    w = np.linalg.solve(xx, np.einsum("trsi,trs->rsi", X[:20], y[50:70])[..., None])[..., 0]
    excess = ((np.einsum("trsi,rsi->trs", X[20:], w) - phi * y[69:-1]) ** 2).mean((0, 2))
    assert excess.std(ddof=1) / sqrt(10) < 0.03
