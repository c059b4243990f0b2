"""What a picture shows: the likeliest labels, with their probabilities."""

from typing import List

import torch
from cog import BaseModel, BaseRunner, Input, Path
from PIL import Image
from transformers import AutoImageProcessor, AutoModelForImageClassification

MODEL = "microsoft/resnet-50"
# Write a commit here before you deploy: a branch may change under you.
REVISION = "main"


class Output(BaseModel):
    labels: List[str]
    # From 0 to 1, in the order of the labels.
    scores: List[float]


class Runner(BaseRunner):
    def setup(self) -> None:
        """Loads the weights, from the image if they are in it, else from the hub into the cache."""
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.processor = AutoImageProcessor.from_pretrained(MODEL, revision=REVISION)
        self.model = AutoModelForImageClassification.from_pretrained(MODEL, revision=REVISION).to(self.device)

    def run(
        self,
        image: Path = Input(description="Picture to look at", accept="image/*"),
        top: int = Input(description="How many labels", default=5, ge=1, le=50),
    ) -> Output:
        """Looks at one picture."""
        with Image.open(str(image)) as picture:
            inputs = self.processor(picture.convert("RGB"), return_tensors="pt").to(self.device)
        with torch.inference_mode():
            logits = self.model(**inputs).logits
        best = torch.topk(torch.softmax(logits, dim=-1)[0], top)
        # Numbers of torch are not numbers of JSON.
        return Output(
            labels=[self.model.config.id2label[int(index)] for index in best.indices.tolist()],
            scores=[float(score) for score in best.values.tolist()],
        )
