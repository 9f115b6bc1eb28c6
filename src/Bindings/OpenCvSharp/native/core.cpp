#include "rt1_opencv.h"

#include <cstdlib>

#include <opencv2/core/utility.hpp>
#include <opencv2/core/utils/logger.hpp>

namespace rt1cv {

thread_local Error last_error;

const char* keep(std::string text) {
    static thread_local std::string kept;
    kept = std::move(text);
    return kept.c_str();
}

// Failures reach the caller as return values and exceptions, so OpenCV and FFmpeg keep quiet on stderr, unless the
// user asked for their log through the variables that they themselves read.
__attribute__((constructor)) static void quiet() {
    if (!std::getenv("OPENCV_LOG_LEVEL")) cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    setenv("OPENCV_FFMPEG_LOGLEVEL", "-8", /*overwrite*/ 0);
}

}  // namespace rt1cv

using namespace rt1cv;

RT1CV void rt1cv_last_error(int* code, int* line, const char** message, const char** function, const char** file) {
    *code = last_error.code;
    *line = last_error.line;
    *message = last_error.message.c_str();
    *function = last_error.function.c_str();
    *file = last_error.file.c_str();
}

RT1CV const char* rt1cv_version() { return keep(cv::getVersionString()); }
RT1CV const char* rt1cv_build_information() { return keep(cv::getBuildInformation()); }

RT1CV int rt1cv_get_log_level() { return cv::utils::logging::getLogLevel(); }
RT1CV int rt1cv_set_log_level(int level) {
    return cv::utils::logging::setLogLevel(static_cast<cv::utils::logging::LogLevel>(level));
}

RT1CV int rt1cv_get_num_threads() { return cv::getNumThreads(); }
RT1CV int rt1cv_set_num_threads(int count) {
    return guarded([&] { cv::setNumThreads(count); });
}
