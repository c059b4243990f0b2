"""The smallest model that does everything a server can: it streams text, and needs nothing but Python."""

import time
from typing import Iterator

from cog import BaseRunner, CancelationException, Input, streaming

GREETINGS = {"en": "Hello", "de": "Hallo", "fr": "Bonjour", "ja": "こんにちは"}


class Runner(BaseRunner):
    def setup(self) -> None:
        """Runs once, before the first prediction: load weights here."""
        self.greetings = GREETINGS

    def healthcheck(self) -> bool:
        """Says whether the model can answer. Cog asks again and again; it has five seconds."""
        return bool(self.greetings)

    @streaming
    def run(
        self,
        prompt: str = Input(description="Whom to greet"),
        language: str = Input(description="In which language", default="en", choices=["en", "de", "fr", "ja"]),
        words: int = Input(description="How many words to say", default=8, ge=1, le=200),
        delay: float = Input(description="Seconds between two words", default=0.05, ge=0, le=2),
    ) -> Iterator[str]:
        """Says the greeting word by word."""
        text = f"{self.greetings[language]}, {prompt}!".split()
        try:
            for number in range(words):
                time.sleep(delay)
                yield text[number % len(text)] + " "
        except CancelationException:
            # Give back what the prediction holds, then let Cog know.
            raise
        self.record_metric("words", words)
