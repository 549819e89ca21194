"""The encoder: a BERT-type post-LN transformer with three linear heads, small enough to read in one go.

Parameter names and shapes are the export contract: matrices are [in, out] and used as `x @ W`. With `pool="cls"` the last
layer is computed for the first row only; with `pool="mean"` (the teachers) the message's rows are averaged.
"""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn

LAYER_NORM_EPSILON = 1e-12
MASK_VALUE = -1e9


@dataclass
class Architecture:
    """Sizes of an encoder. `embedding < hidden` factorises the word table."""

    vocabulary: int
    layers: int = 4
    hidden: int = 384
    heads: int = 12
    intermediate: int = 1536
    embedding: int = 128
    positions: int = 128
    pool: str = "cls"


class Linear(nn.Module):
    """`x @ weight + bias` with weight [in, out]."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(inputs, outputs) * 0.02)
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return F.linear(x, self.weight.t(), self.bias)


class LayerNorm(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(width))
        self.beta = nn.Parameter(torch.zeros(width))

    def forward(self, x):
        return F.layer_norm(x, self.gamma.shape, self.gamma.to(x.dtype), self.beta.to(x.dtype), LAYER_NORM_EPSILON)


class Embeddings(nn.Module):
    def __init__(self, a: Architecture):
        super().__init__()
        self.word = nn.Parameter(torch.randn(a.vocabulary, a.embedding) * 0.02)
        self.projection = Linear(a.embedding, a.hidden) if a.embedding != a.hidden else None
        self.position = nn.Parameter(torch.randn(a.positions, a.hidden) * 0.02)
        # `nn.Module.type` is a method, so the contract's name can only be registered directly.
        self._parameters["type"] = nn.Parameter(torch.zeros(3, a.hidden))
        self.norm = LayerNorm(a.hidden)

    def forward(self, ids, types):
        x = F.embedding(ids, self.word)
        if self.projection is not None:
            x = self.projection(x)
        return self.norm(x + self.position[: ids.shape[1]] + F.embedding(types, self._parameters["type"]))


class Attention(nn.Module):
    def __init__(self, a: Architecture):
        super().__init__()
        self.heads = a.heads
        self.scale = 1.0 / math.sqrt(a.hidden // a.heads)
        self.query = Linear(a.hidden, a.hidden)
        self.key = Linear(a.hidden, a.hidden)
        self.value = Linear(a.hidden, a.hidden)
        self.output = Linear(a.hidden, a.hidden)
        self.norm = LayerNorm(a.hidden)

    def forward(self, x, rows, bias, dropout):
        batch, width, hidden = rows.shape

        def split(t):
            return t.view(batch, -1, self.heads, hidden // self.heads).transpose(1, 2)

        query, key, value = split(self.query(rows)), split(self.key(x)), split(self.value(x))
        if x.is_cuda:
            shape = (batch, self.heads, width, key.shape[2])
            mixed = F.scaled_dot_product_attention(query, key, value, bias.to(query.dtype).expand(shape))
        else:
            # Written out: on short rows this is several times faster on a CPU than the fused kernel's backward pass.
            scores = query @ key.transpose(-1, -2) * self.scale
            if bias is not None:
                scores = scores + bias.to(scores.dtype)
            mixed = scores.softmax(-1).to(x.dtype) @ value
        mixed = self.output(mixed.transpose(1, 2).reshape(batch, width, hidden))
        return self.norm(rows + F.dropout(mixed, dropout, self.training))


class FeedForward(nn.Module):
    def __init__(self, a: Architecture):
        super().__init__()
        self.up = Linear(a.hidden, a.intermediate)
        self.down = Linear(a.intermediate, a.hidden)
        self.norm = LayerNorm(a.hidden)

    def forward(self, x, dropout):
        return self.norm(x + F.dropout(self.down(F.gelu(self.up(x))), dropout, self.training))


class Layer(nn.Module):
    def __init__(self, a: Architecture):
        super().__init__()
        self.attention = Attention(a)
        self.feed_forward = FeedForward(a)

    def forward(self, x, rows, bias, dropout):
        return self.feed_forward(self.attention(x, rows, bias, dropout), dropout)


class Encoder(nn.Module):
    """ids, types, mask [batch, tokens] -> embedding [batch, hidden] and logits by head."""

    def __init__(self, a: Architecture, head_sizes: dict[str, int], dropout: float = 0.1):
        super().__init__()
        self.architecture = a
        self.dropout = dropout
        self.embeddings = Embeddings(a)
        self.layers = nn.ModuleList(Layer(a) for _ in range(a.layers))
        self.heads = nn.ModuleDict({name: Linear(a.hidden, size) for name, size in head_sizes.items()})

    def rows(self, ids, types, mask):
        """The output of each layer in turn, [batch, tokens, hidden]; of the last one the first row alone where it is pooled."""
        x = self.embeddings(ids, types)
        bias = None
        if x.is_cuda or not bool(mask.all()):  # asking a GPU would wait for it
            bias = ((1 - mask) * MASK_VALUE)[:, None, None, :].to(x.dtype)
        last = len(self.layers) - 1
        lower = (x.is_cuda or self.architecture.pool == "cls") and torch.is_autocast_enabled(x.device.type)
        for index, layer in enumerate(self.layers):
            if lower:
                x = x.to(torch.bfloat16)
            rows = x[:, :1] if index == last and self.architecture.pool == "cls" else x
            x = layer(x, rows, bias, self.dropout)
            yield x

    def embed(self, ids, types, mask):
        """[batch, hidden]: the first row of the last layer, or the mean of the message's rows."""
        *_, x = self.rows(ids, types, mask)
        return x[:, 0].float() if self.architecture.pool == "cls" else mean_row(x, mask * (types == 0))

    def layer_means(self, ids, types, mask):
        """What the layers before the last make of the message (type 0): the mean row of each, brought to length 1, one
        after the other; [batch, (layers - 1) * hidden]."""
        own = mask * (types == 0)
        *below, _ = self.rows(ids, types, mask)
        return torch.cat([F.normalize(mean_row(x, own), dim=-1) for x in below], -1)

    def forward(self, ids, types, mask):
        embedding = self.embed(ids, types, mask)
        dropped = F.dropout(embedding, self.dropout, self.training)
        return embedding, {name: head(dropped).float() for name, head in self.heads.items()}


def mean_row(x, mask):
    weights = mask[..., None].float()
    return (x.float() * weights).sum(1) / weights.sum(1)
