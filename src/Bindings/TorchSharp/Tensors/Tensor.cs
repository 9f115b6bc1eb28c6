using Rt1.Bindings.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A tensor of libtorch. It owns one native reference: dispose it, or let a <see cref="DisposeScope"/> do so; the
    /// finaliser is only the last resort. Not safe for use by several threads at once, as in libtorch.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long s_total;
        private static long s_peak;
        private nint _handle;

        internal Tensor(nint handle)
        {
            _handle = handle;
            var total = Interlocked.Increment(ref s_total);
            if (total > Volatile.Read(ref s_peak))
                Volatile.Write(ref s_peak, total);
            OwningDisposeScope = DisposeScopeManager.Register(this);
        }

        /// <summary>Takes over the native tensor of <paramref name="source"/>, which becomes invalid, and its place in its scope.</summary>
        internal Tensor(Tensor source)
        {
            _handle = source.Handle;
            source._handle = 0;
            GC.SuppressFinalize(source);
            OwningDisposeScope = source.OwningDisposeScope;
            source.OwningDisposeScope = null;
            OwningDisposeScope?.Replace(source, this);
        }

        ~Tensor() => Dispose(false);

        /// <summary>The number of tensors that hold a native reference now, over all threads.</summary>
        public static long TotalCount => Interlocked.Read(ref s_total);

        /// <summary>The highest <see cref="TotalCount"/> so far.</summary>
        public static long PeakCount => Interlocked.Read(ref s_peak);

        /// <summary>The native reference; it stays owned by this object.</summary>
        /// <exception cref="InvalidOperationException">The tensor was disposed.</exception>
        public nint Handle =>
            _handle != 0 ? _handle : throw new InvalidOperationException("The tensor is invalid: it was disposed, or its handle was taken.");

        /// <summary>Whether the tensor was disposed or gave its handle away.</summary>
        public bool IsInvalid => _handle == 0;

        /// <summary>The scope that will dispose the tensor; null outside of any scope.</summary>
        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>Wraps a handle that the caller owns; null for an undefined tensor.</summary>
        internal static Tensor Own(nint handle) => handle == 0 ? null! : new Tensor(handle);

        /// <inheritdoc/>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (_handle == 0)
                return;
            Native.rt1_tensor_free(_handle);
            _handle = 0;
            Interlocked.Decrement(ref s_total);
            if (!disposing)
                return;
            if (OwningDisposeScope is { } scope)
                scope.MarkAsDisposed(this);
            else
                DisposeScopeManager.Statistics.TensorStatistics.DisposedOutsideScopeCount++;
            OwningDisposeScope = null;
        }

        /// <summary>Refers to the native tensor of <paramref name="source"/> from now on; both objects exchange what they owned.</summary>
        internal void Exchange(Tensor source) => (_handle, source._handle) = (source.Handle, Handle);

        /// <summary>Moves the tensor from its scope to the scope around that one, or out of all scopes.</summary>
        public Tensor MoveToOuterDisposeScope() => OwningDisposeScope is { } scope ? scope.MoveToOuter(this) : this;

        /// <summary>From now on nothing but a call of <see cref="Dispose()"/> (or the finaliser) disposes the tensor.</summary>
        public Tensor DetachFromDisposeScope() => OwningDisposeScope is { } scope ? scope.Detach(this) : this;

        /// <summary>Moves the tensor to the scope that owns <paramref name="other"/>.</summary>
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope!);

        /// <summary>Moves the tensor to <paramref name="other"/>.</summary>
        public Tensor MoveToOtherDisposeScope(DisposeScope other)
        {
            if (OwningDisposeScope is { } scope)
                scope.MoveToOther(other, this);
            else
                other?.Attach(this);
            return this;
        }
    }
}
