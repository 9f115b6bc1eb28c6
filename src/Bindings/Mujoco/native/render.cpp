// Offscreen pictures of a model's state: colour, and which geom is seen at each pixel.
#include <mujoco/mujoco.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "errors.h"
#include "gl_context.h"

struct Camera {
    int fixed;  // The model's camera, or -1 for a free one:
    double lookat[3], distance, azimuth, elevation;
};

struct Flags {
    unsigned char shadow, reflection, skybox, haze;
    unsigned char geomgroup[mjNGROUP];
};

namespace {

class Renderer {
public:
    Renderer(mjModel* model, int width, int height, int backend, int device, int samples)
        : width_(width), height_(height), rows_(3 * width * height),
          gl_(rt1::GlContext::lend(static_cast<rt1::GlContext::Backend>(backend), device)) {
        Current current(*gl_);
        // The offscreen buffer's size and smoothness are read from the model; nothing else in it depends on them.
        model->vis.global.offwidth = width;
        model->vis.global.offheight = height;
        model->vis.quality.offsamples = samples;
        mjv_defaultScene(&scene_);
        mjr_defaultContext(&context_);
        mjv_makeScene(model, &scene_, model->ngeom + 100);
        mjr_makeContext(model, &context_, mjFONTSCALE_100);
        mjr_setBuffer(mjFB_OFFSCREEN, &context_);
        if (context_.currentBuffer != mjFB_OFFSCREEN) throw std::runtime_error("OpenGL gave no offscreen framebuffer");
    }

    ~Renderer() {
        rt1::guard([&] {
            Current current(*gl_);
            mjr_freeContext(&context_);
            mjv_freeScene(&scene_);
        });
    }

    void color(const mjModel* model, mjData* data, const Camera& camera, const Flags& flags, unsigned char* rgb) {
        draw(model, data, camera, flags, false);
        for (int y = 0; y < height_; y++) std::memcpy(rgb + 3 * width_ * y, row(y), 3 * width_);
    }

    void segmentation(const mjModel* model, mjData* data, const Camera& camera, const Flags& flags, int32_t* geoms) {
        draw(model, data, camera, flags, true);
        std::vector<int32_t> geom_of(scene_.ngeom + 1, -1);
        for (int i = 0; i < scene_.ngeom; i++) {
            const mjvGeom& geom = scene_.geoms[i];
            if (geom.segid >= 0 && geom.segid < scene_.ngeom && geom.objtype == mjOBJ_GEOM) geom_of[geom.segid + 1] = geom.objid;
        }
        for (int y = 0; y < height_; y++) {
            const unsigned char* pixel = row(y);
            for (int x = 0; x < width_; x++, pixel += 3) {
                const unsigned id = pixel[0] | pixel[1] << 8 | pixel[2] << 16;
                geoms[y * width_ + x] = id < geom_of.size() ? geom_of[id] : -1;
            }
        }
    }

private:
    // OpenGL contexts belong to one thread at a time; holding ours only while drawing lets any thread draw next.
    struct Current {
        rt1::GlContext& gl;
        explicit Current(rt1::GlContext& context) : gl(context) { gl.make_current(); }
        ~Current() { gl.release(); }
    };

    void draw(const mjModel* model, mjData* data, const Camera& wanted, const Flags& flags, bool segment) {
        Current current(*gl_);
        mjvOption option;
        mjv_defaultOption(&option);
        std::memcpy(option.geomgroup, flags.geomgroup, sizeof option.geomgroup);
        mjvCamera camera;
        mjv_defaultCamera(&camera);
        camera.type = wanted.fixed < 0 ? mjCAMERA_FREE : mjCAMERA_FIXED;
        camera.fixedcamid = wanted.fixed;
        std::memcpy(camera.lookat, wanted.lookat, sizeof camera.lookat);
        camera.distance = wanted.distance;
        camera.azimuth = wanted.azimuth;
        camera.elevation = wanted.elevation;
        mjv_updateScene(model, data, &option, nullptr, &camera, mjCAT_ALL, &scene_);
        scene_.flags[mjRND_SHADOW] = flags.shadow && !segment;
        scene_.flags[mjRND_REFLECTION] = flags.reflection && !segment;
        scene_.flags[mjRND_SKYBOX] = flags.skybox && !segment;
        scene_.flags[mjRND_HAZE] = flags.haze && !segment;
        scene_.flags[mjRND_SEGMENT] = segment;
        scene_.flags[mjRND_IDCOLOR] = segment;
        const mjrRect viewport = {0, 0, width_, height_};
        mjr_render(viewport, &scene_, &context_);
        mjr_readPixels(rows_.data(), nullptr, viewport, &context_);
    }

    // OpenGL's first row is the bottom one.
    const unsigned char* row(int y) const { return rows_.data() + 3 * width_ * (height_ - 1 - y); }

    int width_, height_;
    std::vector<unsigned char> rows_;
    rt1::GlContext::Lent gl_;
    mjvScene scene_;
    mjrContext context_;
};

}  // namespace

RT1_API Renderer* rt1mj_make_renderer(mjModel* m, int width, int height, int backend, int device, int samples) {
    return rt1::guard_pointer([&] { return new Renderer(m, width, height, backend, device, samples); });
}

RT1_API void rt1mj_free_renderer(Renderer* renderer) { delete renderer; }

RT1_API int rt1mj_render(
    Renderer* renderer, const mjModel* m, mjData* d, const Camera* camera, const Flags* flags, unsigned char* rgb) {
    return rt1::guard([&] { renderer->color(m, d, *camera, *flags, rgb); });
}

RT1_API int rt1mj_segment(
    Renderer* renderer, const mjModel* m, mjData* d, const Camera* camera, const Flags* flags, int32_t* geoms) {
    return rt1::guard([&] { renderer->segmentation(m, d, *camera, *flags, geoms); });
}
