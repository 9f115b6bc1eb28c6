#include "rt1_opencv.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

using namespace rt1cv;

RT1CV int rt1cv_resize(const cv::Mat* src, cv::Mat* dst, int width, int height, double fx, double fy, int interpolation) {
    return guarded([&] { cv::resize(*src, *dst, cv::Size(width, height), fx, fy, interpolation); });
}

RT1CV int rt1cv_cvt_color(const cv::Mat* src, cv::Mat* dst, int code, int channels) {
    return guarded([&] { cv::cvtColor(*src, *dst, code, channels); });
}

RT1CV int rt1cv_imread(const char* path, int flags, cv::Mat** out) {
    return guarded([&] { *out = new cv::Mat(cv::imread(path, flags)); });
}

RT1CV int rt1cv_imwrite(const char* path, const cv::Mat* image, const int* values, int count, int* written) {
    return guarded([&] { *written = cv::imwrite(path, *image, parameters(values, count)); });
}

RT1CV int rt1cv_imdecode(const uint8_t* bytes, int length, int flags, cv::Mat** out) {
    return guarded([&] {
        const cv::Mat buffer(1, length, CV_8U, const_cast<uint8_t*>(bytes));
        *out = new cv::Mat(cv::imdecode(buffer, flags));
    });
}

/// The encoded bytes stay valid until `buffer` is given to rt1cv_buffer_delete.
RT1CV int rt1cv_imencode(const char* extension, const cv::Mat* image, const int* values, int count,
                         std::vector<uint8_t>** buffer, const uint8_t** data, int64_t* length, int* encoded) {
    *buffer = nullptr;
    return guarded([&] {
        std::vector<uint8_t> bytes;
        *encoded = cv::imencode(extension, *image, bytes, parameters(values, count));
        *buffer = new std::vector<uint8_t>(std::move(bytes));
        *data = (*buffer)->data();
        *length = static_cast<int64_t>((*buffer)->size());
    });
}

RT1CV void rt1cv_buffer_delete(std::vector<uint8_t>* buffer) { delete buffer; }
