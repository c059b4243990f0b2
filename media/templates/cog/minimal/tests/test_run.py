"""Runs with Python alone: python3 -m unittest discover tests"""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from fakes import fake_cog

fake_cog()

from run import Runner


class GreetingTest(unittest.TestCase):
    def test_says_as_many_words_as_asked(self) -> None:
        runner = Runner()
        runner.setup()
        runner.record_metric = lambda *_: None
        words = list(runner.run(prompt="Ada", language="de", words=3, delay=0))
        self.assertEqual(words, ["Hallo, ", "Ada! ", "Hallo, "])

    def test_is_healthy_after_setup(self) -> None:
        runner = Runner()
        runner.setup()
        self.assertTrue(runner.healthcheck())


if __name__ == "__main__":
    unittest.main()
