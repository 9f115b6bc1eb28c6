using Rt1.Bindings.Torch;
using static Rt1.Bindings.Torch.Dispatcher;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether operators on the tensor are recorded for the backward pass.</summary>
        public bool requires_grad
        {
            get => Info.RequiresGrad != 0;
            set => Run("requires_grad_", this, value);
        }

        /// <summary>Whether the tensor was made by the user rather than by a recorded operator.</summary>
        public bool is_leaf => Info.IsLeaf != 0;

        /// <summary>The gradient that backward passes have summed up so far; each read gives a new object for the same memory.</summary>
        public Tensor? grad
        {
            get
            {
                var gradient = Own(Native.rt1_grad(Handle));
                GC.KeepAlive(this);
                return gradient;
            }
            set
            {
                Native.Check(Native.rt1_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive((this, value));
            }
        }

        /// <inheritdoc cref="requires_grad"/>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <inheritdoc cref="requires_grad"/>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps the gradient of a tensor that is not a leaf, too.</summary>
        public void retain_grad() => Run("retain_grad", this);

        /// <summary>The same memory, outside of the recorded graph.</summary>
        public Tensor detach() => Call("detach", this);

        /// <summary>Takes the tensor out of the recorded graph.</summary>
        public Tensor detach_() => InPlace("detach_", this);

        /// <summary>Adds the gradients of this single number to the <c>grad</c> of the leaves that it was computed from.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">Not a single number, or nothing was recorded.</exception>
        public void backward() => autograd.backward(this);

        /// <inheritdoc cref="backward()"/>
        /// <param name="grad_tensors">The gradient with respect to this tensor, where it is more than one number.</param>
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            autograd.backward(this, grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>Runs an operator whose first argument is this tensor and changes it.</summary>
        private Tensor InPlace(string name, params ReadOnlySpan<Value> arguments)
        {
            Run(name, arguments);
            return this;
        }
    }
}
