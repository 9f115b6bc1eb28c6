// Arrays and numbers of mjModel and mjData by MuJoCo's own names, so that no struct layout leaves this library.
#include <mujoco/mujoco.h>
#include <mujoco/mjxmacro.h>

#include <cstring>

#include "errors.h"

namespace {

enum ElementType { kDouble = 0, kFloat = 1, kInt = 2, kByte = 3 };

template <class T> constexpr int type_of() {
    if constexpr (std::is_same_v<T, mjtNum>) return kDouble;
    else if constexpr (std::is_same_v<T, float>) return kFloat;
    else if constexpr (std::is_same_v<T, int>) return kInt;
    else return kByte;
}

struct Field {
    void* data;
    int type;
    int rows;
    int columns;
};

template <class T> Field field(T* data, int rows, int columns) { return {data, type_of<T>(), rows, columns}; }

}  // namespace

// A field of the model: an array ("geom_rgba"), a size ("nq"), or an option ("opt.timestep"). 0 when found, -1 when there is none.
RT1_API int rt1mj_model_field(mjModel* m, const char* name, Field* out) {
    MJMODEL_POINTERS_PREAMBLE(m)
#undef MJ_M
#define MJ_M(n) n
#define X(type, member, rows, columns) \
    if (!std::strcmp(name, #member)) return *out = field(m->member, m->rows, columns), 0;
    MJMODEL_POINTERS
#undef X
#define X(member) \
    if (!std::strcmp(name, #member)) return *out = field(&m->member, 1, 1), 0;
    MJMODEL_INTS
#undef X
#define X(type, member) \
    if (!std::strcmp(name, "opt." #member)) return *out = field(&m->opt.member, 1, 1), 0;
    MJOPTION_SCALARS
#undef X
#define X(member, size) \
    if (!std::strcmp(name, "opt." #member)) return *out = field(m->opt.member, size, 1), 0;
    MJOPTION_VECTORS
#undef X
    return -1;
}

// A field of the data: an array ("qpos") or a number ("time", "ncon").
RT1_API int rt1mj_data_field(const mjModel* m, mjData* d, const char* name, Field* out) {
    MJDATA_POINTERS_PREAMBLE(m)
#define X(type, member, rows, columns) \
    if (!std::strcmp(name, #member)) return *out = field(d->member, m->rows, columns), 0;
    MJDATA_POINTERS
#undef X
#define X(type, member) \
    if (!std::strcmp(name, #member)) return *out = field(&d->member, 1, 1), 0;
    MJDATA_SCALAR
#undef X
    if (!std::strcmp(name, "energy")) return *out = field(d->energy, 2, 1), 0;
    return -1;
}
