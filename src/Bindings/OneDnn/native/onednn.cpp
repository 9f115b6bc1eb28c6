// The C face of oneDNN: convolutions and linear layers with their weights packed once and what follows them fused in,
// over float32 activations in channels-last order (N = 1: height x width x channels). Every function returns 0, or 1 with a message
// in rt1_onednn_error().
#include <dnnl.hpp>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))

using dnnl::memory;
using Tag = memory::format_tag;

namespace {

constexpr auto Float = memory::data_type::f32;
thread_local std::string last_error;

// One engine and one stream a thread: primitives run where they are called from, with OpenMP's threads.
dnnl::engine& engine() { static dnnl::engine e(dnnl::engine::kind::cpu, 0); return e; }
dnnl::stream& stream() { thread_local dnnl::stream s(engine()); return s; }

template <class Work>
int guarded(Work work) {
    try {
        work();
        return 0;
    } catch (const dnnl::error& e) {
        last_error = std::string("oneDNN: ") + e.what() + " (status " + std::to_string(e.status) + ")";
    } catch (const std::exception& e) {
        last_error = e.what();
    }
    return 1;
}

// What is fused behind a product, in this order: + what the output held before, the activation, then x scale + shift by channel.
struct Fusion {
    int activation;   // 0 none, 1 swish, 2 GELU in its tanh form, 3 GELU in its exact form
    int accumulate;   // 1: add to what the output holds
    int modulate;     // 1: multiply by scale and add shift, both per output channel
};

struct Primitive {
    dnnl::primitive run;
    std::unordered_map<int, memory> arguments;
    memory scale, shift;
};

dnnl::primitive_attr attributes(const Fusion& fusion, const memory::desc& per_channel) {
    dnnl::post_ops operations;
    if (fusion.accumulate) operations.append_sum(1.f);
    if (fusion.activation == 1) operations.append_eltwise(1.f, dnnl::algorithm::eltwise_swish, 1.f, 0.f);
    if (fusion.activation == 2) operations.append_eltwise(1.f, dnnl::algorithm::eltwise_gelu_tanh, 0.f, 0.f);
    if (fusion.activation == 3) operations.append_eltwise(1.f, dnnl::algorithm::eltwise_gelu_erf, 0.f, 0.f);
    if (fusion.modulate) {
        operations.append_binary(dnnl::algorithm::binary_mul, per_channel);
        operations.append_binary(dnnl::algorithm::binary_add, per_channel);
    }
    dnnl::primitive_attr attributes;
    attributes.set_post_ops(operations);
    return attributes;
}

void bind_modulation(Primitive& p, const Fusion& fusion, const memory::desc& per_channel) {
    if (!fusion.modulate) return;
    p.scale = memory(per_channel, engine());
    p.shift = memory(per_channel, engine());
    const int first = fusion.accumulate + (fusion.activation != 0);
    p.arguments[DNNL_ARG_ATTR_MULTIPLE_POST_OP(first) | DNNL_ARG_SRC_1] = p.scale;
    p.arguments[DNNL_ARG_ATTR_MULTIPLE_POST_OP(first + 1) | DNNL_ARG_SRC_1] = p.shift;
}

memory packed(const float* values, const memory::desc& plain, const memory::desc& wanted) {
    memory source(plain, engine(), const_cast<float*>(values));
    memory target(wanted, engine());
    dnnl::reorder(source, target).execute(stream(), source, target);
    stream().wait();
    return target;
}

// The loops below are compiled for several generations of processors; the best is chosen when the library loads.
#define VECTORIZED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))

VECTORIZED void softmax_row(float* x, const float* mask, int count) {
    float largest = -INFINITY, sum = 0;
#pragma omp simd reduction(max : largest)
    for (int i = 0; i < count; i++) largest = std::max(largest, x[i] += mask[i]);
#pragma omp simd reduction(+ : sum)
    for (int i = 0; i < count; i++) sum += x[i] = std::exp(x[i] - largest);
    const float inverse = 1.f / sum;
#pragma omp simd
    for (int i = 0; i < count; i++) x[i] *= inverse;
}

VECTORIZED void layer_norm_row(const float* x, int width, float epsilon, const float* scale, const float* shift, float* y) {
    float mean = 0, variance = 0;
#pragma omp simd reduction(+ : mean)
    for (int c = 0; c < width; c++) mean += x[c];
    mean /= static_cast<float>(width);
#pragma omp simd reduction(+ : variance)
    for (int c = 0; c < width; c++) variance += (x[c] - mean) * (x[c] - mean);
    const float inverse = 1.f / std::sqrt(variance / static_cast<float>(width) + epsilon);
#pragma omp simd
    for (int c = 0; c < width; c++) y[c] = (x[c] - mean) * inverse * scale[c] + shift[c];
}

VECTORIZED void add_row(const float* row, int count, float* sum) {
#pragma omp simd
    for (int i = 0; i < count; i++) sum[i] += row[i];
}

VECTORIZED void multiply_row(const float* factor, int count, float* row) {
#pragma omp simd
    for (int i = 0; i < count; i++) row[i] *= factor[i];
}

}  // namespace

EXPORT const char* rt1_onednn_error() { return last_error.c_str(); }

EXPORT void rt1_onednn_version(int* major, int* minor, int* patch) {
    const auto* version = dnnl_version();
    *major = version->major;
    *minor = version->minor;
    *patch = version->patch;
}

// weights: (out, in / groups, kernel, kernel); groups is 1 or, for a depthwise convolution, the channel count.
EXPORT int rt1_onednn_convolution(int height, int width, int in, int out, int kernel, int stride, int groups, int pad_before, int pad_after,
                                  Fusion fusion, const float* weights, const float* bias, Primitive** result) {
    return guarded([&] {
        const int out_height = (height + pad_before + pad_after - kernel) / stride + 1;
        const int out_width = (width + pad_before + pad_after - kernel) / stride + 1;
        const memory::desc source({1, in, height, width}, Float, Tag::nhwc), target({1, out, out_height, out_width}, Float, Tag::nhwc);
        const memory::dims shape = groups == 1 ? memory::dims{out, in, kernel, kernel}
                                               : memory::dims{groups, out / groups, in / groups, kernel, kernel};
        const memory::desc any(shape, Float, Tag::any), plain(shape, Float, groups == 1 ? Tag::oihw : Tag::goihw);
        const memory::desc per_output({out}, Float, Tag::a), per_channel({1, out, 1, 1}, Float, Tag::nhwc);
        const dnnl::convolution_forward::desc description(
            dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct, source, any, per_output, target,
            {stride, stride}, {pad_before, pad_before}, {pad_after, pad_after});
        const dnnl::convolution_forward::primitive_desc chosen(description, attributes(fusion, per_channel), engine());

        auto p = std::make_unique<Primitive>();
        p->run = dnnl::convolution_forward(chosen);
        p->arguments[DNNL_ARG_WEIGHTS] = packed(weights, plain, chosen.weights_desc());
        p->arguments[DNNL_ARG_BIAS] = packed(bias, per_output, per_output);
        p->arguments[DNNL_ARG_SRC] = memory(source, engine(), nullptr);
        p->arguments[DNNL_ARG_DST] = memory(target, engine(), nullptr);
        bind_modulation(*p, fusion, per_channel);
        *result = p.release();
    });
}

// weights: (out, in); source (rows, in) and target (rows, out) are dense, row by row.
EXPORT int rt1_onednn_linear(int rows, int in, int out, Fusion fusion, const float* weights, const float* bias, Primitive** result) {
    return guarded([&] {
        const memory::desc source({rows, in}, Float, Tag::ab), target({rows, out}, Float, Tag::ab);
        const memory::desc any({in, out}, Float, Tag::any), plain({in, out}, Float, Tag::ba), per_channel({1, out}, Float, Tag::ab);
        const dnnl::matmul::desc description(source, any, per_channel, target);
        const dnnl::matmul::primitive_desc chosen(description, attributes(fusion, per_channel), engine());

        auto p = std::make_unique<Primitive>();
        p->run = dnnl::matmul(chosen);
        p->arguments[DNNL_ARG_WEIGHTS] = packed(weights, plain, chosen.weights_desc());
        p->arguments[DNNL_ARG_BIAS] = packed(bias, per_channel, per_channel);
        p->arguments[DNNL_ARG_SRC] = memory(source, engine(), nullptr);
        p->arguments[DNNL_ARG_DST] = memory(target, engine(), nullptr);
        bind_modulation(*p, fusion, per_channel);
        *result = p.release();
    });
}

// `scale` and `shift` hold one number an output channel.
EXPORT int rt1_onednn_modulate(Primitive* p, const float* scale, const float* shift) {
    return guarded([&] {
        std::memcpy(p->scale.get_data_handle(), scale, p->scale.get_desc().get_size());
        std::memcpy(p->shift.get_data_handle(), shift, p->shift.get_desc().get_size());
    });
}

EXPORT int rt1_onednn_run(Primitive* p, const float* source, float* target) {
    return guarded([&] {
        p->arguments.at(DNNL_ARG_SRC).set_data_handle(const_cast<float*>(source));
        p->arguments.at(DNNL_ARG_DST).set_data_handle(target);
        p->run.execute(stream(), p->arguments);
        stream().wait();
    });
}

EXPORT void rt1_onednn_free(Primitive* p) { delete p; }

struct Attention {
    int queries, rows, heads, width, query_stride, key_value_stride;
    std::vector<float> mask, weights;
};

// Multi-head attention softmax(query . key^T / sqrt(width) + mask) . value, a head a thread. All rows hold heads x width
// numbers; `query_stride`, `key_value_stride` and heads x width are the distances from row to row of query, of key and value, and of the output.
// mask: (queries, rows), added to the scores.
EXPORT int rt1_onednn_attention(int queries, int rows, int heads, int width, int query_stride, int key_value_stride, const float* mask,
                                Attention** result) {
    return guarded([&] {
        auto a = std::make_unique<Attention>(Attention{queries, rows, heads, width, query_stride, key_value_stride, {}, {}});
        a->mask.assign(mask, mask + static_cast<size_t>(queries) * rows);
        a->weights.resize(static_cast<size_t>(heads) * queries * rows);
        *result = a.release();
    });
}

EXPORT void rt1_onednn_attend(Attention* a, const float* query, const float* key, const float* value, float* output) {
    const float scale = 1.f / std::sqrt(static_cast<float>(a->width));
#pragma omp parallel for schedule(static)
    for (int h = 0; h < a->heads; h++) {
        const int first = h * a->width;
        float* weights = a->weights.data() + static_cast<size_t>(h) * a->queries * a->rows;
        dnnl_sgemm('N', 'T', a->queries, a->rows, a->width, scale, query + first, a->query_stride, key + first, a->key_value_stride, 0.f,
                   weights, a->rows);
        for (int q = 0; q < a->queries; q++) softmax_row(weights + static_cast<size_t>(q) * a->rows, a->mask.data() + static_cast<size_t>(q) * a->rows, a->rows);
        dnnl_sgemm('N', 'N', a->queries, a->width, a->rows, 1.f, weights, a->rows, value + first, a->key_value_stride, 0.f, output + first,
                   a->heads * a->width);
    }
}

EXPORT void rt1_onednn_attention_free(Attention* a) { delete a; }

// target = (source - mean) / sqrt(variance + epsilon) * scale + shift, row by row.
EXPORT void rt1_onednn_layer_norm(const float* source, int rows, int width, float epsilon, const float* scale, const float* shift,
                                  float* target) {
#pragma omp parallel for schedule(static)
    for (int r = 0; r < rows; r++) {
        const size_t first = static_cast<size_t>(r) * width;
        layer_norm_row(source + first, width, epsilon, scale, shift, target + first);
    }
}

// mean[c] = the mean over the positions of map (positions, channels).
EXPORT void rt1_onednn_channel_means(const float* map, int positions, int channels, float* mean) {
    const int threads = omp_get_max_threads();
    std::vector<float> partial(static_cast<size_t>(threads) * channels, 0.f);
#pragma omp parallel num_threads(threads)
    {
        float* sum = partial.data() + static_cast<size_t>(omp_get_thread_num()) * channels;
#pragma omp for schedule(static)
        for (int p = 0; p < positions; p++) add_row(map + static_cast<size_t>(p) * channels, channels, sum);
    }
    for (int c = 0; c < channels; c++) {
        float sum = 0;
        for (int t = 0; t < threads; t++) sum += partial[static_cast<size_t>(t) * channels + c];
        mean[c] = sum / static_cast<float>(positions);
    }
}

// map[p, c] *= 1 / (1 + exp(-logit[c])).
EXPORT void rt1_onednn_gate_channels(float* map, int positions, int channels, const float* logit) {
    std::vector<float> gate(channels);
    for (int c = 0; c < channels; c++) gate[c] = 1.f / (1.f + std::exp(-logit[c]));
#pragma omp parallel for schedule(static)
    for (int p = 0; p < positions; p++) multiply_row(gate.data(), channels, map + static_cast<size_t>(p) * channels);
}
