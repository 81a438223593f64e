# SPDX-License-Identifier: Apache-2.0
"""Muon (Jordan et al. 2024): steps of matrices whose directions all have the same size.

The momentum of a matrix is replaced by the nearest orthogonal matrix, by five Newton-Schulz iterations, and scaled to the
root mean square that AdamW's steps have, so that it takes AdamW's rates (Liu et al. 2025, "Muon is scalable for LLM training").
"""
import math

import torch

COEFFICIENTS = (3.4445, -4.7750, 2.0315)  # Jordan's: singular values of 0 to 1 come to .7 to 1.2
ITERATIONS = 5
ROOT_MEAN_SQUARE = 0.2  # of AdamW's steps


def orthogonal(m):
    """About U V' of m = U S V' [rows, columns]. In the smaller of both products, so that a wide matrix costs what a square one does."""
    if m.shape[0] > m.shape[1]:
        return orthogonal(m.T).T
    wide = m / (m.norm() + 1e-7)
    gram = wide @ wide.T
    total = None
    a, b, c = COEFFICIENTS
    for _ in range(ITERATIONS):  # what multiplies `wide` is a polynomial of its Gram matrix, and so commutes with it
        factor = b * gram + c * (gram @ gram)
        factor.diagonal().add_(a)
        total = factor if total is None else factor @ total
        gram = factor @ gram @ factor
    return total @ wide


class Muon(torch.optim.Optimizer):
    """For matrices alone, [rows, columns]; one of three times as many rows as columns is three (queries, keys, values)."""

    def __init__(self, groups, lr, momentum=0.95, weight_decay=0.01):
        super().__init__(groups, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        precision = torch.get_float32_matmul_precision()
        torch.set_float32_matmul_precision("highest")  # rounded products of Gram matrices spoil the iteration
        try:
            self.move()
        finally:
            torch.set_float32_matmul_precision(precision)

    def move(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(p)
                momentum = state["momentum"].mul_(group["momentum"]).add_(p.grad)
                direction = p.grad.add(momentum, alpha=group["momentum"])
                parts = direction.chunk(3) if p.shape[0] == 3 * p.shape[1] else [direction]  # queries, keys, values
                step = torch.cat([orthogonal(m) * (ROOT_MEAN_SQUARE * math.sqrt(max(m.shape))) for m in parts])
                p.mul_(1 - group["lr"] * group["weight_decay"]).add_(step, alpha=-group["lr"])
