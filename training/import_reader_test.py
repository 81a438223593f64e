# SPDX-License-Identifier: Apache-2.0
"""Run: python3 -m unittest import_reader_test (in training/)."""
import tempfile
import unittest

import torch

import add_grammar
import export
import import_reader
import tasks
from model import Reader
from model_file import ModelWriter

torch.set_num_threads(1)
SEQUENCES = [([1, 5, 9, 2], [0, 3, 4, 0]), ([1, 7, 2], [0, 2, 0])]
MODULES = [tasks.load(name) for name in import_reader.TASK_HEADS]


def imported(tensors, layers, modules=()):
    reader = Reader(vocab=20, layers=layers, tasks=modules)
    missing, unknown = reader.load_state_dict(import_reader.state_of(tensors, layers), strict=False)
    return reader.eval(), missing, unknown


def words(reader):
    with torch.no_grad():
        return torch.cat([reader.encoder(torch.tensor([ids]), torch.tensor([shapes]))[0] for ids, shapes in SEQUENCES])


class Grammar(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        torch.manual_seed(1)
        cls.reader, cls.grammar = Reader(vocab=20, layers=3).eval(), Reader(vocab=20, layers=4, tasks=MODULES).eval()
        for part in add_grammar.EMBEDDINGS:
            getattr(cls.grammar.encoder, part).load_state_dict(getattr(cls.reader.encoder, part).state_dict())
        for i in range(2):
            cls.grammar.encoder.layers[i].load_state_dict(cls.reader.encoder.layers[i].state_dict())
        with tempfile.TemporaryDirectory() as folder:
            writer = ModelWriter("x", "1", dict(cls.reader.encoder.config))
            export.write_encoder(writer, cls.reader.encoder, SEQUENCES)
            export.write_heads(writer, cls.reader)
            writer.write(folder, {})
            writer, manifest = ModelWriter.reopened(folder, "2")
            add_grammar.write_layers(writer, add_grammar.encoder_of(folder), cls.grammar.encoder, 2, SEQUENCES)
            for module in (tasks.parse, tasks.coref):
                module.write(writer, cls.grammar.tasks[module.TASK.name])
            writer.manifest["encoder"] = {**manifest["encoder"], "grammar": {"from": 2, "layers": 2}}
            writer.write(folder, {})
            cls.manifest, cls.tensors = import_reader.tensors_of(folder)

    def test_layers_and_trees_come_back(self):
        layers, tensors = import_reader.with_grammar(self.manifest, self.tensors)
        self.assertEqual(layers, 4)
        again, _, unknown = imported(tensors, layers, MODULES)
        self.assertEqual(unknown, [])
        self.assertGreater(torch.nn.functional.cosine_similarity(words(again), words(self.grammar)).min().item(), 0.999)
        h = torch.randn(1, 6, 384)
        with torch.no_grad():
            self.assertTrue(torch.allclose(again.tasks["parse"].arcs(h), self.grammar.tasks["parse"].arcs(h), atol=0.05))

    def test_of_coreference_the_scheme_at_run_time_comes_back(self):
        layers, tensors = import_reader.with_grammar(self.manifest, self.tensors)
        again, missing, _ = imported(tensors, layers, MODULES)
        mine, his = again.tasks["coref"], self.grammar.tasks["coref"]
        self.assertLessEqual(set(import_reader.IN_BIASES), set(missing))
        scheme = tasks.coref.RUN_TIME
        self.assertTrue(torch.allclose(mine.anchor.bias, his.anchor.bias + his.scheme.weight[scheme], atol=1e-5))
        self.assertTrue(torch.allclose(mine.distance.weight, his.distance.weight, atol=1e-5))

    def test_the_reader_alone_has_none_of_it(self):
        layers, tensors = self.manifest["encoder"]["layers"], {n: t for n, t in self.tensors.items() if n.split(".")[0] not in import_reader.TASK_HEADS}
        again, _, unknown = imported(tensors, layers)
        self.assertEqual((layers, unknown), (3, []))
        self.assertGreater(torch.nn.functional.cosine_similarity(words(again), words(self.reader)).min().item(), 0.999)


if __name__ == "__main__":
    unittest.main()
