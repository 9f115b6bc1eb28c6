// The native half of the TorchSharp binding: tensors in and out, autograd, generators, and one call that runs
// any operator by its schema name through libtorch's dispatcher. Compiles against libtorch 1.13 and 2.x.

#include "handles.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include <cstring>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace {

using c10::IValue;
using c10::TypeKind;
using OptionalTensor = decltype(std::declval<IValue>().toOptional<Tensor>());  // c10's own before 2.1, then the standard's

// One argument or result. The same layout and kinds as Rt1.Bindings.Torch.NativeValue.
enum Kind : int32_t { kNone, kDefault, kTensor, kInt, kDouble, kBool, kString, kDevice, kGenerator, kIntList, kDoubleList, kTensorList };

struct Value {
    int64_t bits;
    int32_t kind;
    int32_t count;
};

template <class T>
T* pointer(const Value& value) {
    return reinterpret_cast<T*>(value.bits);
}

double as_double(const Value& value) {
    double number;
    std::memcpy(&number, &value.bits, sizeof number);
    return number;
}

struct Argument {
    TypeKind type;
    TypeKind element;
    bool is_optional;
    IValue fallback;
    bool has_fallback;
    std::string name;
};

struct Operator {
    explicit Operator(c10::OperatorHandle found) : handle(std::move(found)) {
        for (const auto& argument : handle.schema().arguments()) {
            auto type = argument.type();
            auto optional = type->cast<c10::OptionalType>();
            if (optional)
                type = optional->getElementType();
            auto list = type->cast<c10::ListType>();
            auto element = list ? list->getElementType()->kind() : type->kind();
            arguments.push_back({type->kind(), element, optional != nullptr, argument.default_value().value_or(IValue()),
                                 argument.default_value().has_value(), argument.name()});
        }
    }

    c10::OperatorHandle handle;
    std::vector<Argument> arguments;
};

c10::Device as_device(const Value& value) {
    return c10::Device(static_cast<c10::DeviceType>(value.bits), static_cast<c10::DeviceIndex>(value.count));
}

// Numbers take the type that the schema asks for; one number also stands for a list of one.
IValue number(const Value& value, const Argument& argument) {
    bool is_double = value.kind == kDouble;
    if (argument.type == TypeKind::ListType) {
        if (argument.element == TypeKind::FloatType)
            return IValue(std::vector<double>{is_double ? as_double(value) : static_cast<double>(value.bits)});
        return IValue(std::vector<int64_t>{value.bits});
    }
    if (is_double)
        return IValue(as_double(value));
    return argument.type == TypeKind::FloatType ? IValue(static_cast<double>(value.bits)) : IValue(value.bits);
}

IValue tensors(const Value& value, const Argument& argument) {
    auto* handles = pointer<Handle>(value);
    if (argument.element == TypeKind::OptionalType) {
        c10::List<OptionalTensor> list;
        list.reserve(value.count);
        for (int32_t i = 0; i < value.count; i++)
            list.push_back(handles[i] ? OptionalTensor(borrow(handles[i])) : OptionalTensor());
        return IValue(std::move(list));
    }
    return IValue(borrow(handles, value.count));
}

IValue to_ivalue(const Value& value, const Argument& argument) {
    switch (value.kind) {
        case kNone:
            return argument.type == TypeKind::TensorType && !argument.is_optional ? IValue(Tensor()) : IValue();
        case kTensor:
            return IValue(borrow(pointer<c10::TensorImpl>(value)));
        case kInt:
        case kDouble:
            return number(value, argument);
        case kBool:
            return IValue(value.bits != 0);
        case kString:
            return IValue(std::string(pointer<const char>(value), value.count));
        case kDevice:
            return IValue(as_device(value));
        case kGenerator:
            return IValue(*pointer<at::Generator>(value));
        case kIntList:
            return IValue(std::vector<int64_t>(pointer<int64_t>(value), pointer<int64_t>(value) + value.count));
        case kDoubleList:
            return IValue(std::vector<double>(pointer<double>(value), pointer<double>(value) + value.count));
        case kTensorList:
            return tensors(value, argument);
        default:
            TORCH_CHECK(argument.has_fallback, "argument '", argument.name, "' has no default");
            return argument.fallback;
    }
}

// The handles of returned tensor lists; valid until the next call on the same thread.
thread_local std::vector<std::vector<Handle>> returned_lists;

Value from_ivalue(IValue&& result) {
    Value value{0, kNone, 0};
    if (result.isTensor()) {
        value.kind = kTensor;
        value.bits = reinterpret_cast<int64_t>(give(std::move(result).toTensor()));
    } else if (result.isInt() || result.isBool()) {
        value.kind = result.isInt() ? kInt : kBool;
        value.bits = result.isInt() ? result.toInt() : result.toBool();
    } else if (result.isDouble()) {
        value.kind = kDouble;
        double number = result.toDouble();
        std::memcpy(&value.bits, &number, sizeof number);
    } else if (result.isTensorList()) {
        returned_lists.emplace_back();
        for (auto& tensor : result.toTensorVector())
            returned_lists.back().push_back(give(std::move(tensor)));
        value.kind = kTensorList;
        value.bits = reinterpret_cast<int64_t>(returned_lists.back().data());
        value.count = static_cast<int32_t>(returned_lists.back().size());
    } else {
        TORCH_CHECK(result.isNone(), "a result of type ", result.tagKind(), " cannot cross");
    }
    return value;
}

}  // namespace

RT1_API const char* rt1_error() { return last_error.c_str(); }

// ---- operators

RT1_API Operator* rt1_operator(const char* name, const char* overload) {
    return guarded([&] { return new Operator(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload)); },
                   static_cast<Operator*>(nullptr));
}

// Arguments that are not given take the schema's defaults. Writes at most `capacity` results, drops the rest, and
// returns the number of results that the operator has; -1 is a failure.
RT1_API int32_t rt1_call(const Operator* op, const Value* arguments, int32_t count, Value* results, int32_t capacity) {
    return guarded([&] {
        TORCH_CHECK(count <= static_cast<int32_t>(op->arguments.size()), op->handle.operator_name(), " takes ",
                    op->arguments.size(), " arguments, got ", count);
        torch::jit::Stack stack;
        stack.reserve(op->arguments.size());
        for (int32_t i = 0; i < static_cast<int32_t>(op->arguments.size()); i++)
            stack.push_back(to_ivalue(i < count ? arguments[i] : Value{0, kDefault, 0}, op->arguments[i]));
        op->handle.callBoxed(stack);
        returned_lists.clear();
        int32_t returned = static_cast<int32_t>(stack.size());
        for (int32_t i = 0; i < returned && i < capacity; i++)
            results[i] = from_ivalue(std::move(stack[i]));
        return returned;
    }, -1);
}

// ---- tensors

struct TensorInfo {
    const int64_t* sizes;
    const int64_t* strides;
    int64_t numel;
    int64_t storage_offset;
    int32_t dimensions;
    int32_t dtype;
    int32_t element_size;
    int32_t device_type;
    int32_t device_index;
    uint8_t requires_grad;
    uint8_t is_leaf;
    uint8_t is_contiguous;
    uint8_t is_inference;
};

RT1_API void rt1_tensor_free(Handle handle) {
    Tensor last(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(handle));
}

RT1_API bool rt1_tensor_info(Handle handle, TensorInfo* info) {
    return guarded([&] {
        auto tensor = borrow(handle);
        info->sizes = tensor.sizes().data();
        info->strides = tensor.strides().data();
        info->numel = tensor.numel();
        info->storage_offset = tensor.storage_offset();
        info->dimensions = static_cast<int32_t>(tensor.dim());
        info->dtype = static_cast<int32_t>(tensor.scalar_type());
        info->element_size = static_cast<int32_t>(tensor.element_size());
        info->device_type = static_cast<int32_t>(tensor.device().type());
        info->device_index = tensor.device().index();
        info->requires_grad = tensor.requires_grad();
        info->is_leaf = tensor.is_leaf();
        info->is_contiguous = tensor.is_contiguous();
        info->is_inference = tensor.is_inference();
        return true;
    }, false);
}

RT1_API bool rt1_tensor_data(Handle handle, void** data) {
    return guarded([&] { *data = borrow(handle).data_ptr(); return true; }, false);
}

// ---- autograd

RT1_API bool rt1_grad_enabled() { return c10::GradMode::is_enabled(); }
RT1_API void rt1_set_grad_enabled(bool enabled) { c10::GradMode::set_enabled(enabled); }

RT1_API bool rt1_inference_enabled() { return c10::InferenceMode::is_enabled(); }
RT1_API void* rt1_inference_enter(bool enabled) { return new c10::InferenceMode(enabled); }
RT1_API void rt1_inference_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

RT1_API Handle rt1_grad(Handle handle) { return give(borrow(handle).grad()); }

RT1_API bool rt1_set_grad(Handle handle, Handle grad) {
    return guarded([&] { borrow(handle).mutable_grad() = borrow(grad); return true; }, false);
}

// `gradients` is null or as long as `roots`; `inputs` may be empty: all leaves then.
RT1_API bool rt1_backward(const Handle* roots, int32_t count, const Handle* gradients, bool retain_graph, bool create_graph,
                          const Handle* inputs, int32_t input_count) {
    return guarded([&] {
        torch::autograd::backward(borrow(roots, count), borrow(gradients, gradients ? count : 0), retain_graph, create_graph,
                                  borrow(inputs, input_count));
        return true;
    }, false);
}

RT1_API bool rt1_autograd_grad(const Handle* outputs, int32_t count, const Handle* gradients, const Handle* inputs,
                               int32_t input_count, bool retain_graph, bool create_graph, bool allow_unused, Handle* results) {
    return guarded([&] {
        auto found = torch::autograd::grad(borrow(outputs, count), borrow(inputs, input_count),
                                           borrow(gradients, gradients ? count : 0), retain_graph, create_graph, allow_unused);
        for (int32_t i = 0; i < input_count; i++)
            results[i] = give(std::move(found[i]));
        return true;
    }, false);
}

// ---- automatic mixed precision

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
static bool autocast_enabled(c10::DeviceType device) { return at::autocast::is_autocast_enabled(device); }
static at::ScalarType autocast_dtype(c10::DeviceType device) { return at::autocast::get_autocast_dtype(device); }
static void set_autocast(c10::DeviceType device, bool enabled, at::ScalarType dtype) {
    at::autocast::set_autocast_enabled(device, enabled);
    at::autocast::set_autocast_dtype(device, dtype);
}
#else
static bool autocast_enabled(c10::DeviceType device) {
    return device == c10::kCPU ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled();
}
static at::ScalarType autocast_dtype(c10::DeviceType device) {
    return device == c10::kCPU ? at::autocast::get_autocast_cpu_dtype() : at::autocast::get_autocast_gpu_dtype();
}
static void set_autocast(c10::DeviceType device, bool enabled, at::ScalarType dtype) {
    if (device == c10::kCPU) {
        at::autocast::set_cpu_enabled(enabled);
        at::autocast::set_autocast_cpu_dtype(dtype);
    } else {
        at::autocast::set_enabled(enabled);
        at::autocast::set_autocast_gpu_dtype(dtype);
    }
}
#endif

struct AutocastState {
    c10::DeviceType device;
    bool enabled;
    at::ScalarType dtype;
};

RT1_API AutocastState* rt1_autocast_enter(int32_t device_type, bool enabled, int32_t dtype) {
    return guarded([&] {
        auto device = static_cast<c10::DeviceType>(device_type);
        auto* before = new AutocastState{device, autocast_enabled(device), autocast_dtype(device)};
        set_autocast(device, enabled, static_cast<at::ScalarType>(dtype));
        at::autocast::increment_nesting();
        return before;
    }, static_cast<AutocastState*>(nullptr));
}

RT1_API void rt1_autocast_leave(AutocastState* before) {
    if (at::autocast::decrement_nesting() == 0)
        at::autocast::clear_cache();
    set_autocast(before->device, before->enabled, before->dtype);
    delete before;
}

// ---- random numbers

// The device's default generator, or an independent one that starts from the same state.
RT1_API at::Generator* rt1_generator(int32_t device_type, int32_t device_index, bool is_default) {
    return guarded([&] {
        auto device = c10::Device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
        auto shared = at::globalContext().defaultGenerator(device);
        return new at::Generator(is_default ? shared : shared.clone());
    }, static_cast<at::Generator*>(nullptr));
}

RT1_API void rt1_generator_free(at::Generator* generator) { delete generator; }

RT1_API void rt1_generator_set_seed(at::Generator* generator, uint64_t seed) {
    std::lock_guard<std::mutex> lock(generator->mutex());
    generator->set_current_seed(seed);
}

RT1_API uint64_t rt1_generator_seed(at::Generator* generator) { return generator->current_seed(); }

RT1_API uint64_t rt1_generator_reseed(at::Generator* generator) {
    std::lock_guard<std::mutex> lock(generator->mutex());
    return generator->seed();
}

RT1_API Handle rt1_generator_state(at::Generator* generator) {
    return guarded([&] { return give(generator->get_state()); }, static_cast<Handle>(nullptr));
}

RT1_API bool rt1_generator_set_state(at::Generator* generator, Handle state) {
    return guarded([&] { generator->set_state(borrow(state)); return true; }, false);
}

RT1_API bool rt1_manual_seed(uint64_t seed) {
    return guarded([&] { at::manual_seed(seed); return true; }, false);
}

// ---- the library

RT1_API int32_t rt1_get_num_threads() { return at::get_num_threads(); }

// OpenBLAS has threads of its own, which libtorch does not know of: left alone, they take all processors, whatever libtorch is told.
extern "C" void openblas_set_num_threads(int) __attribute__((weak));

RT1_API void rt1_set_num_threads(int32_t count) {
    at::set_num_threads(count);
    if (openblas_set_num_threads)
        openblas_set_num_threads(count);
}

RT1_API int32_t rt1_get_num_interop_threads() { return at::get_num_interop_threads(); }
RT1_API bool rt1_set_num_interop_threads(int32_t count) {
    return guarded([&] { at::set_num_interop_threads(count); return true; }, false);
}

RT1_API bool rt1_set_flush_denormal(bool on) { return at::globalContext().setFlushDenormal(on); }
RT1_API bool rt1_cuda_available() { return torch::cuda::is_available(); }
RT1_API int32_t rt1_cuda_device_count() { return static_cast<int32_t>(torch::cuda::device_count()); }
RT1_API bool rt1_cudnn_available() { return torch::cuda::cudnn_is_available(); }
RT1_API bool rt1_cuda_synchronize(int64_t device_index) {
    return guarded([&] { torch::cuda::synchronize(device_index); return true; }, false);
}

RT1_API int32_t rt1_default_dtype() { return static_cast<int32_t>(c10::get_default_dtype_as_scalartype()); }
RT1_API bool rt1_set_default_dtype(int32_t dtype) {
    return guarded([&] {
        c10::set_default_dtype(c10::scalarTypeToTypeMeta(static_cast<c10::ScalarType>(dtype)));
        return true;
    }, false);
}

RT1_API void rt1_set_allow_tf32(bool matmul, bool cudnn) {
    at::globalContext().setAllowTF32CuBLAS(matmul);
    at::globalContext().setAllowTF32CuDNN(cudnn);
}
RT1_API bool rt1_allow_tf32(bool cudnn) {
    return cudnn ? at::globalContext().allowTF32CuDNN() : at::globalContext().allowTF32CuBLAS();
}

// The version that this library was compiled against, and what libtorch says about itself; valid until the next call.
RT1_API const char* rt1_version() { return TORCH_VERSION; }
RT1_API const char* rt1_config() {
    static thread_local std::string text;
    text = at::show_config();
    return text.c_str();
}
RT1_API const char* rt1_parallel_info() {
    static thread_local std::string text;
    text = at::get_parallel_info();
    return text.c_str();
}
