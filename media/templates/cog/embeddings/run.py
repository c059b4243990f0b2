"""A vector for a text, to search and compare by."""

from typing import List

from cog import BaseModel, BaseRunner, Input
from sentence_transformers import SentenceTransformer

MODEL = "BAAI/bge-small-en-v1.5"
# Write a commit here before you deploy: a branch may change under you.
REVISION = "main"
# What this model wants to read before a question, and not before what is searched.
QUERY = "Represent this sentence for searching relevant passages: "


class Output(BaseModel):
    embedding: List[float]
    dimensions: int


class Runner(BaseRunner):
    def setup(self) -> None:
        """Loads the weights, from the image if they are in it, else from the hub into the cache."""
        self.model = SentenceTransformer(MODEL, revision=REVISION)

    def run(
        self,
        text: str = Input(description="What to embed", min_length=1),
        kind: str = Input(description="What the text is", default="passage", choices=["passage", "query"]),
        normalize: bool = Input(description="To length 1: then the dot product is the similarity", default=True),
    ) -> Output:
        """Embeds one text."""
        words = QUERY + text if kind == "query" else text
        vector = self.model.encode(words, normalize_embeddings=normalize)
        # Numbers of NumPy are not numbers of JSON.
        embedding = [float(value) for value in vector]
        return Output(embedding=embedding, dimensions=len(embedding))
