"""Runs with Python alone: python3 -m unittest discover tests"""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from fakes import fake, fake_cog


class Model:
    def __init__(self, *_args, **_options) -> None:
        self.read = []

    def encode(self, words, normalize_embeddings):
        self.read.append(words)
        return (0.6, 0.8) if normalize_embeddings else (3, 4)


fake_cog()
fake("sentence_transformers", SentenceTransformer=Model)

from run import QUERY, Runner


class VectorTest(unittest.TestCase):
    def test_embeds_a_text(self) -> None:
        runner = Runner()
        runner.setup()
        output = runner.run(text="a cat", kind="passage", normalize=True)
        self.assertEqual((output.embedding, output.dimensions), ([0.6, 0.8], 2))

    def test_says_that_a_question_is_one(self) -> None:
        runner = Runner()
        runner.setup()
        runner.run(text="a cat?", kind="query", normalize=False)
        self.assertEqual(runner.model.read, [QUERY + "a cat?"])


if __name__ == "__main__":
    unittest.main()
