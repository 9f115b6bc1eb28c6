namespace TorchSharp.Modules;

/// <summary>A tensor that a module registers as trainable. It takes the place of the tensor that it is made from.</summary>
public class Parameter(torch.Tensor data, bool requires_grad = true) : torch.Tensor(data.requires_grad_(requires_grad));
