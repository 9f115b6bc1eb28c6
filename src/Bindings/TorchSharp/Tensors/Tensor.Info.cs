using Rt1.Bindings.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private unsafe TensorInfo Info
        {
            get
            {
                TensorInfo info;
                Native.Check(Native.rt1_tensor_info(Handle, &info));
                GC.KeepAlive(this);
                return info;
            }
        }

        /// <summary>The size of each dimension, outermost first.</summary>
        public long[] shape => Sizes();

        public long[] size() => Sizes();

        /// <summary>The size of one dimension; negative numbers count from the last.</summary>
        public long size(int dim)
        {
            var sizes = Sizes();
            return sizes[dim < 0 ? dim + sizes.Length : dim];
        }

        /// <summary>How many elements apart neighbours in each dimension lie.</summary>
        public unsafe long[] stride()
        {
            var info = Info;
            var strides = new ReadOnlySpan<long>(info.Strides, info.Dimensions).ToArray();
            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim)
        {
            var strides = stride();
            return strides[dim < 0 ? dim + strides.Length : dim];
        }

        public long storage_offset() => Info.StorageOffset;
        public long dim() => Info.Dimensions;
        public long ndim => Info.Dimensions;
        public long Dimensions => Info.Dimensions;
        public long numel() => Info.Numel;
        public long NumberOfElements => Info.Numel;

        /// <summary>Bytes per element.</summary>
        public long element_size() => Info.ElementSize;
        public long ElementSize => Info.ElementSize;

        public ScalarType dtype => (ScalarType)Info.Dtype;

        public Device device
        {
            get
            {
                var info = Info;
                return new Device((DeviceType)info.DeviceType, info.DeviceIndex);
            }
        }

        public DeviceType device_type => (DeviceType)Info.DeviceType;
        public int device_index => Info.DeviceIndex;
        public bool is_cuda => device_type == DeviceType.CUDA;
        public bool is_meta => device_type == DeviceType.META;
        public bool is_cpu() => device_type == DeviceType.CPU;
        public bool is_contiguous() => Info.IsContiguous != 0;
        public bool is_floating_point() => torch.is_floating_point(dtype);
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Shape, type and device, for example <c>[2x3], type = Float32, device = cpu</c>.</summary>
        public override string ToString() =>
            IsInvalid ? "(disposed)" : $"[{string.Join('x', Sizes())}], type = {dtype}, device = {device}";

        private unsafe long[] Sizes()
        {
            var sizes = Info.Shape;
            GC.KeepAlive(this);
            return sizes;
        }
    }
}
