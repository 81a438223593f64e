# SPDX-License-Identifier: Apache-2.0
"""Fits the polynomial of `gelu_of` in src/neural/lanes.h and prints its terms and its error in float32.

Phi(x) - 1/2 = x P(t), t = 2 x^2 / EDGE^2 - 1, |x| < EDGE; the error that counts is that of x Phi(x). Least squares on
Chebyshev nodes, reweighted towards the largest errors.
"""
import math

import numpy

EDGE, DEGREE = 4.8, 10


def phi(x):
    return 0.5 + 0.5 * numpy.array([math.erf(v / math.sqrt(2)) for v in x])


def fit():
    nodes = EDGE * (0.5 - 0.5 * numpy.cos(numpy.pi * (numpy.arange(3000) + 0.5) / 3000))
    wanted = nodes * (phi(nodes) - 0.5)
    terms = numpy.polynomial.chebyshev.chebvander(2 * nodes**2 / EDGE**2 - 1, DEGREE) * (nodes**2)[:, None]
    weights = numpy.ones_like(nodes)
    for _ in range(80):
        root = numpy.sqrt(weights)
        found, *_ = numpy.linalg.lstsq(terms * root[:, None], wanted * root, rcond=None)
        error = numpy.abs(terms @ found - wanted)
        weights *= 0.3 + error / error.max()
        weights /= weights.mean()
    return numpy.polynomial.chebyshev.cheb2poly(found).astype(numpy.float32)


def error_in_float32(polynomial):
    x = numpy.linspace(-10, 10, 400001).astype(numpy.float32)
    square = x * x
    t = square * numpy.float32(2 / EDGE**2) - numpy.float32(1)
    y = numpy.full_like(x, polynomial[-1])
    for term in polynomial[-2::-1]:
        y = y * t + term
    gelu = numpy.where(square < numpy.float32(EDGE**2), x * (x * y + numpy.float32(0.5)), numpy.maximum(x, 0))
    return numpy.abs(gelu - x.astype(float) * phi(x.astype(float))).max()


if __name__ == "__main__":
    terms = fit()
    print([float(term) for term in terms])
    print("largest error", error_in_float32(terms))
