// MuJoCo's fatal errors become C++ exceptions inside the shim and a message for the caller outside it.
#pragma once

#include <exception>
#include <stdexcept>
#include <string>
#include <type_traits>

#define RT1_API extern "C" __attribute__((visibility("default")))

namespace rt1 {

// What the last failed call of this thread said.
extern thread_local std::string last_error;

// Runs a call that may fail: 0 when it went through, -1 (with last_error set) when it threw.
template <class Body>
int guard(Body&& body) noexcept {
    try {
        body();
        return 0;
    } catch (const std::exception& error) {
        last_error = error.what();
    } catch (...) {
        last_error = "unknown native error";
    }
    return -1;
}

// The same for calls that return a pointer: null when the call threw.
template <class Body>
auto guard_pointer(Body&& body) noexcept -> std::invoke_result_t<Body> {
    std::invoke_result_t<Body> result = nullptr;
    guard([&] { result = body(); });
    return result;
}

}  // namespace rt1
