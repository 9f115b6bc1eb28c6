using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Rt1.Bindings.Torch;

/// <summary>
/// Runs any operator of libtorch by its schema name, for example <c>"add.Tensor"</c> (in the namespace <c>aten</c>) or
/// <c>"mkldnn::_convolution_pointwise"</c>. Arguments stand in the schema's order; those left out at the end take the
/// schema's defaults, <see cref="Value.Default"/> does so in the middle. Operators are looked up once per name.
/// </summary>
/// <exception cref="ExternalException">
/// No such operator, arguments that do not fit, or a failure inside it; with libtorch's message.
/// </exception>
public static class Dispatcher
{
    private static readonly ConcurrentDictionary<string, nint> Operators = new();

    /// <summary>Runs an operator that returns one tensor.</summary>
    public static Tensor Call(string name, params ReadOnlySpan<Value> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[1];
        Invoke(name, arguments, results);
        return Tensor.Own((nint)results[0].Bits);
    }

    /// <summary>Runs an operator that returns two tensors; any further result is dropped.</summary>
    public static (Tensor, Tensor) CallPair(string name, params ReadOnlySpan<Value> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[2];
        Invoke(name, arguments, results);
        return (Tensor.Own((nint)results[0].Bits), Tensor.Own((nint)results[1].Bits));
    }

    /// <summary>Runs an operator that returns three tensors; any further result is dropped.</summary>
    public static (Tensor, Tensor, Tensor) CallTriple(string name, params ReadOnlySpan<Value> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[3];
        Invoke(name, arguments, results);
        return (Tensor.Own((nint)results[0].Bits), Tensor.Own((nint)results[1].Bits), Tensor.Own((nint)results[2].Bits));
    }

    /// <summary>Runs an operator that returns a list of tensors.</summary>
    public static unsafe Tensor[] CallList(string name, params ReadOnlySpan<Value> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[1];
        Invoke(name, arguments, results);
        var handles = new ReadOnlySpan<nint>((void*)results[0].Bits, results[0].Count);
        var tensors = new Tensor[handles.Length];
        for (var i = 0; i < tensors.Length; i++)
            tensors[i] = Tensor.Own(handles[i]);
        return tensors;
    }

    /// <summary>Runs an operator for what it does to its arguments and drops its results.</summary>
    public static void Run(string name, params ReadOnlySpan<Value> arguments) => Invoke(name, arguments, []);

    /// <summary>Runs an operator that returns a number or a truth value.</summary>
    public static Scalar CallScalar(string name, params ReadOnlySpan<Value> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[1];
        Invoke(name, arguments, results);
        return new Scalar(results[0].Kind, results[0].Bits);
    }

    /// <summary>Whether this libtorch has the operator.</summary>
    public static bool Has(string name) => Operators.ContainsKey(name) || Find(name) != 0;

    private static unsafe void Invoke(string name, ReadOnlySpan<Value> arguments, Span<NativeValue> results)
    {
        if (!Operators.TryGetValue(name, out var op))
            op = Operators.GetOrAdd(name, static key => Native.Check(Find(key)));
        var words = 0;
        foreach (ref readonly var argument in arguments)
            words += argument.Words;

        Span<long> scratch = words <= 128 ? stackalloc long[words] : GC.AllocateUninitializedArray<long>(words, pinned: true);
        var slots = stackalloc NativeValue[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
            scratch = scratch[arguments[i].Pack(out slots[i], scratch)..];

        int returned;
        fixed (NativeValue* into = results)
            returned = Native.rt1_call(op, slots, arguments.Length, into, results.Length);
        foreach (ref readonly var argument in arguments)
            GC.KeepAlive(argument.Reference);
        if (returned < 0)
            throw Native.Failure();
        if (returned < results.Length)
            throw new InvalidOperationException($"{name} returns {returned} values, not {results.Length}.");
    }

    private static nint Find(string name)
    {
        var dot = name.IndexOf('.');
        var (stem, overload) = dot < 0 ? (name, "") : (name[..dot], name[(dot + 1)..]);
        return Native.rt1_operator(stem.Contains("::") ? stem : "aten::" + stem, overload);
    }
}
