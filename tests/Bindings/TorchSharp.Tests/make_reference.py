#!/usr/bin/env python3
"""Numbers that the tests of the TorchSharp binding are held against, computed by PyTorch itself.

    /usr/bin/python3 tests/Bindings/TorchSharp.Tests/make_reference.py      (Debian's python3-torch)

writes reference.json beside this file. Inputs and parameters follow from a formula (`fill`, in Reference.cs too), so the file holds
results only: outputs, and gradients of sum(output * fill(output.shape, 0.5)).
"""

import json
import pathlib

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)


def fill(shape, phase):
    count = int(torch.tensor(shape).prod()) if len(shape) else 1
    return torch.sin(torch.arange(count, dtype=torch.float64) * 0.7 + phase).float().reshape(shape)


def entry(tensor):
    values = tensor.detach().to(torch.float64).flatten().tolist()
    return {"shape": list(tensor.shape), "data": [float(f"{value:.9g}") for value in values]}


def backward(output):
    (output * fill(output.shape, 0.5)).sum().backward()


def operator(function, *shapes):
    """Runs a function of tensors; records its output and the gradient of each input."""
    inputs = [fill(shape, i + 1.0).requires_grad_() for i, shape in enumerate(shapes)]
    output = function(*inputs)
    if not output.requires_grad:
        return {"output": entry(output)}
    backward(output)
    return {"output": entry(output), **{f"grad{i}": entry(x.grad) for i, x in enumerate(inputs) if x.grad is not None}}


CLASSES = torch.tensor([2, 0, 3, 1, 2])
PIXELS = torch.tensor([[2, 0, 3], [1, 2, 0]])
WEIGHT = torch.tensor([0.5, 1.0, 1.5, 2.0])
ROWS = torch.tensor([2, 0, 2])
PLACES = torch.tensor([[0, 2, 1], [1, 1, 0]])
MASK = torch.tensor([True, False, True, False])


def attention(q, k, v):
    scores = torch.einsum("bqd,bkd->bqk", q, k) / 4 ** 0.5
    mask = torch.triu(torch.ones(3, 3), 1).bool()
    return torch.bmm(scores.masked_fill(mask, float("-inf")).softmax(-1), v)


OPERATORS = {
    "add": operator(lambda a, b: a + b, (2, 3), (3,)),
    "add_alpha": operator(lambda a, b: torch.add(a, b, alpha=2.5), (2, 3), (2, 3)),
    "arithmetic": operator(lambda a, b: (1 - a) * 2 / (b + 3) - a / 4 + 0.5 * b - (2 / (a + 3)), (2, 3), (2, 3)),
    "remainder": operator(lambda a: a % 0.3, (5,)),
    "floor_divide": operator(lambda a: torch.div(a, 0.3, rounding_mode="floor"), (5,)),
    "pow": operator(lambda a, b: (a + 2) ** 2.5 + (a + 2) ** b, (4,), (4,)),
    "addcmul": operator(lambda a, b, c: torch.addcmul(a, b, c, value=0.3), (4,), (4,), (4,)),
    "addcdiv": operator(lambda a, b, c: torch.addcdiv(a, b, c + 2, value=0.3), (4,), (4,), (4,)),
    "lerp": operator(lambda a, b, c: torch.lerp(a, b, c), (4,), (4,), (4,)),
    "minmax": operator(lambda a, b: torch.minimum(a, b) - 2 * torch.maximum(a, b), (4,), (4,)),
    "exp_log": operator(lambda a: a.exp() + (a + 2).log() + (a + 2).sqrt() + (a + 2).rsqrt() + (a + 2).log1p() + a.expm1(), (4,)),
    "trigonometry": operator(lambda a: a.sin() + a.cos() + a.tanh() + a.abs() + a.sigmoid() + a.square(), (4,)),
    "rounding": operator(lambda a: (a * 3).floor() + (a * 5).ceil() + (a * 7).round() + (a * 9).trunc() + a.sign(), (4,)),
    "clamp": operator(lambda a: a.clamp(-0.5, 0.4) + a.clamp(min=0.1), (6,)),
    "softmax": operator(lambda a: a.softmax(-1), (2, 4)),
    "log_softmax": operator(lambda a: a.log_softmax(1), (2, 4)),
    "logsumexp": operator(lambda a: a.logsumexp(1), (2, 4)),
    "where": operator(lambda a, b: torch.where(MASK, a, b), (4,), (4,)),
    "masked_fill": operator(lambda a: a.masked_fill(MASK, 3.0), (2, 4)),
    "nan_to_num": operator(lambda a: torch.nan_to_num(a.detach() * float("nan"), nan=1.5) + torch.nan_to_num(a.detach() * float("inf"), posinf=2.0, neginf=-3.0), (4,)),
    "relu": operator(F.relu, (6,)),
    "silu": operator(F.silu, (6,)),
    "gelu": operator(F.gelu, (6,)),
    "gelu_tanh": operator(lambda a: F.gelu(a, approximate="tanh"), (6,)),
    "leaky_relu": operator(lambda a: F.leaky_relu(a, 0.2), (6,)),
    "softplus": operator(F.softplus, (6,)),
    "matmul": operator(torch.matmul, (2, 3, 4), (4, 2)),
    "bmm": operator(torch.bmm, (2, 3, 4), (2, 4, 2)),
    "addmm": operator(lambda a, b, c: torch.addmm(a, b, c, beta=0.5, alpha=2.0), (3, 2), (3, 4), (4, 2)),
    "attention": operator(attention, (2, 3, 4), (2, 3, 4), (2, 3, 4)),
    "outer": operator(torch.outer, (3,), (4,)),
    "sum": operator(lambda a: a.sum(1) + a.sum() + a.sum((0, 1), keepdim=True)[0], (2, 3)),
    "mean": operator(lambda a: a.mean((1, 2)) + a.mean(), (2, 3, 2)),
    "var": operator(lambda a: a.var(1) + a.var((0, 1), unbiased=False) + a.std(1), (2, 3)),
    "max": operator(lambda a: a.max(1)[0] + a.min(1)[0] + a.max() + a.amax(1), (2, 3)),
    "norm": operator(lambda a: a.norm() + a.norm(dim=1) + F.normalize(a, dim=1).sum(1), (2, 3)),
    "topk": operator(lambda a: a.topk(2, -1)[0], (2, 4)),
    "sort": operator(lambda a: a.sort(-1, descending=True)[0], (2, 4)),
    "cumsum": operator(lambda a: a.cumsum(1) + a.cumprod(1), (2, 4)),
    "argmax": operator(lambda a: a.argmax(1).float() + a.argmin(1).float() + a.argsort(1)[:, 0].float(), (2, 4)),
    "reshape": operator(lambda a: a.reshape(3, 4).t().contiguous().view(2, 6).permute(1, 0).flatten(), (2, 6)),
    "transpose": operator(lambda a: a.transpose(0, 2).unsqueeze(1).squeeze(1), (2, 3, 2)),
    "cat": operator(lambda a, b: torch.cat([a, b], 1), (2, 3), (2, 1)),
    "stack": operator(lambda a, b: torch.stack([a, b], 1), (2, 3), (2, 3)),
    "split": operator(lambda a: a.split([1, 2], 1)[1] + a.chunk(3, 1)[0] + a.unbind(1)[2][:, None], (2, 3)),
    "expand": operator(lambda a: a.expand(2, 3) + a.repeat(2, 1) + a.repeat_interleave(2, 0), (1, 3)),
    "flip_roll": operator(lambda a: a.flip(1) + 2 * a.roll(1, 0) + 3 * a.roll((1, 1), (0, 1)), (2, 3)),
    "triangles": operator(lambda a: a.tril() + 2 * a.triu(1), (3, 3)),
    "gather": operator(lambda a: a.gather(1, PLACES), (2, 3)),
    "scatter": operator(lambda a, b: a.scatter(1, PLACES[:, :1], b), (2, 3), (2, 1)),
    "scatter_add": operator(lambda a, b: a.scatter_add(1, PLACES, b), (2, 3), (2, 3)),
    "index_select": operator(lambda a: a.index_select(0, ROWS), (3, 2)),
    "index": operator(lambda a: a[ROWS, 1] + a[1:, ..., 0].sum() + a[-1, 0] + a[:, None, ::2].sum(), (3, 4)),
    "linear": operator(F.linear, (2, 3, 4), (5, 4), (5,)),
    "conv1d": operator(lambda x, w, b: F.conv1d(x, w, b, 2, 1, 1, 2), (1, 4, 7), (4, 2, 3), (4,)),
    "conv2d": operator(lambda x, w, b: F.conv2d(x, w, b, (2, 1), (1, 2), (1, 2), 2), (2, 4, 6, 5), (4, 2, 3, 2), (4,)),
    "conv2d_depthwise": operator(lambda x, w: F.conv2d(x, w, None, 1, 1, 1, 3), (1, 3, 5, 5), (3, 1, 3, 3)),
    "conv2d_same": operator(lambda x, w: F.conv2d(x, w, padding="same"), (1, 2, 4, 4), (3, 2, 3, 3)),
    "layer_norm": operator(lambda x, w, b: F.layer_norm(x, (4,), w, b, 1e-6), (2, 3, 4), (4,), (4,)),
    "group_norm": operator(lambda x, w, b: F.group_norm(x, 2, w, b), (2, 4, 3), (4,), (4,)),
    "avg_pool2d": operator(lambda x: F.avg_pool2d(x, 2, 2, 1, count_include_pad=False), (1, 2, 4, 4)),
    "max_pool2d": operator(lambda x: F.max_pool2d(x, 3, 2, 1), (1, 2, 5, 5)),
    "adaptive_avg_pool2d": operator(lambda x: F.adaptive_avg_pool2d(x, (2, 3)), (1, 2, 5, 5)),
    "interpolate_bilinear": operator(lambda x: F.interpolate(x, (5, 3), mode="bilinear", align_corners=False), (1, 2, 3, 4)),
    "interpolate_corners": operator(lambda x: F.interpolate(x, (5, 3), mode="bilinear", align_corners=True), (1, 2, 3, 4)),
    "interpolate_nearest": operator(lambda x: F.interpolate(x, scale_factor=2.0), (1, 2, 3, 2)),
    "interpolate_antialias": operator(lambda x: F.interpolate(x, (2, 2), mode="bilinear", antialias=True), (1, 1, 5, 5)),
    "pad": operator(lambda x: F.pad(x, (1, 2, 0, 1), value=0.25), (1, 2, 2, 3)),
    "pad_reflect": operator(lambda x: F.pad(x, (1, 2, 0, 1), mode="reflect"), (1, 1, 3, 3)),
    "pad_replicate": operator(lambda x: F.pad(x, (1, 2, 0, 1), mode="replicate"), (1, 1, 3, 3)),
    "cross_entropy": operator(lambda x: F.cross_entropy(x, CLASSES), (5, 4)),
    "cross_entropy_options": operator(lambda x: F.cross_entropy(x, CLASSES, WEIGHT, ignore_index=3, label_smoothing=0.1, reduction="sum"), (5, 4)),
    "cross_entropy_pixels": operator(lambda x: F.cross_entropy(x, PIXELS, reduction="none"), (2, 4, 3)),
    "cross_entropy_probabilities": operator(lambda x, p: F.cross_entropy(x, p.softmax(1), label_smoothing=0.2), (3, 4), (3, 4)),
    "binary_cross_entropy": operator(lambda x: F.binary_cross_entropy_with_logits(x, MASK.float(), pos_weight=WEIGHT), (4,)),
    "mse_loss": operator(F.mse_loss, (3, 2), (3, 2)),
    "l1_loss": operator(F.l1_loss, (3, 2), (3, 2)),
    "smooth_l1_loss": operator(lambda a, b: F.smooth_l1_loss(a, b, beta=0.5), (3, 2), (3, 2)),
    "huber_loss": operator(lambda a, b: F.huber_loss(a, b, delta=0.5), (3, 2), (3, 2)),
    "kl_div": operator(lambda a, b: F.kl_div(a.log_softmax(1), b.softmax(1), reduction="sum"), (3, 2), (3, 2)),
    "nll_loss": operator(lambda a: F.nll_loss(a.log_softmax(1), CLASSES, WEIGHT), (5, 4)),
}


def module(layer, shape, input=None, train=True):
    """Fills the parameters of a layer; records output, input gradient, parameter gradients and buffers."""
    for i, parameter in enumerate(layer.parameters()):
        parameter.data = fill(parameter.shape, i + 2.0)
    layer.train(train)
    x = fill(shape, 1.0).requires_grad_() if input is None else input
    output = layer(x)
    backward(output)
    result = {"output": entry(output)}
    if input is None:
        result["grad"] = entry(x.grad)
    result.update({f"grad.{name}": entry(parameter.grad) for name, parameter in layer.named_parameters()})
    result.update({f"buffer.{name}": entry(buffer) for name, buffer in layer.named_buffers()})
    return result


MODULES = {
    "Linear": module(nn.Linear(3, 2), (4, 3)),
    "Linear_no_bias": module(nn.Linear(3, 2, bias=False), (4, 3)),
    "Conv1d": module(nn.Conv1d(2, 4, 3, stride=2, padding=1, groups=2), (1, 2, 6)),
    "Conv2d": module(nn.Conv2d(2, 4, 3, stride=2, padding=1, dilation=1, groups=2), (1, 2, 5, 5)),
    "Conv2d_reflect": module(nn.Conv2d(1, 2, 3, padding=1, padding_mode="reflect"), (1, 1, 4, 4)),
    "BatchNorm1d": module(nn.BatchNorm1d(3), (4, 3)),
    "BatchNorm2d": module(nn.BatchNorm2d(3, eps=1e-3, momentum=0.01), (2, 3, 2, 2)),
    "BatchNorm2d_eval": module(nn.BatchNorm2d(3), (2, 3, 2, 2), train=False),
    "LayerNorm": module(nn.LayerNorm(4, eps=1e-6), (2, 3, 4)),
    "LayerNorm_2": module(nn.LayerNorm([3, 4]), (2, 3, 4)),
    "GroupNorm": module(nn.GroupNorm(2, 4), (2, 4, 3)),
    "Embedding": module(nn.Embedding(4, 3, padding_idx=1), None, torch.tensor([[0, 3, 1], [3, 2, 1]])),
    "Sequential": module(nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.SiLU(), nn.Flatten(), nn.Linear(8, 3), nn.GELU()), (2, 1, 4, 4)),
    "Activations": module(nn.Sequential(nn.ReLU(), nn.Tanh(), nn.Sigmoid(), nn.Dropout(0.0), nn.Identity(), nn.Softmax(1)), (2, 3)),
    "Pools": module(nn.Sequential(nn.MaxPool2d(2), nn.AvgPool2d(2, stride=1), nn.AdaptiveAvgPool2d(1)), (1, 2, 6, 6)),
}


def optimizer(make):
    """Five steps with gradients that follow from the formula; records the parameters after each."""
    parameters = [nn.Parameter(fill((2, 3), 1.0)), nn.Parameter(fill((4,), 2.0))]
    optimizer, history = make(parameters), []
    for step in range(5):
        for i, parameter in enumerate(parameters):
            parameter.grad = fill(parameter.shape, 3.0 + step + 10 * i)
        optimizer.step()
        history.append(torch.cat([parameter.flatten() for parameter in parameters]))
    return entry(torch.stack(history))


def groups(kind):
    return lambda p: kind([{"params": p[:1], "weight_decay": 0.3}, {"params": p[1:], "weight_decay": 0.0, "lr": 0.5}], lr=0.05)


OPTIMIZERS = {
    "Adam": optimizer(lambda p: torch.optim.Adam(p, lr=0.05)),
    "Adam_options": optimizer(lambda p: torch.optim.Adam(p, lr=0.05, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.1, amsgrad=True)),
    "Adam_maximize": optimizer(lambda p: torch.optim.Adam(p, lr=0.05, maximize=True)),
    "AdamW": optimizer(lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.1)),
    "AdamW_groups": optimizer(groups(torch.optim.AdamW)),
    "SGD": optimizer(lambda p: torch.optim.SGD(p, lr=0.1)),
    "SGD_momentum": optimizer(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, dampening=0.1, weight_decay=0.05)),
    "SGD_nesterov": optimizer(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, maximize=True)),
}


def schedule(make):
    """The learning rates of twelve epochs, from 0.5."""
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=0.5)
    scheduler, rates = make(optimizer), []
    for _ in range(12):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


S = torch.optim.lr_scheduler
SCHEDULES = {
    "LambdaLR": schedule(lambda o: S.LambdaLR(o, lambda epoch: 1 / (epoch + 1))),
    "StepLR": schedule(lambda o: S.StepLR(o, 3, 0.5)),
    "MultiStepLR": schedule(lambda o: S.MultiStepLR(o, [2, 5], 0.1)),
    "ExponentialLR": schedule(lambda o: S.ExponentialLR(o, 0.9)),
    "ConstantLR": schedule(lambda o: S.ConstantLR(o, 0.5, 3)),
    "LinearLR": schedule(lambda o: S.LinearLR(o, 0.1, 1.0, 4)),
    "PolynomialLR": schedule(lambda o: S.PolynomialLR(o, 5, 2.0)),
    "CosineAnnealingLR": schedule(lambda o: S.CosineAnnealingLR(o, 5, 0.1)),
    "SequentialLR": schedule(lambda o: S.SequentialLR(o, [S.LinearLR(o, 0.1, 1.0, 4), S.CosineAnnealingLR(o, 8, 0.0)], [4])),
}


def seeded(make):
    torch.manual_seed(42)
    return entry(make())


RANDOM = {
    "rand": seeded(lambda: torch.rand(5)),
    "randn": seeded(lambda: torch.randn(5)),
    "randint": seeded(lambda: torch.randint(0, 100, (5,))),
    "randperm": seeded(lambda: torch.randperm(6)),
    "normal_": seeded(lambda: torch.empty(5).normal_(1.0, 2.0)),
    "uniform_": seeded(lambda: torch.empty(5).uniform_(-2.0, 2.0)),
    "xavier_uniform_": seeded(lambda: nn.init.xavier_uniform_(torch.empty(2, 3))),
    "kaiming_normal_": seeded(lambda: nn.init.kaiming_normal_(torch.empty(2, 3), mode="fan_out", nonlinearity="relu")),
    "trunc_normal_": seeded(lambda: nn.init.trunc_normal_(torch.empty(6), std=0.5, a=-0.6, b=0.4)),
    "dropout": seeded(lambda: F.dropout(torch.ones(8), 0.5)),
    "Linear": seeded(lambda: torch.cat([p.detach().flatten() for p in nn.Linear(3, 2).parameters()])),
    "Conv2d": seeded(lambda: torch.cat([p.detach().flatten() for p in nn.Conv2d(1, 2, 2).parameters()])),
    "Embedding": seeded(lambda: nn.Embedding(3, 2).weight),
}

if __name__ == "__main__":
    reference = {"operators": OPERATORS, "modules": MODULES, "optimizers": OPTIMIZERS, "schedules": SCHEDULES, "random": RANDOM}
    path = pathlib.Path(__file__).with_name("reference.json")
    path.write_text(json.dumps(reference, separators=(",", ":"), allow_nan=False).replace('},"', '},\n"') + "\n")
    print(f"{path.name}: {path.stat().st_size} bytes, PyTorch {torch.__version__}")
