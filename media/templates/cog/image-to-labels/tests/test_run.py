"""Runs with Python alone: python3 -m unittest discover tests"""

import contextlib
import pathlib
import sys
import types
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from fakes import fake, fake_cog


class Numbers(list):
    def tolist(self):
        return list(self)


class Inputs(dict):
    def to(self, _device):
        return self


class Loaded:
    config = types.SimpleNamespace(id2label={0: "cat", 1: "dog"})

    @classmethod
    def from_pretrained(cls, *_args, **_options):
        return cls()

    def to(self, _device):
        return self

    def __call__(self, *_args, **_options):
        return Inputs() if _args else types.SimpleNamespace(logits=[[0.9, 0.1]])


class Picture:
    def __enter__(self):
        return self

    def __exit__(self, *_details) -> None:
        pass

    def convert(self, mode):
        return mode


fake_cog()
fake(
    "torch",
    cuda=types.SimpleNamespace(is_available=lambda: False),
    inference_mode=contextlib.nullcontext,
    softmax=lambda logits, dim: logits,
    topk=lambda values, top: types.SimpleNamespace(indices=Numbers([0, 1][:top]), values=Numbers(values[:top])),
)
fake("PIL.Image", open=lambda _path: Picture())
fake("transformers", AutoImageProcessor=Loaded, AutoModelForImageClassification=Loaded)

from run import Runner


class LabelsTest(unittest.TestCase):
    def test_names_the_likeliest(self) -> None:
        runner = Runner()
        runner.setup()
        output = runner.run(image=pathlib.Path("picture.png"), top=2)
        self.assertEqual((output.labels, output.scores), (["cat", "dog"], [0.9, 0.1]))


if __name__ == "__main__":
    unittest.main()
