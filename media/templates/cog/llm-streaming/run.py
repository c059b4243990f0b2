"""A language model of Hugging Face that streams its answer."""

from threading import Event, Thread
from typing import Iterator

import torch
from cog import BaseRunner, Input, streaming
from transformers import AutoModelForCausalLM, AutoTokenizer, StoppingCriteria, StoppingCriteriaList, TextIteratorStreamer

MODEL = "HuggingFaceTB/SmolLM2-360M-Instruct"
# Write a commit here before you deploy: a branch may change under you.
REVISION = "main"


class Stopped(StoppingCriteria):
    """Ends the generation when the prediction is over, whichever way."""

    def __init__(self) -> None:
        self.event = Event()

    def __call__(self, input_ids, scores, **kwargs) -> bool:
        return self.event.is_set()


class Runner(BaseRunner):
    def setup(self) -> None:
        """Loads the weights, from the image if they are in it, else from the hub into the cache."""
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        dtype = torch.bfloat16 if self.device == "cuda" else torch.float32
        self.tokenizer = AutoTokenizer.from_pretrained(MODEL, revision=REVISION)
        self.model = AutoModelForCausalLM.from_pretrained(MODEL, revision=REVISION, dtype=dtype).to(self.device)

    @streaming
    def run(
        self,
        prompt: str = Input(description="What to answer"),
        system_prompt: str = Input(description="How to answer", default="You are a helpful assistant."),
        max_tokens: int = Input(description="Most tokens of the answer", default=256, ge=1, le=4096),
        temperature: float = Input(description="0 always takes the likeliest token", default=0.7, ge=0, le=2),
        top_p: float = Input(description="Share of likely tokens to choose from", default=0.95, ge=0.01, le=1),
        seed: int = Input(description="The same seed gives the same answer; -1 for none", default=-1, ge=-1),
    ) -> Iterator[str]:
        """Answers piece by piece."""
        if seed >= 0:
            torch.manual_seed(seed)
        messages = [{"role": "system", "content": system_prompt}, {"role": "user", "content": prompt}]
        inputs = self.tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, return_tensors="pt", return_dict=True
        ).to(self.device)
        streamer = TextIteratorStreamer(self.tokenizer, skip_prompt=True, skip_special_tokens=True)
        stopped = Stopped()
        choice = {"do_sample": True, "temperature": temperature, "top_p": top_p} if temperature > 0 else {"do_sample": False}
        failures = []

        def generate() -> None:
            try:
                self.model.generate(
                    **inputs,
                    **choice,
                    max_new_tokens=max_tokens,
                    streamer=streamer,
                    stopping_criteria=StoppingCriteriaList([stopped]),
                )
            except Exception as error:
                failures.append(error)
                # The loop below would wait for more forever.
                streamer.end()

        work = Thread(target=generate)
        work.start()
        tokens = 0
        try:
            for text in streamer:
                tokens += 1
                yield text
        finally:
            # Also when it is cancelled: the thread must not go on behind a prediction that is over.
            stopped.event.set()
            work.join()
        if failures:
            raise failures[0]
        self.record_metric("pieces", tokens)
