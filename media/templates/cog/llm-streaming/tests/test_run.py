"""Runs with Python alone: python3 -m unittest discover tests"""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from fakes import fake, fake_cog


class Tensors(dict):
    def to(self, _device):
        return self


class Tokenizer:
    @classmethod
    def from_pretrained(cls, *_args, **_options):
        return cls()

    def apply_chat_template(self, messages, **_options):
        self.messages = messages
        return Tensors(input_ids=[1, 2])


class Streamer:
    def __init__(self, *_args, **_options) -> None:
        self.pieces = []

    def __iter__(self):
        yield from ["Hello", " there"]


class Model:
    @classmethod
    def from_pretrained(cls, *_args, **_options):
        return cls()

    def to(self, _device):
        return self

    def generate(self, **options) -> None:
        self.options = options


fake_cog()
fake("torch", cuda=type("cuda", (), {"is_available": staticmethod(lambda: False)}), bfloat16=1, float32=2)
fake(
    "transformers",
    AutoModelForCausalLM=Model,
    AutoTokenizer=Tokenizer,
    StoppingCriteria=object,
    StoppingCriteriaList=list,
    TextIteratorStreamer=Streamer,
)

from run import Runner


class AnswerTest(unittest.TestCase):
    def test_streams_pieces_of_the_model(self) -> None:
        runner = Runner()
        runner.setup()
        runner.record_metric = lambda *_: None
        pieces = list(
            runner.run(prompt="Hi", system_prompt="Be brief.", max_tokens=5, temperature=0, top_p=1, seed=-1)
        )
        self.assertEqual(pieces, ["Hello", " there"])
        self.assertEqual([one["role"] for one in runner.tokenizer.messages], ["system", "user"])
        self.assertEqual((runner.model.options["max_new_tokens"], runner.model.options["do_sample"]), (5, False))


if __name__ == "__main__":
    unittest.main()
