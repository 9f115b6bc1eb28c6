// Stores and process groups of c10d. They are C++ constructors, not dispatcher operators, and differ between libtorch 1.13
// and 2.x, so they stand in a file of their own. What the found libtorch lacks is refused at run time, with a reason.

#include "handles.h"

#include <torch/csrc/distributed/c10d/FileStore.hpp>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#include <torch/version.h>

#if TORCH_VERSION_MAJOR >= 2
#include <torch/csrc/distributed/c10d/Backend.hpp>
using Group = c10d::Backend;
#else
#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>
using Group = c10d::ProcessGroup;
#endif

// libtorch says what it was built with; its header needs Gloo's own, which another package holds.
#if defined(USE_C10D_GLOO) && __has_include(<gloo/transport/device.h>)
#define RT1_GLOO 1
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#endif

#if defined(USE_C10D_NCCL) && __has_include(<nccl.h>) && __has_include(<cuda_runtime_api.h>)
#define RT1_NCCL 1
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

#include <chrono>
#include <string>

namespace {

using Store = c10::intrusive_ptr<c10d::Store>;
using GroupPointer = c10::intrusive_ptr<Group>;
using Milliseconds = std::chrono::milliseconds;

Store* hold(Store store, int64_t timeout_ms) {
    store->setTimeout(Milliseconds(timeout_ms));
    return new Store(std::move(store));
}

// Waits for the collective; c10d throws what went wrong with it.
bool finish(const c10::intrusive_ptr<c10d::Work>& work) {
    TORCH_CHECK(work->wait(), "the collective was aborted");
    return true;
}

}  // namespace

// ---- stores

// One of the workers is the server; all of them, the server included, are clients.
RT1_API Store* rt1_store_tcp(const char* host, int32_t port, int32_t workers, bool is_server, int64_t timeout_ms) {
    return guarded([&] {
        c10d::TCPStoreOptions options;
        options.port = static_cast<uint16_t>(port);
        options.isServer = is_server;
        options.numWorkers = static_cast<size_t>(workers);
        options.timeout = Milliseconds(timeout_ms);
        return hold(c10::make_intrusive<c10d::TCPStore>(host, options), timeout_ms);
    }, static_cast<Store*>(nullptr));
}

RT1_API Store* rt1_store_file(const char* path, int32_t workers, int64_t timeout_ms) {
    return guarded([&] { return hold(c10::make_intrusive<c10d::FileStore>(path, workers), timeout_ms); },
                   static_cast<Store*>(nullptr));
}

// A part of another store, which it keeps alive.
RT1_API Store* rt1_store_prefix(Store* store, const char* prefix, int64_t timeout_ms) {
    return guarded([&] { return hold(c10::make_intrusive<c10d::PrefixStore>(prefix, *store), timeout_ms); },
                   static_cast<Store*>(nullptr));
}

RT1_API void rt1_store_free(Store* store) { delete store; }

// ---- process groups

// Bits: 1 Gloo, 2 NCCL.
RT1_API int32_t rt1_group_backends() {
    int32_t backends = 0;
#ifdef RT1_GLOO
    backends |= 1;
#endif
#ifdef RT1_NCCL
    backends |= 2;
#endif
    return backends;
}

// Listens on `host`'s address, or on that of the interface; where both are empty, on that of this machine's name.
RT1_API GroupPointer* rt1_group_gloo(Store* store, int32_t rank, int32_t size, int64_t timeout_ms, const char* host, const char* interface) {
    return guarded([&]() -> GroupPointer* {
#ifdef RT1_GLOO
        auto options = c10d::ProcessGroupGloo::Options::create(Milliseconds(timeout_ms));
        if (*interface)
            options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForInterface(interface));
        else if (*host)
            options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname(host));
        else
            options->devices.push_back(c10d::ProcessGroupGloo::createDefaultDevice());
        options->threads = 1;
        return new GroupPointer(c10::make_intrusive<c10d::ProcessGroupGloo>(*store, rank, size, options));
#else
        TORCH_CHECK(false, "the binding was built without Gloo; install the Debian package libgloo-dev and build again");
#endif
    }, static_cast<GroupPointer*>(nullptr));
}

RT1_API GroupPointer* rt1_group_nccl(Store* store, int32_t rank, int32_t size, int64_t timeout_ms) {
    return guarded([&]() -> GroupPointer* {
#ifdef RT1_NCCL
        auto options = c10d::ProcessGroupNCCL::Options::create();
        options->timeout = Milliseconds(timeout_ms);
        return new GroupPointer(c10::make_intrusive<c10d::ProcessGroupNCCL>(*store, rank, size, options));
#else
        TORCH_CHECK(false, "the binding was built without NCCL; build it against a CUDA build of libtorch, with NCCL's headers");
#endif
    }, static_cast<GroupPointer*>(nullptr));
}

RT1_API void rt1_group_free(GroupPointer* group) { delete group; }

RT1_API bool rt1_group_allreduce_sum(GroupPointer* group, Handle tensor) {
    return guarded([&] {
        std::vector<Tensor> tensors{borrow(tensor)};
        return finish((*group)->allreduce(tensors));
    }, false);
}

RT1_API bool rt1_group_broadcast(GroupPointer* group, Handle tensor, int32_t root) {
    return guarded([&] {
        std::vector<Tensor> tensors{borrow(tensor)};
        c10d::BroadcastOptions options;
        options.rootRank = root;
        return finish((*group)->broadcast(tensors, options));
    }, false);
}

RT1_API bool rt1_group_barrier(GroupPointer* group) {
    return guarded([&] { return finish((*group)->barrier()); }, false);
}
