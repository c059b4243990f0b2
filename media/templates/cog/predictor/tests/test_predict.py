"""Runs with Python alone: python3 -m unittest discover tests"""

import pathlib
import sys
import types
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from fakes import fake, fake_cog


class Picture:
    width, height = 30, 20

    def __enter__(self):
        return self

    def __exit__(self, *_details) -> None:
        pass

    def convert(self, _mode):
        return self

    def resize(self, size, _filter):
        self.size = size
        return self

    def save(self, file) -> None:
        pathlib.Path(file).write_text(f"{self.size[0]}x{self.size[1]}")


fake_cog()
fake("PIL.Image", open=lambda _path: Picture(), Resampling=types.SimpleNamespace(LANCZOS=1))

from predict import Predictor


class EnlargeTest(unittest.TestCase):
    def test_makes_a_larger_picture(self) -> None:
        predictor = Predictor()
        predictor.setup()
        file = predictor.predict(image=pathlib.Path("a.png"), scale=1.5)
        self.assertEqual(pathlib.Path(str(file)).read_text(), "45x30")

    def test_refuses_what_is_too_large(self) -> None:
        predictor = Predictor()
        predictor.setup()
        with self.assertRaises(ValueError):
            predictor.predict(image=pathlib.Path("a.png"), scale=1_000_000)


if __name__ == "__main__":
    unittest.main()
