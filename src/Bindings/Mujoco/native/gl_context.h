// An OpenGL context without a window: OSMesa (software) or EGL (a GPU, or Mesa's software driver).
#pragma once

#include <memory>

namespace rt1 {

class GlContext {
public:
    enum Backend { kOsMesa = 0, kEgl = 1 };

    // A context to draw with, back in the pool when the pointer goes: a used one has its shaders compiled already, which with OSMesa takes
    // a hundred milliseconds. device: the EGL device's number, or -1 for the first that works. Throws with what is missing.
    static std::shared_ptr<GlContext> take(Backend backend, int device);

    virtual ~GlContext() = default;
    virtual void make_current() = 0;
    virtual void release() = 0;
};

}  // namespace rt1
