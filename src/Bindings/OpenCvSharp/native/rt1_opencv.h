// The C face of OpenCV for the OpenCvSharp binding. Every function that can fail returns a status: 0, or 1 with the
// error of the calling thread kept for rt1cv_last_error. Results leave through trailing pointers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#define RT1CV extern "C" __attribute__((visibility("default")))

namespace rt1cv {

struct Error {
    int code = 0;
    int line = 0;
    std::string message, function, file;
};

extern thread_local Error last_error;

/// Runs the body; an exception becomes status 1 and last_error.
template <typename Body>
int guarded(Body&& body) noexcept {
    try {
        body();
        return 0;
    } catch (const cv::Exception& e) {
        last_error = {e.code, e.line, e.err, e.func, e.file};
    } catch (const std::exception& e) {
        last_error = {cv::Error::StsError, 0, e.what(), "", ""};
    } catch (...) {
        last_error = {cv::Error::StsError, 0, "unknown exception", "", ""};
    }
    return 1;
}

inline std::vector<int> parameters(const int* values, int count) {
    return count == 0 ? std::vector<int>() : std::vector<int>(values, values + count);
}

inline cv::Scalar scalar(const double* v) { return {v[0], v[1], v[2], v[3]}; }

/// A string that stays valid until the same thread asks for the next one.
const char* keep(std::string text);

}  // namespace rt1cv
