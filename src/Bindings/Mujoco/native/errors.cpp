#include "errors.h"

#include <mujoco/mujoco.h>

namespace rt1 {

thread_local std::string last_error;

namespace {

// mju_error must not return: MuJoCo's own handler prints, waits for a key and exits the process. An exception leaves through
// MuJoCo's C frames, which carry unwind tables on every Linux that we build for; they own nothing that needs a destructor.
// The mjData in use keeps whatever stack it had taken until it is reset.
[[noreturn]] void throw_error(const char* message) { throw std::runtime_error(message); }

// Warnings are counted in mjData.warning, where the caller reads them; printing them as well would only repeat it.
void ignore_warning(const char*) {}

const bool handlers_installed = [] {
    mju_user_error = throw_error;
    mju_user_warning = ignore_warning;
    return true;
}();

}  // namespace
}  // namespace rt1

RT1_API const char* rt1mj_last_error() { return rt1::last_error.c_str(); }

RT1_API int rt1mj_version() { return mj_version(); }
