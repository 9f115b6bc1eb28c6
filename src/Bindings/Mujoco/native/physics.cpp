// Models, data, and what is computed from them.
#include <mujoco/mujoco.h>

#include <cstring>
#include <memory>
#include <mutex>

#include "errors.h"

namespace {

// MuJoCo keeps the last parsed XML in a global; loads take turns.
std::mutex load_mutex;

struct VirtualFiles {
    std::unique_ptr<mjVFS> vfs = std::make_unique<mjVFS>();
    VirtualFiles() { mj_defaultVFS(vfs.get()); }
    ~VirtualFiles() { mj_deleteVFS(vfs.get()); }

    void add(const char* name, const void* content, int size) {
        if (mj_makeEmptyFileVFS(vfs.get(), name, size) != 0)
            throw std::runtime_error(std::string("the file '") + name + "' is named twice, or there are too many files");
        std::memcpy(vfs->filedata[mj_findFileVFS(vfs.get(), name)], content, size);
    }
};

mjModel* load(const char* path, const mjVFS* vfs, char* warning, int warning_size) {
    char message[1000] = "";
    mjModel* model;
    {
        std::lock_guard lock(load_mutex);
        model = mj_loadXML(path, vfs, message, sizeof message);
        mj_freeLastXML();
    }
    if (!model) throw std::runtime_error(message);
    std::strncpy(warning, message, warning_size - 1);
    warning[warning_size - 1] = 0;
    return model;
}

}  // namespace

struct Contact {
    double dist, pos[3], frame[9], force[6];
    int geom1, geom2, dim, active;
};

RT1_API mjModel* rt1mj_load_file(const char* path, char* warning, int warning_size) {
    return rt1::guard_pointer([&] { return load(path, nullptr, warning, warning_size); });
}

// The first file is the model; the others are what it includes.
RT1_API mjModel* rt1mj_load_files(
    int count, const char* const* names, const void* const* contents, const int* sizes, char* warning, int warning_size) {
    return rt1::guard_pointer([&] {
        VirtualFiles files;
        for (int i = 0; i < count; i++) files.add(names[i], contents[i], sizes[i]);
        return load(names[0], files.vfs.get(), warning, warning_size);
    });
}

RT1_API void rt1mj_free_model(mjModel* m) { mj_deleteModel(m); }

RT1_API int rt1mj_name2id(const mjModel* m, int type, const char* name) { return mj_name2id(m, type, name); }

RT1_API const char* rt1mj_id2name(const mjModel* m, int type, int id) { return mj_id2name(m, type, id); }

RT1_API mjData* rt1mj_make_data(const mjModel* m) {
    return rt1::guard_pointer([&] { return mj_makeData(m); });
}

RT1_API void rt1mj_free_data(mjData* d) { mj_deleteData(d); }

RT1_API int rt1mj_copy_data(const mjModel* m, mjData* destination, const mjData* source) {
    return rt1::guard([&] { mj_copyData(destination, m, source); });
}

RT1_API int rt1mj_reset(const mjModel* m, mjData* d, int key) {
    return rt1::guard([&] { key < 0 ? mj_resetData(m, d) : mj_resetDataKeyframe(m, d, key); });
}

RT1_API int rt1mj_step(const mjModel* m, mjData* d) {
    return rt1::guard([&] { mj_step(m, d); });
}

RT1_API int rt1mj_step1(const mjModel* m, mjData* d) {
    return rt1::guard([&] { mj_step1(m, d); });
}

RT1_API int rt1mj_step2(const mjModel* m, mjData* d) {
    return rt1::guard([&] { mj_step2(m, d); });
}

RT1_API int rt1mj_forward(const mjModel* m, mjData* d) {
    return rt1::guard([&] { mj_forward(m, d); });
}

// Positions, orientations and Jacobians for the present qpos; no forces, no collisions.
RT1_API int rt1mj_kinematics(const mjModel* m, mjData* d) {
    return rt1::guard([&] {
        mj_kinematics(m, d);
        mj_comPos(m, d);
        mj_camlight(m, d);
    });
}

RT1_API int rt1mj_jacobian(const mjModel* m, mjData* d, int type, int id, double* jacp, double* jacr) {
    return rt1::guard([&] {
        if (type == mjOBJ_SITE) mj_jacSite(m, d, jacp, jacr, id);
        else if (type == mjOBJ_GEOM) mj_jacGeom(m, d, jacp, jacr, id);
        else mj_jacBody(m, d, jacp, jacr, id);
    });
}

RT1_API int rt1mj_multiply_inertia(const mjModel* m, const mjData* d, const double* vector, double* result) {
    return rt1::guard([&] { mj_mulM(m, d, result, vector); });
}

RT1_API int rt1mj_object_velocity(const mjModel* m, const mjData* d, int type, int id, double* velocity) {
    return rt1::guard([&] { mj_objectVelocity(m, d, type, id, velocity, 0); });
}

RT1_API int rt1mj_contact(const mjModel* m, const mjData* d, int index, Contact* out) {
    return rt1::guard([&] {
        if (index < 0 || index >= d->ncon) throw std::out_of_range("no such contact");
        const mjContact& contact = d->contact[index];
        out->dist = contact.dist;
        std::memcpy(out->pos, contact.pos, sizeof out->pos);
        std::memcpy(out->frame, contact.frame, sizeof out->frame);
        mj_contactForce(m, d, index, out->force);
        out->geom1 = contact.geom1;
        out->geom2 = contact.geom2;
        out->dim = contact.dim;
        out->active = contact.efc_address >= 0;
    });
}

RT1_API int rt1mj_warning_count(const mjData* d, int warning) { return d->warning[warning].number; }

RT1_API const char* rt1mj_warning_text(const mjData* d, int warning) {
    return mju_warningText(warning, d->warning[warning].lastinfo);
}
