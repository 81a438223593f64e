# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest add_grammar_test (in training/)."""
import os
import tempfile
import unittest

import torch

import add_grammar
import export
from model import Encoder
from model_file import ModelWriter

torch.set_num_threads(1)
SEQUENCES = [([1, 5, 9, 2], [0, 3, 4, 0]), ([1, 7, 2], [0, 2, 0])]


def encoders(shared=2, own=1):
    """An encoder of three layers, and one that shares the lowest of them."""
    torch.manual_seed(1)
    make = lambda layers: Encoder(vocab=20, hidden=32, layers=layers, heads=2, ffn=48).eval()
    encoder, grammar = make(3), make(shared + own)
    for part in add_grammar.EMBEDDINGS:
        getattr(grammar, part).load_state_dict(getattr(encoder, part).state_dict())
    for i in range(shared):
        grammar.layers[i].load_state_dict(encoder.layers[i].state_dict())
    return encoder, grammar


def output(encoder):
    with torch.no_grad():
        return torch.cat([encoder(torch.tensor([ids]), torch.tensor([shapes]))[0] for ids, shapes in SEQUENCES])


class Shared(unittest.TestCase):
    def test_the_lowest_layers_that_are_alike(self):
        self.assertEqual(add_grammar.shared_layers(*encoders(shared=2)), 2)

    def test_rounding_makes_no_difference_but_another_layer_does(self):
        encoder, grammar = encoders(shared=2)
        export.write_encoder(ModelWriter("x", "1", {}), encoder, SEQUENCES)  # rounds its weights
        self.assertEqual(add_grammar.shared_layers(encoder, grammar.half().float()), 2)

    def test_nor_does_coarse_rounding(self):
        encoder, grammar = encoders(shared=2)
        export.write_encoder(ModelWriter("x", "1", {}, fineness=6), encoder, SEQUENCES)
        self.assertEqual(add_grammar.shared_layers(encoder, grammar), 2)

    def test_a_layer_that_learned_a_little_is_another(self):
        encoder, grammar = encoders(shared=2)
        with torch.no_grad():
            grammar.layers[1].qkv.bias *= 1.01
        self.assertEqual(add_grammar.shared_layers(encoder, grammar), 1)

    def test_what_is_not_of_the_model_is_refused(self):
        with self.assertRaisesRegex(SystemExit, "lowest layer"):
            add_grammar.shared_layers(*encoders(shared=0))
        encoder, grammar = encoders()
        with torch.no_grad():
            grammar.word.weight[3] += 1
        with self.assertRaisesRegex(SystemExit, "embeddings"):
            add_grammar.shared_layers(encoder, grammar)


class Layers(unittest.TestCase):
    def test_only_those_of_its_own_are_written_and_it_says_what_it_said(self):
        encoder, grammar = encoders()
        before = output(grammar)
        writer = ModelWriter("x", "1", {})
        add_grammar.write_layers(writer, encoder, grammar, 2, SEQUENCES)
        names = {t["name"] for t in writer.tensors}
        self.assertIn("grammar.layer.0.qkv.weight", names)
        self.assertFalse(any(name.startswith("grammar.layer.1") for name in names))
        after = output(grammar)
        self.assertGreater(torch.nn.functional.cosine_similarity(before, after).min().item(), 0.999)
        self.assertFalse(torch.equal(before, after))  # its layer was rounded


class Reopened(unittest.TestCase):
    def test_all_that_was_there_stays(self):
        encoder, grammar = encoders()
        with tempfile.TemporaryDirectory() as folder:
            first = ModelWriter("x", "1", dict(encoder.config))
            export.write_encoder(first, encoder, SEQUENCES)
            first.write(folder, {"a": 1}, license="L")
            again = add_grammar.encoder_of(folder)
            self.assertGreater(torch.nn.functional.cosine_similarity(output(encoder), output(again)).min().item(), 0.99999)
            writer, manifest = ModelWriter.reopened(folder, "2")
            self.assertEqual(manifest["heads"], {"a": 1})
            add_grammar.write_layers(writer, again, grammar, 2, SEQUENCES)
            writer.write(folder, manifest["heads"], license="L")
            with open(os.path.join(folder, "weights.bin"), "rb") as file:
                self.assertTrue(file.read().startswith(bytes(first.data)))
            self.assertEqual(writer.tensors[:len(first.tensors)], first.tensors)
            self.assertEqual(writer.manifest["version"], "2")


if __name__ == "__main__":
    unittest.main()
