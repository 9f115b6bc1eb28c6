using Rt1.Bindings.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of pseudo-random numbers on one device.</summary>
    public class Generator : IDisposable
    {
        private static readonly Lazy<Generator> s_default = new(() => new Generator(Native.Check(Native.rt1_generator(0, -1, 1)), CPU));
        private nint _handle;

        /// <param name="seed">The first seed.</param>
        /// <param name="device">The CPU if null.</param>
        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            _handle = Native.Check(Native.rt1_generator((int)this.device.type, this.device.index, 0));
            Native.rt1_generator_set_seed(_handle, seed);
        }

        private Generator(nint handle, Device device) => (_handle, this.device) = (handle, device);

        ~Generator() => Dispose(false);

        /// <summary>The generator of the CPU that is used where none is given.</summary>
        public static Generator Default => s_default.Value;

        public Device device { get; }

        /// <exception cref="ObjectDisposedException">The generator was disposed.</exception>
        public nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

        /// <summary>Starts the sequence that belongs to <paramref name="seed"/>.</summary>
        public Generator manual_seed(long seed)
        {
            Native.rt1_generator_set_seed(Handle, (ulong)seed);
            return this;
        }

        /// <summary>The seed that the current sequence started from.</summary>
        public long initial_seed() => (long)Native.rt1_generator_seed(Handle);

        /// <summary>Starts a sequence from a seed of the operating system's random numbers and returns that seed.</summary>
        public long seed() => (long)Native.rt1_generator_reseed(Handle);

        /// <summary>The position in the sequence, as an opaque tensor of bytes.</summary>
        public Tensor get_state() => Tensor.Own(Native.Check(Native.rt1_generator_state(Handle)));

        /// <summary>Continues from a position that <see cref="get_state"/> returned.</summary>
        public void set_state(Tensor value)
        {
            Native.Check(Native.rt1_generator_set_state(Handle, value.Handle));
            GC.KeepAlive((this, value));
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (_handle != 0)
                Native.rt1_generator_free(_handle);
            _handle = 0;
        }
    }
}
