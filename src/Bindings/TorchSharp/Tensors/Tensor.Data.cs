using Rt1.Bindings.Torch;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements, in row-major order of the shape. CPU only; valid while the tensor lives.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the element type.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            var expected = TypeOf<T>();
            return dtype == expected
                ? new TensorAccessor<T>(this)
                : throw new ArgumentException($"data<{typeof(T).Name}>() reads {expected} tensors, this one is {dtype}.");
        }

        /// <summary>The raw memory of a contiguous CPU tensor; valid while the tensor lives.</summary>
        /// <exception cref="NotSupportedException">The tensor is not contiguous, or not on the CPU.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                var info = Info;
                if (info.IsContiguous == 0 || info.DeviceType != (int)DeviceType.CPU)
                    throw new NotSupportedException("bytes: the tensor must be contiguous and on the CPU; call contiguous() or cpu() first.");
                return new Span<byte>(DataPointer(), checked((int)(info.Numel * info.ElementSize)));
            }
            set
            {
                var memory = bytes;
                if (memory.Length != value.Length)
                    throw new ArgumentException($"bytes: the tensor holds {memory.Length} bytes, got {value.Length}.");
                value.CopyTo(memory);
            }
        }

        /// <summary>The address of the first element, on the tensor's device.</summary>
        internal unsafe void* DataPointer()
        {
            void* data;
            Native.Check(Native.rt1_tensor_data(Handle, &data));
            GC.KeepAlive(this);
            return data;
        }

        internal static ScalarType TypeOf<T>() where T : unmanaged => default(T) switch
        {
            byte => ScalarType.Byte,
            sbyte => ScalarType.Int8,
            short => ScalarType.Int16,
            int => ScalarType.Int32,
            long => ScalarType.Int64,
            Half => ScalarType.Float16,
            float => ScalarType.Float32,
            double => ScalarType.Float64,
            bool => ScalarType.Bool,
            _ => throw new NotSupportedException($"{typeof(T).Name} is not the type of a tensor's elements."),
        };
    }
}
