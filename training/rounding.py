# SPDX-License-Identifier: Apache-2.0
"""Rounding of a product's weights that keeps what it gives rather than its weights (GPTQ: Frantar, Ashkboos, Hoefler and Alistarh, ICLR 2023)."""
import torch

DAMPING = 0.01  # of the mean diagonal, so that inputs that hardly vary don't take all errors


def round_to_inputs(weight, scale, moments, most):
    """weight [out, in], scale [out], moments [in, in]: sum of x xᵀ over inputs x that the product sees. Gives whole numbers
    [out, in] within ±most; number × scale is the weight. Columns are rounded one after the other, those of large inputs first, and what
    each rounding changes of the outputs is made up for by the columns still to come."""
    weight, moments = weight.double().clone(), moments.double().clone()
    scale = torch.where(scale > 0, scale, torch.ones_like(scale)).double()[:, None]
    order = moments.diagonal().argsort(descending=True)
    weight, moments = weight[:, order], moments[order][:, order]
    moments += torch.eye(len(moments), dtype=torch.float64) * (DAMPING * moments.diagonal().mean().clamp(min=1e-12))
    inverse = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(moments)), upper=True)
    numbers = torch.empty_like(weight)
    for i in range(weight.shape[1]):
        column = weight[:, i:i + 1]
        numbers[:, i:i + 1] = (column / scale).round().clamp(-most, most)
        error = (column - numbers[:, i:i + 1] * scale) / inverse[i, i]
        weight[:, i + 1:] -= error * inverse[i, i + 1:]
    out = torch.empty_like(numbers)
    out[:, order] = numbers
    return out
