#!/usr/bin/env python3
"""Times optimizer steps of rt1-mini in PyTorch, to hold `rt1 bench train` against on the same machine.

The network is that of configs/models/rt1-mini.yaml, written as one writes it in PyTorch: channels innermost, fused operators where there are
any, AdamW over all parameters, running mean of the weights. Frames come at the network's size, as with loader.resize_first.
Needs python3-torch. Usage: scripts/bench_train.py [--batch N] [--threads N] [--steps N]
"""
import argparse
import json
import math
import os
import pathlib
import statistics
import time

PARSER = argparse.ArgumentParser(description=__doc__.splitlines()[0])
PARSER.add_argument("--batch", type=int, default=18, help="windows of a step")
PARSER.add_argument("--threads", type=int, default=2)
PARSER.add_argument("--steps", type=int, default=20)
ARGUMENTS = PARSER.parse_args()
os.environ["OPENBLAS_NUM_THREADS"] = str(ARGUMENTS.threads)  # OpenBLAS reads it when it is loaded, with torch

import torch
import yaml
from torch import nn
from torch.nn import functional as F

PRESET = yaml.safe_load((pathlib.Path(__file__).parents[1] / "configs" / "models" / "rt1-mini.yaml").read_text())
NETWORK, BACKBONE, TRANSFORMER = PRESET["network"], PRESET["network"]["backbone"], PRESET["network"]["transformer"]
SIZE, WINDOW, CONTEXT, EMBEDDING = PRESET["image"]["size"], NETWORK["window"], NETWORK["context_size"], NETWORK["embedding_size"]
TOKENS, SLOTS, VOCABULARY = NETWORK["token_learner"]["tokens"], 11, 256
WIDTH, HEADS, KEY, HIDDEN, LAYERS = (TRANSFORMER[key] for key in ("width", "heads", "key_size", "feed_forward_size", "layers"))
DROPOUT = TRANSFORMER["dropout"]
MEAN, VARIANCE, DEVIATION = (0.485, 0.456, 0.406), (0.229**2, 0.224**2, 0.225**2), (0.229, 0.224, 0.225)


def dropout(x):
    return F.dropout(x, DROPOUT) if DROPOUT else x


class ConvNorm(nn.Module):
    """Convolution, batch normalisation, swish where asked; a stride of 2 pads (k/2 - 1, k/2)."""

    def __init__(self, inputs, outputs, kernel, stride=1, activate=True):
        super().__init__()
        self.pad = (kernel // 2 - 1, kernel // 2) * 2 if stride == 2 else None
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2 if stride == 1 else 0, bias=False)
        self.norm = nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.02)
        self.activate = activate

    def forward(self, x):
        x = self.norm(self.conv(F.pad(x, self.pad) if self.pad else x))
        return F.silu(x) if self.activate else x


class Film(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.mult, self.add = nn.Linear(CONTEXT, channels), nn.Linear(CONTEXT, channels)

    def forward(self, x, context):
        return x * (1 + self.mult(context))[:, :, None, None] + self.add(context)[:, :, None, None]


class Block(nn.Module):
    """Fused MBConv with FiLM; no block of this network keeps its shape, so none has a residual."""

    def __init__(self, inputs, outputs, stride, expansion, kernel):
        super().__init__()
        self.expand = ConvNorm(inputs, expansion * inputs, kernel, stride)
        self.project = ConvNorm(expansion * inputs, outputs, 1, activate=False)
        self.film = Film(outputs)

    def forward(self, x, context):
        return self.film(self.project(self.expand(x)), context)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        inner = HEADS * KEY
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-6), nn.LayerNorm(WIDTH, eps=1e-6)
        self.query, self.key, self.value = (nn.Linear(WIDTH, inner) for _ in range(3))
        self.output, self.hidden, self.feed = nn.Linear(inner, WIDTH), nn.Linear(WIDTH, HIDDEN), nn.Linear(HIDDEN, WIDTH)

    def forward(self, x, mask):
        b, length, _ = x.shape
        y = self.norm1(x)
        query, key, value = (f(y).view(b, length, HEADS, KEY).transpose(1, 2) for f in (self.query, self.key, self.value))
        weights = dropout(F.softmax(query @ key.transpose(2, 3) / math.sqrt(KEY) + mask, -1))
        x = x + self.output((weights @ value).transpose(1, 2).flatten(2))
        return x + dropout(self.feed(F.gelu(self.hidden(self.norm2(x)))))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        channels, cells = BACKBONE["stem_channels"], SIZE // 2
        self.stem = ConvNorm(3, channels, 3, 2)
        self.blocks = nn.ModuleList()
        for stage in BACKBONE["stages"]:
            self.blocks.append(Block(channels, stage["channels"], stage["stride"], stage["expansion"], stage["kernel"]))
            channels, cells = stage["channels"], cells // stage["stride"]
        self.head, self.head_film = nn.Conv2d(channels, EMBEDDING, 1, bias=False), Film(EMBEDDING)
        self.position = nn.Parameter(torch.randn(cells * cells, EMBEDDING) * 0.1)
        self.learner = nn.Sequential(nn.LayerNorm(EMBEDDING, eps=1e-6), nn.Linear(EMBEDDING, NETWORK["token_learner"]["hidden_size"]),
                                     nn.GELU("tanh"), nn.Linear(NETWORK["token_learner"]["hidden_size"], TOKENS))
        length = WINDOW * (TOKENS + SLOTS)
        self.embed, self.place = nn.Linear(EMBEDDING, WIDTH), nn.Parameter(torch.randn(length, WIDTH) * 0.02)
        self.place_bias = nn.Parameter(torch.zeros(WIDTH))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.norm, self.output = nn.LayerNorm(WIDTH, eps=1e-6), nn.Linear(WIDTH, VOCABULARY)
        self.slot_embedding = nn.Linear(VOCABULARY, EMBEDDING)  # of no effect, as in the reference
        index = torch.arange(length)
        slot = index % (TOKENS + SLOTS) >= TOKENS
        allowed = (index[:, None] >= index[None]) & ~(slot[:, None] & slot[None])
        self.register_buffer("mask", torch.where(allowed, 0.0, -1e9))
        self.register_buffer("read", torch.tensor([t * (TOKENS + SLOTS) + TOKENS - 1 + k for t in range(WINDOW) for k in range(SLOTS)]))
        self.register_buffer("mean", torch.tensor(MEAN).view(3, 1, 1))
        self.register_buffer("scale", 1 / (torch.tensor(VARIANCE) * torch.tensor(DEVIATION)).sqrt().view(3, 1, 1))

    def forward(self, images, context):
        b = images.shape[0]
        x = images.flatten(0, 1).permute(0, 3, 1, 2).float() / 255                      # NHWC in memory
        x = (x - self.mean) * self.scale
        context = context[:, None].expand(b, WINDOW, CONTEXT).flatten(0, 1)
        x = self.stem(x)
        for block in self.blocks:
            x = block(x, context)
        cells = self.head_film(self.head(x), context).flatten(2).transpose(1, 2) + self.position
        tokens = F.softmax(self.learner(cells).transpose(1, 2), -1) @ cells
        tokens = torch.cat([tokens.view(b, WINDOW, TOKENS, EMBEDDING), tokens.new_zeros(b, WINDOW, SLOTS, EMBEDDING)], 2).flatten(1, 2)
        x = self.embed(tokens) + self.place + self.place_bias
        for layer in self.layers:
            x = layer(x, self.mask)
        return self.output(self.norm(x[:, self.read])).view(b, WINDOW, SLOTS, VOCABULARY)


def main():
    torch.manual_seed(1)
    torch.set_num_threads(ARGUMENTS.threads)
    network = Network().to(memory_format=torch.channels_last).train()
    parameters = list(network.parameters())
    optimizer = torch.optim.AdamW(parameters, lr=1e-4, weight_decay=0.05, foreach=True)
    mean = [p.detach().clone() for p in parameters]
    images = torch.randint(0, 256, (ARGUMENTS.batch, WINDOW, SIZE, SIZE, 3), dtype=torch.uint8)
    context = torch.randn(ARGUMENTS.batch, CONTEXT)
    tokens = torch.randint(0, VOCABULARY, (ARGUMENTS.batch, WINDOW, SLOTS))
    times = []
    for step in range(3 + ARGUMENTS.steps):
        if step == 3:
            cpu = time.process_time()
        start = time.perf_counter()
        logits = network(images, context)
        loss = F.cross_entropy(logits.flatten(0, 2), tokens.flatten())
        forward = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        backward = time.perf_counter()
        nn.utils.clip_grad_norm_(parameters, 1e9, error_if_nonfinite=True)
        optimizer.step()
        with torch.no_grad():
            torch._foreach_mul_(mean, 0.998)
            torch._foreach_add_(mean, parameters, alpha=0.002)
        end = time.perf_counter()
        times.append((end - start, forward - start, backward - forward, end - backward))
    step, forward, backward, update = (1000 * statistics.median(column) for column in zip(*times[3:]))
    print(json.dumps({
        "torch": torch.__version__, "parameters": sum(p.numel() for p in parameters), "batch": ARGUMENTS.batch, "threads": ARGUMENTS.threads,
        "step_ms": step, "best_step_ms": 1000 * min(t[0] for t in times[3:]), "forward_ms": forward, "backward_ms": backward, "optimizer_ms": update,
        "cpu_ms": 1000 * (time.process_time() - cpu) / ARGUMENTS.steps, "images_per_second": ARGUMENTS.batch * WINDOW / step * 1000,
    }, indent=2))


if __name__ == "__main__":
    main()
