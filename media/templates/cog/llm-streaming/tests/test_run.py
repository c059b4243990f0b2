"""Runs with Python alone: python3 -m unittest discover tests"""

import pathlib
import queue
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
        self.pieces = queue.Queue()

    def put(self, piece) -> None:
        self.pieces.put(piece)

    def end(self) -> None:
        self.pieces.put(None)

    def __iter__(self):
        while (piece := self.pieces.get(timeout=10)) is not None:
            yield piece


class Model:
    @classmethod
    def from_pretrained(cls, *_args, **_options):
        return cls()

    def to(self, _device):
        return self

    def generate(self, streamer, **options) -> None:
        self.options = options
        streamer.put("Hello")
        streamer.put(" there")
        streamer.end()


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

    def test_tells_what_goes_wrong_in_the_thread(self) -> None:
        def fail(streamer, **_options):
            streamer.put("Hello")
            raise RuntimeError("out of memory")

        runner = Runner()
        runner.setup()
        runner.record_metric = lambda *_: None
        runner.model.generate = fail
        answer = runner.run(prompt="Hi", system_prompt="", max_tokens=5, temperature=0, top_p=1, seed=-1)
        self.assertEqual(next(answer), "Hello")
        with self.assertRaisesRegex(RuntimeError, "out of memory"):
            list(answer)


if __name__ == "__main__":
    unittest.main()
