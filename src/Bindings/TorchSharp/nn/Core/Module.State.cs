namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>All parameters, then all persistent buffers, by name. The tensors are the module's own, not copies.</summary>
            /// <param name="destination">The dictionary to add to; a new one if null.</param>
            /// <param name="prefix">Stands before each name, joined by a dot.</param>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                foreach (var (name, parameter) in named_parameters())
                    destination.TryAdd(prefix is null ? name : $"{prefix}.{name}", parameter);
                foreach (var (name, buffer) in named_buffers(include_nonpersistent: false))
                    destination.TryAdd(prefix is null ? name : $"{prefix}.{name}", buffer);
                return destination;
            }

            /// <summary>Copies values into the parameters and buffers of the same names.</summary>
            /// <param name="strict">Whether both sides must have the same names.</param>
            /// <param name="skip">Names that are left as they are.</param>
            /// <returns>The names that <paramref name="source"/> lacks, and those that the module lacks.</returns>
            /// <exception cref="InvalidOperationException">Strict, and the names differ.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var target = state_dict();
                var missing = target.Keys.Where(name => !source.ContainsKey(name) && skip?.Contains(name) != true).ToList();
                var unexpected = source.Keys.Where(name => !target.ContainsKey(name) && skip?.Contains(name) != true).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException("The loaded state_dict is not identical to the target dictionary: "
                        + $"missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");
                }
                using var _ = no_grad();
                foreach (var (name, tensor) in target)
                {
                    if (source.TryGetValue(name, out var values) && skip?.Contains(name) != true)
                        tensor.copy_(values);
                }
                return (missing, unexpected);
            }

            /// <summary>
            /// Moves or converts everything in place: the parameter objects stay the same. Whole numbers keep their type.
            /// </summary>
            internal void MoveTo(Device? device, ScalarType? dtype, bool non_blocking)
            {
                using var _ = no_grad();
                foreach (var tensor in named_parameters().Select(entry => (Tensor)entry.parameter).Concat(buffers()))
                    Move(tensor, device, dtype, non_blocking);
            }

            private static void Move(Tensor tensor, Device? device, ScalarType? dtype, bool non_blocking)
            {
                var type = dtype is { } wanted && tensor.is_floating_point() ? wanted : tensor.dtype;
                var place = device ?? tensor.device;
                if (type == tensor.dtype && place.type == tensor.device_type && place.index == tensor.device_index)
                    return;
                var trains = tensor.requires_grad;
                using var gradient = tensor.grad;
                using var moved = tensor.detach().to(type, place, disposeAfter: true, non_blocking: non_blocking).requires_grad_(trains);
                tensor.Exchange(moved);
                if (gradient is not null)
                    tensor.grad = gradient.to(type, place, non_blocking: non_blocking);
            }
        }
    }
}

/// <summary>Moves and conversions of modules that keep the static type.</summary>
public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module =>
        Move(module, null, type, non_blocking);
    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module =>
        Move(module, device, type, non_blocking);
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false) where T : torch.nn.Module =>
        Move(module, device, null, non_blocking);
    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false)
        where T : torch.nn.Module =>
        Move(module, new torch.Device(deviceType, deviceIndex), null, non_blocking);
    public static T to<T>(this T module, string device, bool non_blocking = false) where T : torch.nn.Module =>
        Move(module, new torch.Device(device), null, non_blocking);
    public static T cpu<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        Move(module, torch.CPU, null, non_blocking);
    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module =>
        Move(module, new torch.Device(DeviceType.CUDA, deviceIndex), null, non_blocking);
    public static T half<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        Move(module, null, torch.float16, non_blocking);
    public static T bfloat16<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        Move(module, null, torch.bfloat16, non_blocking);
    public static T @float<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        Move(module, null, torch.float32, non_blocking);
    public static T @double<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        Move(module, null, torch.float64, non_blocking);

    private static T Move<T>(T module, torch.Device? device, torch.ScalarType? type, bool non_blocking) where T : torch.nn.Module
    {
        module.MoveTo(device, type, non_blocking);
        return module;
    }
}
