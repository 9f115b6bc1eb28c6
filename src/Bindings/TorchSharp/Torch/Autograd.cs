using Rt1.Bindings.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Until it is disposed, operators on this thread record nothing for the backward pass.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    /// <summary>Until it is disposed, operators on this thread record for the backward pass.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    /// <summary>Switches recording on this thread on or off; disposing the result restores what was before.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => Native.rt1_grad_enabled() != 0;

    /// <summary>Like <see cref="no_grad"/>, and the tensors made meanwhile never take part in autograd, which is a little faster.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Native.rt1_inference_enabled() != 0;

    /// <summary>Gradients of many tensors at once.</summary>
    public static unsafe class autograd
    {
        /// <summary>The sum of the gradients of <paramref name="outputs"/> with respect to each of <paramref name="inputs"/>.</summary>
        /// <param name="grad_outputs">One per output; may be null where the outputs are single numbers.</param>
        /// <returns>One tensor per input; null for an unused input where <paramref name="allow_unused"/> permits it.</returns>
        public static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] from = Handles(outputs), to = Handles(inputs), results = new nint[to.Length];
            var seeds = grad_outputs is null ? null : Handles(grad_outputs);
            fixed (nint* pFrom = from, pTo = to, pSeeds = seeds, pResults = results)
            {
                Native.Check(Native.rt1_autograd_grad(pFrom, from.Length, pSeeds, pTo, to.Length,
                    Native.AsByte(retain_graph || create_graph), Native.AsByte(create_graph), Native.AsByte(allow_unused), pResults));
            }
            GC.KeepAlive((outputs, inputs, grad_outputs));
            return Array.ConvertAll(results, Tensor.Own);
        }

        /// <summary>
        /// Adds the gradients of <paramref name="tensors"/> to the <c>grad</c> of the leaves (or of <paramref name="inputs"/> only).
        /// </summary>
        public static void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null)
        {
            nint[] roots = Handles(tensors), leaves = Handles(inputs ?? []);
            var seeds = grad_tensors is null ? null : Handles(grad_tensors);
            fixed (nint* pRoots = roots, pLeaves = leaves, pSeeds = seeds)
            {
                Native.Check(Native.rt1_backward(pRoots, roots.Length, pSeeds, Native.AsByte(retain_graph ?? create_graph),
                    Native.AsByte(create_graph), pLeaves, leaves.Length));
            }
            GC.KeepAlive((tensors, grad_tensors, inputs));
        }

        /// <inheritdoc cref="backward(IList{Tensor}, IList{Tensor}, bool?, bool, IList{Tensor})"/>
        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        /// <inheritdoc cref="backward(IList{Tensor}, IList{Tensor}, bool?, bool, IList{Tensor})"/>
        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        private static nint[] Handles(IList<Tensor> tensors)
        {
            var handles = new nint[tensors.Count];
            for (var i = 0; i < handles.Length; i++)
                handles[i] = tensors[i].Handle;
            return handles;
        }
    }

    private sealed class GradMode : IDisposable
    {
        private readonly byte _before = Native.rt1_grad_enabled();

        public GradMode(bool enabled) => Native.rt1_set_grad_enabled(Native.AsByte(enabled));

        public void Dispose() => Native.rt1_set_grad_enabled(_before);
    }

    private sealed class InferenceMode(bool enabled) : IDisposable
    {
        private nint _guard = Native.rt1_inference_enter(Native.AsByte(enabled));

        public void Dispose()
        {
            if (_guard != 0)
                Native.rt1_inference_leave(_guard);
            _guard = 0;
        }
    }
}
