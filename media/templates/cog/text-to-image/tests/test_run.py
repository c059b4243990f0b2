"""Runs with Python alone: python3 -m unittest discover tests"""

import pathlib
import sys
import types
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from fakes import fake, fake_cog


class Picture:
    def save(self, file) -> None:
        pathlib.Path(file).write_bytes(b"picture")


class Pipeline:
    @classmethod
    def from_pretrained(cls, *_args, **_options):
        return cls()

    def to(self, _device):
        return self

    def __call__(self, **options):
        self.options = options
        return types.SimpleNamespace(images=[Picture()])


class Generator:
    def __init__(self, _device) -> None:
        self.seed = None

    def manual_seed(self, seed):
        self.seed = seed
        return self


fake_cog()
fake("torch", float16=1, Generator=Generator)
fake("diffusers", AutoPipelineForText2Image=Pipeline)

from run import Runner


class PictureTest(unittest.TestCase):
    def test_paints_into_a_file(self) -> None:
        runner = Runner()
        runner.setup()
        file = runner.run(prompt="a cat", width=512, height=768, steps=2, seed=7)
        self.assertEqual(pathlib.Path(str(file)).read_bytes(), b"picture")
        self.assertEqual((runner.pipeline.options["height"], runner.pipeline.options["generator"].seed), (768, 7))


if __name__ == "__main__":
    unittest.main()
