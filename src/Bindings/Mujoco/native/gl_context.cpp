#include "gl_context.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GL/osmesa.h>
#include <dlfcn.h>

#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace rt1 {
namespace {

// MuJoCo finds OpenGL once per process: it asks the global symbol scope for eglGetProcAddress, OSMesaGetProcAddress and
// glXGetProcAddressARB in this order, and only then walks the loaded libraries and takes the first GL it meets. That walk meets
// libGL before OSMesa where OpenCV's highgui was loaded first (libtorch brings it along in Debian), and fails with "gladLoadGL
// error", for no GLX context is current. RTLD_GLOBAL puts our library where MuJoCo looks first, whatever was loaded before.
class Library {
public:
    Library(const char* name, const char* remedy) : handle_(dlopen(name, RTLD_NOW | RTLD_GLOBAL)) {
        if (!handle_) throw std::runtime_error(std::string(dlerror()) + "; " + remedy);
    }

    template <class F> F get(const char* symbol) const {
        auto* address = dlsym(handle_, symbol);
        if (!address) throw std::runtime_error(dlerror());
        return reinterpret_cast<F>(address);
    }

private:
    void* handle_;  // Stays open: MuJoCo keeps the functions it found for as long as the process lives.
};

class OsMesaContext final : public GlContext {
public:
    OsMesaContext() : gl_(api()) {
        context_ = gl_.create(OSMESA_RGBA, 24, 8, 0, nullptr);
        if (!context_) throw std::runtime_error("OSMesa gave no context");
    }

    ~OsMesaContext() override { gl_.destroy(context_); }

    void make_current() override {
        if (!gl_.make_current(context_, pixels_, GL_UNSIGNED_BYTE, kSize, kSize))
            throw std::runtime_error("OSMesa could not make its context current");
    }

    void release() override { gl_.make_current(nullptr, nullptr, 0, 0, 0); }

private:
    struct Api {
        Library library{"libOSMesa.so.8", "install the Debian package libosmesa6, or choose the EGL backend"};
        decltype(&OSMesaCreateContextExt) create = library.get<decltype(&OSMesaCreateContextExt)>("OSMesaCreateContextExt");
        decltype(&OSMesaMakeCurrent) make_current = library.get<decltype(&OSMesaMakeCurrent)>("OSMesaMakeCurrent");
        decltype(&OSMesaDestroyContext) destroy = library.get<decltype(&OSMesaDestroyContext)>("OSMesaDestroyContext");
    };

    static const Api& api() {
        static const Api api;
        return api;
    }

    static constexpr int kSize = 16;  // The window that nobody sees; MuJoCo draws into a framebuffer object of its own.
    const Api& gl_;
    OSMesaContext context_;
    unsigned char pixels_[4 * kSize * kSize] = {};
};

class EglContext final : public GlContext {
public:
    explicit EglContext(int device) : egl_(api()) {
        for (EGLDisplay display : displays(device)) {
            if (open(display)) return;
        }
        throw std::runtime_error("EGL: no device gave an OpenGL context; use the OSMesa backend, or install the GPU's EGL driver");
    }

    ~EglContext() override {
        release();
        egl_.destroy_context(display_, context_);
        egl_.destroy_surface(display_, surface_);
    }

    void make_current() override {
        if (!egl_.make_current(display_, surface_, surface_, context_))
            throw std::runtime_error("EGL could not make its context current; it may be current in another thread");
    }

    void release() override { egl_.make_current(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT); }

private:
    struct Api {
        Library library{"libEGL.so.1", "install the Debian package libegl1, or choose the OSMesa backend"};
        decltype(&eglGetProcAddress) get_proc = library.get<decltype(&eglGetProcAddress)>("eglGetProcAddress");
        decltype(&eglGetDisplay) get_display = library.get<decltype(&eglGetDisplay)>("eglGetDisplay");
        decltype(&eglInitialize) initialize = library.get<decltype(&eglInitialize)>("eglInitialize");
        decltype(&eglChooseConfig) choose_config = library.get<decltype(&eglChooseConfig)>("eglChooseConfig");
        decltype(&eglBindAPI) bind_api = library.get<decltype(&eglBindAPI)>("eglBindAPI");
        decltype(&eglCreateContext) create_context = library.get<decltype(&eglCreateContext)>("eglCreateContext");
        decltype(&eglCreatePbufferSurface) create_surface = library.get<decltype(&eglCreatePbufferSurface)>("eglCreatePbufferSurface");
        decltype(&eglMakeCurrent) make_current = library.get<decltype(&eglMakeCurrent)>("eglMakeCurrent");
        decltype(&eglDestroyContext) destroy_context = library.get<decltype(&eglDestroyContext)>("eglDestroyContext");
        decltype(&eglDestroySurface) destroy_surface = library.get<decltype(&eglDestroySurface)>("eglDestroySurface");
    };

    static const Api& api() {
        static const Api api;
        return api;
    }

    // Displays of the machine's EGL devices (GPUs first, as drivers list them), then the default one.
    std::vector<EGLDisplay> displays(int device) const {
        std::vector<EGLDisplay> found;
        auto query = reinterpret_cast<PFNEGLQUERYDEVICESEXTPROC>(egl_.get_proc("eglQueryDevicesEXT"));
        auto platform = reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(egl_.get_proc("eglGetPlatformDisplayEXT"));
        if (query && platform) {
            EGLDeviceEXT devices[32];
            EGLint count = 0;
            if (query(32, devices, &count)) {
                for (int i = 0; i < count; i++) {
                    if (device < 0 || device == i) found.push_back(platform(EGL_PLATFORM_DEVICE_EXT, devices[i], nullptr));
                }
            }
        }
        if (device < 0) found.push_back(egl_.get_display(EGL_DEFAULT_DISPLAY));
        return found;
    }

    bool open(EGLDisplay display) {
        const EGLint config_wish[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT,
            EGL_RED_SIZE, 8, EGL_GREEN_SIZE, 8, EGL_BLUE_SIZE, 8, EGL_DEPTH_SIZE, 24, EGL_NONE};
        const EGLint surface_size[] = {EGL_WIDTH, 16, EGL_HEIGHT, 16, EGL_NONE};
        EGLConfig config;
        EGLint count = 0;
        if (display == EGL_NO_DISPLAY || !egl_.initialize(display, nullptr, nullptr)
            || !egl_.choose_config(display, config_wish, &config, 1, &count) || count == 0 || !egl_.bind_api(EGL_OPENGL_API))
            return false;
        display_ = display;
        surface_ = egl_.create_surface(display, config, surface_size);
        context_ = egl_.create_context(display, config, EGL_NO_CONTEXT, nullptr);
        return surface_ != EGL_NO_SURFACE && context_ != EGL_NO_CONTEXT;
    }

    const Api& egl_;
    EGLDisplay display_ = EGL_NO_DISPLAY;
    EGLSurface surface_ = EGL_NO_SURFACE;
    EGLContext context_ = EGL_NO_CONTEXT;
};

// Contexts that nobody uses now. A new one costs more than many pictures: the software renderers compile their shaders anew in each.
struct Pool {
    std::mutex mutex;
    int chosen = -1;
    std::map<std::pair<GlContext::Backend, int>, std::vector<std::unique_ptr<GlContext>>> idle;

    static Pool& instance() {
        static auto* pool = new Pool;  // Never destroyed: the GL libraries may be gone before it at the process's end.
        return *pool;
    }
};

constexpr size_t kMaxIdle = 8;

}  // namespace

GlContext::Lent GlContext::lend(Backend backend, int device) {
    Pool& pool = Pool::instance();
    std::lock_guard lock(pool.mutex);
    if (pool.chosen >= 0 && pool.chosen != backend)
        throw std::runtime_error("this process already renders through the other backend; MuJoCo binds OpenGL once per process");
    std::unique_ptr<GlContext> context;
    if (auto& idle = pool.idle[{backend, device}]; !idle.empty()) {
        context = std::move(idle.back());
        idle.pop_back();
    } else if (backend == kOsMesa) {
        context = std::make_unique<OsMesaContext>();
    } else {
        context = std::make_unique<EglContext>(device);
    }
    pool.chosen = backend;
    return Lent(context.release(), Return{backend, device});
}

void GlContext::Return::operator()(GlContext* context) const {
    std::unique_ptr<GlContext> returned(context);
    Pool& pool = Pool::instance();
    std::lock_guard lock(pool.mutex);
    if (auto& idle = pool.idle[{backend, device}]; idle.size() < kMaxIdle) idle.push_back(std::move(returned));
}

}  // namespace rt1
