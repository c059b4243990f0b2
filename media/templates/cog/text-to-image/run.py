"""A picture from a text, with diffusers."""

import tempfile
from pathlib import Path as File

import torch
from cog import BaseRunner, Input, Path
from diffusers import AutoPipelineForText2Image

MODEL = "stabilityai/sdxl-turbo"
# Write a commit here before you deploy: a branch may change under you.
REVISION = "main"


class Runner(BaseRunner):
    def setup(self) -> None:
        """Loads the weights, from the image if they are in it, else from the hub into the cache."""
        self.pipeline = AutoPipelineForText2Image.from_pretrained(
            MODEL, revision=REVISION, torch_dtype=torch.float16, variant="fp16"
        ).to("cuda")

    def run(
        self,
        prompt: str = Input(description="What the picture shows"),
        width: int = Input(description="Pixels", default=512, choices=[512, 768, 1024]),
        height: int = Input(description="Pixels", default=512, choices=[512, 768, 1024]),
        steps: int = Input(description="More take longer", default=2, ge=1, le=8),
        seed: int = Input(description="The same seed gives the same picture; -1 for none", default=-1, ge=-1),
    ) -> Path:
        """Paints one picture."""
        generator = torch.Generator("cuda").manual_seed(seed) if seed >= 0 else None
        picture = self.pipeline(
            prompt=prompt,
            width=width,
            height=height,
            num_inference_steps=steps,
            guidance_scale=0.0,
            generator=generator,
        ).images[0]
        # Cog sends the file and takes it away.
        file = File(tempfile.mkdtemp()) / "picture.png"
        picture.save(file)
        return Path(file)
