// How tensors and failures cross. A tensor crosses as the pointer of its TensorImpl and owns one reference; an undefined
// tensor is null. Functions that can fail return false (or -1, or null) and leave the message for rt1_error on the same thread.
#pragma once

#include <ATen/ATen.h>

#include <string>
#include <vector>

#define RT1_API extern "C" __attribute__((visibility("default")))

using at::Tensor;
using Handle = c10::TensorImpl*;

inline thread_local std::string last_error;

template <class Body>
auto guarded(Body body, decltype(body()) failure) -> decltype(body()) {
    try {
        return body();
    } catch (const c10::Error& error) {
        last_error = error.what_without_backtrace();
    } catch (const std::exception& error) {
        last_error = error.what();
    }
    return failure;
}

inline Tensor borrow(Handle handle) {
    return handle ? Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(handle)) : Tensor();
}

inline Handle give(Tensor tensor) {
    return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

inline std::vector<Tensor> borrow(const Handle* handles, int32_t count) {
    std::vector<Tensor> tensors;
    tensors.reserve(count);
    for (int32_t i = 0; i < count; i++)
        tensors.push_back(borrow(handles[i]));
    return tensors;
}
