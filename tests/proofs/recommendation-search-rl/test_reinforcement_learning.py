"""Proofs of the claims on the page about reinforcement learning and bandits."""

from math import log, sqrt

import numpy as np


def test_markov_decision_process() -> None:
    """Sweeps until 0.001: 88 and 14; the factor per sweep on random processes; 1.25 and 7.29; policy iteration and the
    best of all deterministic policies equal value iteration; maximum outside the mean; quick check: 4, 4.2 and 5."""
    for gamma, sweeps in ((0.9, 88), (0.5, 14)):
        assert 10 * gamma**sweeps <= 0.001 < 10 * gamma ** (sweeps - 1)
        assert all(0 <= value <= 10 for value in (2.0, 10 * gamma**3))
    assert 10 * 0.5**3 == 1.25 and round(10 * 0.9**3, 2) == 7.29
    rng = np.random.default_rng(0)
    for gamma in (0.5, 0.9):
        chance = rng.dirichlet(np.ones(4), (4, 2))  # four states, two actions
        reward = rng.normal(size=(4, 2))

        def sweep(value: np.ndarray, c: np.ndarray = chance, r: np.ndarray = reward, g: float = gamma) -> np.ndarray:
            return np.asarray((r + g * c @ value).max(1))

        for _ in range(20):
            a, b = rng.normal(size=(2, 4))
            assert abs(sweep(a) - sweep(b)).max() <= gamma * abs(a - b).max() + 1e-12
        best = np.zeros(4)
        for _ in range(400):
            best = sweep(best)

        def worth(policy: np.ndarray, c: np.ndarray = chance, r: np.ndarray = reward, g: float = gamma) -> np.ndarray:
            rows = np.arange(4)
            return np.linalg.solve(np.eye(4) - g * c[rows, policy], r[rows, policy])

        every = np.array([worth(np.array([k >> j & 1 for j in range(4)])) for k in range(16)])
        assert np.allclose(every.max(0), best) and np.isclose(every, best).all(1).any()
        policy = np.zeros(4, dtype=int)
        for _ in range(16):
            policy = (reward + gamma * chance @ worth(policy)).argmax(1)
        assert np.allclose(worth(policy), best)
        # a maximum inside the expectation would be too high
        assert (reward + gamma * chance @ best).max(1).mean() <= reward.max(1).mean() + gamma * best.max()
    draws = np.array([[0.0, 1.0], [1.0, 0.0]])  # two outcomes by two actions, equally likely
    assert draws.mean(0).max() == 0.5 < draws.max(1).mean() == 1
    value = 0.0
    for _ in range(200):
        value = max(4, 1 + 0.8 * value)
    assert np.isclose(value, 5) and np.isclose(1 + 0.8 * 4, 4.2) and np.isclose(1 / 0.2, 5) and round(0.8**2, 2) == 0.64


def test_q_learning() -> None:
    """6.4, 2.4 and 4.24; going right is best in every cell; from uniformly random behavior with steps of one over the
    count to the power 0.7 the table comes close to the optimal values, not to those of acting at random (quick check);
    most greedy runs settle on the left; 10 is above every value, so the start is optimistic; ten
    percent random learns in about a quarter of the runs if given 3,200 steps."""
    assert np.isclose(1 + 0.9 * 6, 6.4) and np.isclose(6.4 - 4, 2.4) and np.isclose(4 + 0.1 * 2.4, 4.24)
    optimal, at_random = np.zeros((7, 2)), np.zeros((7, 2))
    for _ in range(100):
        for table, pick in ((optimal, np.max), (at_random, np.mean)):
            future = np.array([0.0, *(pick(table[s]) for s in range(1, 6)), 0.0])
            reach = 0.9 * future + np.array([2.0, 0, 0, 0, 0, 0, 10.0])
            for a, right in ((0, 0.1), (1, 0.9)):
                table[1:6, a] = right * reach[2:] + (1 - right) * reach[:5]
    assert (optimal[1:6, 1] > optimal[1:6, 0]).all() and optimal.max() < 10
    rng = np.random.default_rng(1)

    def learn(eps: float, steps: int, falling: bool = False, runs: int = 100) -> np.ndarray:
        q, seen, s, i = np.zeros((runs, 7, 2)), np.zeros((runs, 7, 2)), np.full(runs, 2), np.arange(runs)
        for _ in range(steps):
            greedy = (q[i, s] + 1e-9 * rng.random((runs, 2))).argmax(1)
            a = np.where(rng.random(runs) < eps, rng.integers(0, 2, runs), greedy)
            new = s + np.where(a ^ (rng.random(runs) < 0.1), 1, -1)
            end = (new == 0) | (new == 6)
            target = 2.0 * (new == 0) + 10.0 * (new == 6) + 0.9 * np.where(end, 0, q[i, new].max(1))
            seen[i, s, a] += 1
            q[i, s, a] += (target - q[i, s, a]) * (seen[i, s, a] ** -0.7 if falling else 0.1)
            s = np.where(end, 2, new)
        return q

    q = learn(1, 1_500, True, 50).mean(0)[1:6]
    assert abs(q - optimal[1:6]).max() < 0.25 < 1 < abs(q - at_random[1:6]).max()
    assert (learn(0, 200)[:, 2].argmax(1) == 0).mean() > 0.6
    assert 0.07 < (learn(0.1, 3_200)[:, 1:6].argmax(2) == 1).all(1).mean() < 0.41


def test_on_or_off_policy() -> None:
    """The greedy paths take 13 and 15 steps, one row apart; 2 better and 30 worse; learning from samples,
    each stays on average at what it aims at; SARSA returns more while both explore;
    the top row takes 17 steps; quick check: 9 and -1, distractor -11."""
    assert 3 + 11 + 3 == 17
    assert -1 + 10 == 9 and np.isclose(-1 + 0.9 * 10 - 0.1 * 90, -1) and np.isclose(-1 + 0.8 * 10 - 0.2 * 90, -11)
    moves = ((-1, 0), (0, 1), (1, 0), (0, -1))
    to, reward = np.zeros((4, 48), dtype=int), np.full((4, 48), -1.0)
    for cell in range(48):
        for k, (dy, dx) in enumerate(moves):
            y, x = min(max(cell // 12 + dy, 0), 3), min(max(cell % 12 + dx, 0), 11)
            fall = y == 3 and 0 < x < 11
            to[k, cell], reward[k, cell] = 36 if fall else 12 * y + x, -100 if fall else -1
    inside = np.arange(48) < 47

    def aim(eps: float) -> np.ndarray:
        value = np.zeros(48)
        for _ in range(400):
            q = reward + value[to]
            value = ((1 - eps) * q.max(0) + eps * q.mean(0)) * inside
        return q

    def path(q: np.ndarray) -> list[int]:
        cells = [36]
        while cells[-1] != 47 and len(cells) < 60:
            cells.append(int(to[q[:, cells[-1]].argmax(), cells[-1]]))
        return cells

    edge, away = path(aim(0)), path(aim(0.1))
    assert len(edge) - 1 == 13 and len(away) - 1 == 15
    assert {s // 12 for s in edge[1:-1]} == {2} and {s // 12 for s in away[2:-2]} == {1}
    assert -13 - -15 == 2 and round(50.8 - 20.7) == 30

    rng, runs = np.random.default_rng(0), 200
    i, returns = np.arange(runs), []
    for sarsa in (False, True):  # each starts from what it aims at, and stays there on average
        start = aim(0.1 if sarsa else 0).T
        q, s = np.tile(start, (runs, 1, 1)), np.full(runs, 36)

        def act(s: np.ndarray, best: np.ndarray = start) -> np.ndarray:
            return np.where(rng.random(runs) < 0.1, rng.integers(0, 4, runs), best[s].argmax(1))

        a, total, ends = act(s), 0.0, 0
        for _ in range(400):
            new, r = to[a, s], reward[a, s]
            end = new == 47
            after = act(np.where(end, 36, new))
            future = q[i, new, after] if sarsa else q[i, new].max(1)
            q[i, s, a] += 0.02 * (r + np.where(end, 0, future) - q[i, s, a])
            s, a = np.where(end, 36, new), after
            total, ends = total + r.sum(), ends + end.sum()
        returns.append(total / ends)
        drift = (q - start)[:, 36].mean(1)
        assert abs(drift.mean()) <= 4 * drift.std() / sqrt(runs) + 1e-6
    assert returns[1] > returns[0] + 10


def test_deep_q_network() -> None:
    """A copy multiplies by about 1.8; with state 2 leading to itself, fitting both states explodes; ten noisy
    maxima average 1.54 and two independent tables 0; 7 and 56 GB; the mean gradient through the target has another
    zero; quick check 0.5."""
    for copies in (1, 5):
        w = 1.0
        for _ in range(copies):
            frozen = w
            for _ in range(100):
                w += 0.1 * (0.9 * 2 * frozen - w)
        assert round(w ** (1 / copies), 1) == 1.8
    for every in (1, 100):  # state 2 leads back to itself
        w = frozen = 1.0
        for k in range(1_000):
            frozen = w if k % every == 0 else frozen
            w += 0.1 * (0.9 * 2 * frozen - w + 2 * (0.9 * 2 * frozen - 2 * w))
        assert w > 2
    x = np.linspace(-8, 8, 20_001)
    density = np.exp(-(x**2) / 2)
    density /= density.sum()
    assert round(float((x * 10 * density * density.cumsum() ** 9).sum()), 2) == 1.54
    rng = np.random.default_rng(0)
    first, second = rng.normal(size=(2, 40_000, 10))
    chosen = second[np.arange(40_000), first.argmax(1)]
    assert abs(chosen.mean()) < 4 / sqrt(40_000)
    assert round(1e6 * 84 * 84 / 1e9) == 7 and round(1e6 * 2 * 4 * 84 * 84 / 1e9) == 56
    # state 0 leads to 1 (worth 1) or 2 (worth 0); half-half. True values 0.5, 1, 0; residual gradient finds others
    rows = np.array([[1, -1, 0], [1, 0, -1], [0, sqrt(2), 0], [0, 0, sqrt(2)]]) / sqrt(2)
    residual = np.linalg.lstsq(rows, np.array([0, 0, 1, 0.0]), rcond=None)[0]
    assert not np.allclose(residual, (0.5, 1, 0), atol=0.05)
    assert np.mean([max(a, b) for a in (1, -1) for b in (1, -1)]) == 0.5


def test_policy_gradient() -> None:
    """Variance 109 times lower; 0.82, 0.45 and 0.08; the score averages to zero; the gradient by finite differences;
    an action-dependent baseline biases; a mean that
    includes the attempt halves the gradient of a pair; discounting needs the factor gamma^t;
    quick check: drawing the worse action raises it, the mean favors the other."""
    p, reward = np.array([0.6, 0.3, 0.1]), np.array([10.0, 11, 13])
    score = np.eye(3) - p

    def moments(weight: np.ndarray) -> tuple[np.ndarray, float]:
        each = weight[:, None] * score
        mean = p @ each
        return mean, float(p @ ((each - mean) ** 2).sum(1))

    plain, based = moments(reward), moments(reward - p @ reward)
    assert np.allclose(p @ score, 0) and np.allclose(plain[0], based[0])
    assert round(plain[1] / based[1]) == 109
    assert round(sqrt(plain[1] / 100), 2) == 0.82 and round(sqrt(based[1] / 100), 2) == 0.08
    assert round(float(np.linalg.norm(plain[0])), 2) == 0.45

    def expected(z: np.ndarray) -> float:
        e = np.exp(z)
        return float(e / e.sum() @ reward)

    z = np.log(p)
    slope = [(expected(z + d) - expected(z - d)) / 2e-6 for d in 1e-6 * np.eye(3)]
    assert np.allclose(slope, plain[0], atol=1e-6)
    constants = np.linspace(0, 30, 3_001)
    variances = [moments(reward - c)[1] for c in constants]
    size = (score**2).sum(1)
    best = float(p @ (reward * size) / (p @ size))
    assert abs(constants[int(np.argmin(variances))] - best) < 0.006 and round(best, 1) == 11.2 != 10.6
    assert not np.allclose(moments(reward - reward)[0], plain[0])  # the action's own reward as its baseline
    assert np.allclose(moments(reward + 100)[0], plain[0])
    pairs = np.outer(p, p)
    own = sum(pairs[a, b] * (reward[a] - (reward[a] + reward[b]) / 2) * score[a] for a in range(3) for b in range(3))
    other = sum(pairs[a, b] * (reward[a] - reward[b]) * score[a] for a in range(3) for b in range(3))
    assert np.allclose(own, plain[0] / 2) and np.allclose(other, plain[0])
    for power, right in ((1, True), (0, False)):  # the same state twice, gamma 0.9: J is 1.9 times the mean reward
        steps = sum(
            pairs[a, b] * ((reward[a] + 0.9 * reward[b]) * score[a] + 0.9**power * reward[b] * score[b])
            for a in range(3)
            for b in range(3)
        )
        assert np.allclose(steps, 1.9 * plain[0]) == right
    half = np.array([0.5, 0.5])
    step = 100 * (np.array([1, 0]) - half)
    assert step[0] > 0 > step[1]
    mean = half @ (np.array([100, 101])[:, None] * (np.eye(2) - half))
    assert mean[1] > 0 > mean[0]


def test_proximal_policy_optimization() -> None:
    """The four rows of the table with their gradients; advantages average to zero; the good action ends near 1.95 and
    the neutral one rises; one long step from ratio 1 leaves the range; at ratio 1 the plain gradient; GAE with lambda
    0 and 1; quick check: -3, with -2.4 and -1.6 as distractors."""

    def term(r: float, a: float) -> float:
        return float(min(r * a, np.clip(r, 0.8, 1.2) * a))

    rows = ((1, 1.3, 1.2, 0), (1, 0.7, 0.7, 1), (-1, 0.7, -0.8, 0), (-1, 1.3, -1.3, -1))
    for a, r, value, slope in rows:
        assert np.isclose(term(r, a), value)
        assert np.isclose((term(r + 1e-6, a) - term(r - 1e-6, a)) / 2e-6, slope)
    old, advantage = np.array([0.1, 0.8, 0.1]), np.array([4, -0.5, 0])
    assert np.isclose(old @ advantage, 0)

    def climb(rate: float, steps: int) -> np.ndarray:
        z = np.log(old)
        for _ in range(steps):
            p = np.exp(z) / np.exp(z).sum()
            active = np.where(advantage > 0, p / old < 1.2, p / old > 0.8)
            push = p * advantage * active
            z = z + rate * (push - p * push.sum())
        return np.asarray(np.exp(z) / np.exp(z).sum() / old)

    assert round(climb(0.05, 100)[0], 2) == 1.95 and climb(0.05, 100)[2] > 1.6
    assert climb(0.5, 1)[0] > 1.2  # one step
    assert all(climb(rate, steps)[0] > 1.9 for rate, steps in ((0.01, 2_000), (0.05, 400)))

    def objective(z: np.ndarray) -> float:
        p = np.exp(z) / np.exp(z).sum()
        return float(sum(o * term(r, a) for o, r, a in zip(old, p / old, advantage, strict=True)))

    z = np.log(old)
    slopes = [(objective(z + d) - objective(z - d)) / 2e-6 for d in 1e-6 * np.eye(3)]
    assert np.allclose(slopes, old * advantage, atol=1e-6)
    reward, worth, gamma = np.array([1.0, -2, 3]), np.array([0.5, 1, -1, 0]), 0.9
    delta = reward + gamma * worth[1:] - worth[:-1]
    returns = sum(gamma**k * reward[k] for k in range(3))
    assert np.isclose(sum(gamma**k * delta[k] for k in range(3)), returns - worth[0])
    assert np.isclose(delta[0], 1 + 0.9 * 1 - 0.5)
    assert term(1.5, -2) == -3 and np.isclose(1.2 * -2, -2.4) and np.isclose(0.8 * -2, -1.6)


def test_explore_or_exploit() -> None:
    """The best number of trials is 99 and 276; 33 % wrong after ten trials; 0.005 a decision and 50 in all; a smaller
    gap needs more trials; the chance of a wrong winner falls exponentially."""
    trials = 400
    wrong = {}
    for low in (0.5, 0.55):  # by convolution of the difference of successes
        chance, one = np.array([1.0]), np.convolve([1 - 0.6, 0.6], [low, 1 - low])
        wrong[low] = np.zeros(trials + 1)
        for k in range(1, trials + 1):
            chance = np.convolve(chance, one)  # B minus A, from -m to m
            wrong[low][k] = chance[:k].sum() + chance[k] / 2
    m = np.arange(trials + 1)
    best = {}
    for n in (1_000, 10_000):
        regret = 0.1 * (m + (n - 2 * m) * wrong[0.5])
        best[n] = int(regret[1:].argmin()) + 1
    assert best == {1_000: 99, 10_000: 276} and 99 < 276 < 990
    assert round(100 * wrong[0.5][10]) == 33
    steps = np.diff(np.log(wrong[0.5][100::100]))
    assert steps.max() < -0.9  # each further 100 trials divide it by more than two
    close = 0.05 * (m + (10_000 - 2 * m) * wrong[0.55])
    assert close[1:].argmin() + 1 > 276
    assert np.isclose(0.1 / 2 * 0.1, 0.005) and np.isclose(0.005 * 10_000, 50)


def test_ucb_or_thompson() -> None:
    """Bonus 0.37 against a posterior deviation of 0.05; uniform choice loses 120; the share of Thompson's draws is the
    posterior chance of being best; a quarter of the bonus loses less; 3,300 pulls; the constant of Lai and Robbins is
    below that of UCB1's bound; a fixed score sends a batch to one arm."""
    assert round(sqrt(2 * log(1_000) / 100), 2) == 0.37
    assert round(sqrt(51 * 51 / (102**2 * 103)), 2) == 0.05
    rates = np.array([0.50, 0.45, 0.45, 0.40, 0.40])
    assert np.isclose(2_000 * (0.5 - rates).mean(), 120)
    gap = 0.5 - rates[1:]
    kl = rates[1:] * np.log(rates[1:] / 0.5) + (1 - rates[1:]) * np.log((1 - rates[1:]) / 0.5)
    assert (gap / kl).sum() < (8 / gap).sum()
    pulls_until = np.arange(1_000, 10_000)
    back = pulls_until[0.25 * np.sqrt(2 * np.log(pulls_until) / 5) > 0.45][0]
    assert round(back, -2) == 3_300
    rng, row = np.random.default_rng(1), np.arange(400)
    wins, pulls = np.zeros((2, 400, 5))
    for t in range(2_000):
        seen = np.maximum(pulls, 0.01)
        arm = (wins / seen + 0.25 * np.sqrt(2 * log(t + 2) / seen)).argmax(1)
        pulls[row, arm] += 1
        wins[row, arm] += rng.random(400) < rates[arm]
    lost = pulls @ (0.5 - rates)
    assert lost.mean() + 4 * lost.std() / 20 < 54  # Thompson's mean on the page
    a, b = rng.beta(8, 4, 40_000), rng.beta(5, 6, 40_000)
    x = (np.arange(4_000) + 0.5) / 4_000
    first, second = x**7 * (1 - x) ** 3, x**4 * (1 - x) ** 5
    exact = float(first @ second.cumsum() / first.sum() / second.sum())
    assert abs((a > b).mean() - exact) < 4 * sqrt(exact * (1 - exact) / 40_000) + 1e-4
    mean, k = np.array([0.5, 0.45]), np.array([400, 300])
    score = mean + np.sqrt(2 * log(700) / k)
    assert len({int(score.argmax()) for _ in range(1_000)}) == 1
    later = mean + np.sqrt(2 * log(7_000) / k)
    assert (later > score).all()  # widens with ln t while k stands still


def test_contextual_bandits() -> None:
    """With a segment marker the root is 1/sqrt(n + 1), 0.1 after 99 rows; the update of the inverse is exact; the
    width is larger in a direction that was not seen; two kinds of users: 83 and 12; 25 at alpha 0.5 and 36 at 2."""
    ridge = np.eye(3) + 99 * np.outer((0, 1, 0), (0, 1, 0))
    marker = np.array([0.0, 1, 0])
    assert np.isclose(sqrt(marker @ np.linalg.inv(ridge) @ marker), 0.1) and np.isclose(1 / sqrt(99 + 1), 0.1)
    assert np.array([1.0, 0, 0]) @ np.linalg.inv(ridge) @ np.array([1.0, 0, 0]) > 0.01
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(30, 5))
    inverse = np.eye(5)
    for x in rows:
        u = inverse @ x
        inverse -= np.outer(u, u) / (1 + x @ u)
    assert np.allclose(inverse, np.linalg.inv(np.eye(5) + rows.T @ rows))

    def play(alphas: tuple[float, float], kinds: bool, runs: int = 100) -> list[tuple[int, float]]:
        rng = np.random.default_rng(0)  # as on the page; both factors meet the same draws
        i, alpha = np.arange(2 * runs), np.repeat(alphas, runs)[:, None]
        theta = np.tile(rng.normal(size=(runs, 4, 5)) / 5**0.5, (2, 1, 1))
        inv, b, lost = np.tile(np.eye(5), (2 * runs, 4, 1, 1)), np.zeros((2 * runs, 4, 5)), np.zeros(2 * runs)
        both = rng.normal(size=(runs, 2, 5)) if kinds else None
        for _ in range(500):
            user = rng.normal(size=(runs, 5)) if both is None else both[i[:runs], rng.integers(0, 2, runs)]
            user[:, 0] = 1
            x = np.tile(user, (2, 1))
            u = (inv @ x[:, None, :, None])[..., 0]
            width = (u * x[:, None]).sum(2)
            a = ((u * b).sum(2) + alpha * width**0.5).argmax(1)
            rng.random(runs)  # the page's draws for eps
            rng.integers(0, 4, runs)
            mean = (theta * x[:, None]).sum(2)
            lost += mean.max(1) - mean[i, a]
            v = u[i, a] / (1 + width[i, a])[:, None] ** 0.5
            inv[i, a] -= v[:, :, None] * v[:, None]
            b[i, a] += (mean[i, a] + 0.5 * np.tile(rng.normal(size=runs), 2))[:, None] * x
        return [(round(k.mean()), round(k.std(ddof=1) / sqrt(runs), 1)) for k in lost.reshape(2, runs)]

    (greedy, spread), careful = play((0, 1), True)
    assert (greedy, round(spread)) == (83, 13) and careful == (12, 0.4)
    assert play((0.5, 2), False) == [(25, 0.5), (36, 0.6)]
