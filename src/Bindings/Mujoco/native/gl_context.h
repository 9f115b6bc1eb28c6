// An OpenGL context without a window: OSMesa (software) or EGL (a GPU, or Mesa's software driver).
#pragma once

#include <memory>

namespace rt1 {

class GlContext {
public:
    enum Backend { kOsMesa = 0, kEgl = 1 };

    // Gives a context back when its user ends; the next user of the same kind takes it over.
    struct Return {
        Backend backend;
        int device;
        void operator()(GlContext* context) const;
    };
    using Lent = std::unique_ptr<GlContext, Return>;

    // device: the EGL device's number, or -1 for the first that works. Throws with what is missing.
    static Lent lend(Backend backend, int device);

    virtual ~GlContext() = default;
    virtual void make_current() = 0;
    virtual void release() = 0;
};

}  // namespace rt1
