"""Several predictions at once in one process: the shape for servers that batch by themselves, such as vLLM."""

import asyncio
from typing import AsyncIterator

from cog import BaseRunner, Input, concurrent, streaming


class Engine:
    """Stands for what does the work. Whatever waits must be awaited: it holds up all predictions otherwise."""

    async def generate(self, prompt: str, words: int, delay: float) -> AsyncIterator[str]:
        for number in range(words):
            await asyncio.sleep(delay)
            yield f"{prompt} {number + 1} "


class Runner(BaseRunner):
    async def setup(self) -> None:
        """Starts the engine, once for all predictions."""
        self.engine = Engine()

    @concurrent(max=4)
    @streaming
    async def run(
        self,
        prompt: str = Input(description="What to say"),
        words: int = Input(description="How often", default=5, ge=1, le=200),
        delay: float = Input(description="Seconds between two words", default=0.05, ge=0, le=2),
    ) -> AsyncIterator[str]:
        """Streams what the engine makes. A cancelled prediction ends here with asyncio.CancelledError."""
        async for piece in self.engine.generate(prompt, words, delay):
            yield piece
