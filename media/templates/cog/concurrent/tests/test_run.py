"""Runs with Python alone: python3 -m unittest discover tests"""

import asyncio
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from fakes import fake_cog

fake_cog()

from run import Runner


async def said(runner: Runner, prompt: str) -> str:
    return "".join([piece async for piece in runner.run(prompt=prompt, words=2, delay=0.01)])


class ConcurrencyTest(unittest.IsolatedAsyncioTestCase):
    async def test_answers_side_by_side(self) -> None:
        runner = Runner()
        await runner.setup()
        answers = await asyncio.gather(said(runner, "a"), said(runner, "b"))
        self.assertEqual(answers, ["a 1 a 2 ", "b 1 b 2 "])


if __name__ == "__main__":
    unittest.main()
