"""A picture made larger. The classic spelling (`predict:`, `BasePredictor`), as in Cloudflare's announcement of April 2026."""

import tempfile
from pathlib import Path as File

from cog import BasePredictor, Input, Path
from PIL import Image

# An answer of this size is still sent in one piece.
MOST_PIXELS = 40_000_000


class Predictor(BasePredictor):
    def setup(self) -> None:
        """Runs once: load weights here, for example with torch.load("weights.pth")."""
        self.filter = Image.Resampling.LANCZOS

    def predict(
        self,
        image: Path = Input(description="Picture to enlarge"),
        scale: float = Input(description="How many times as wide and as high", default=2.0, ge=1.0, le=4.0),
    ) -> Path:
        """Enlarges one picture."""
        with Image.open(str(image)) as picture:
            size = (round(picture.width * scale), round(picture.height * scale))
            if size[0] * size[1] > MOST_PIXELS:
                raise ValueError(f"{size[0]} by {size[1]} pixels are too many: take a smaller scale.")
            larger = picture.convert("RGB").resize(size, self.filter)
        # Cog sends the file and takes it away.
        file = File(tempfile.mkdtemp()) / "larger.png"
        larger.save(file)
        return Path(file)
