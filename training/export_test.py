# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest export_test (in training/)."""
import unittest

import numpy as np
import torch

import export
from model_file import ModelWriter


class Heads(unittest.TestCase):
    def test_a_product_is_left_as_the_engine_sees_it(self):
        torch.manual_seed(1)
        module = torch.nn.Linear(6, 4)
        writer = ModelWriter("x", "1", {})
        export.write_linear(writer, "head", module, more=torch.ones(4))
        at = {t["name"]: t["offset"] for t in writer.tensors}
        values = np.frombuffer(bytes(writer.data), np.int8, 24, at["head.weight"]).reshape(4, 6)
        scale = np.frombuffer(bytes(writer.data), np.float32, 4, at["head.weight.scale"])
        bias = np.frombuffer(bytes(writer.data), np.float32, 4, at["head.bias"])
        np.testing.assert_array_equal(values * scale[:, None], module.weight.detach().numpy())
        np.testing.assert_array_equal(bias, module.bias.detach().numpy() + 1)


if __name__ == "__main__":
    unittest.main()
