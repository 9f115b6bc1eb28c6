#include "rt1_opencv.h"

#include <opencv2/videoio.hpp>

using namespace rt1cv;

RT1CV int rt1cv_capture_new(cv::VideoCapture** out) {
    return guarded([&] { *out = new cv::VideoCapture(); });
}

RT1CV void rt1cv_capture_delete(cv::VideoCapture* capture) { delete capture; }

RT1CV int rt1cv_capture_open_file(cv::VideoCapture* capture, const char* name, int api, const int* values, int count, int* opened) {
    return guarded([&] { *opened = capture->open(name, api, parameters(values, count)); });
}

RT1CV int rt1cv_capture_open_device(cv::VideoCapture* capture, int index, int api, const int* values, int count, int* opened) {
    return guarded([&] { *opened = capture->open(index, api, parameters(values, count)); });
}

RT1CV int rt1cv_capture_is_opened(const cv::VideoCapture* capture) { return capture->isOpened(); }

RT1CV int rt1cv_capture_release(cv::VideoCapture* capture) {
    return guarded([&] { capture->release(); });
}

RT1CV int rt1cv_capture_grab(cv::VideoCapture* capture, int* grabbed) {
    return guarded([&] { *grabbed = capture->grab(); });
}

RT1CV int rt1cv_capture_retrieve(cv::VideoCapture* capture, cv::Mat* image, int flag, int* retrieved) {
    return guarded([&] { *retrieved = capture->retrieve(*image, flag); });
}

RT1CV int rt1cv_capture_read(cv::VideoCapture* capture, cv::Mat* image, int* got) {
    return guarded([&] { *got = capture->read(*image); });
}

RT1CV int rt1cv_capture_get(const cv::VideoCapture* capture, int property, double* value) {
    return guarded([&] { *value = capture->get(property); });
}

RT1CV int rt1cv_capture_set(cv::VideoCapture* capture, int property, double value, int* accepted) {
    return guarded([&] { *accepted = capture->set(property, value); });
}

RT1CV int rt1cv_capture_backend(const cv::VideoCapture* capture, const char** name) {
    return guarded([&] { *name = keep(capture->getBackendName()); });
}

RT1CV int rt1cv_writer_new(cv::VideoWriter** out) {
    return guarded([&] { *out = new cv::VideoWriter(); });
}

RT1CV void rt1cv_writer_delete(cv::VideoWriter* writer) { delete writer; }

RT1CV int rt1cv_writer_open(cv::VideoWriter* writer, const char* name, int api, int fourcc, double fps, int width, int height,
                            int is_color, int* opened) {
    return guarded([&] { *opened = writer->open(name, api, fourcc, fps, cv::Size(width, height), is_color != 0); });
}

RT1CV int rt1cv_writer_is_opened(const cv::VideoWriter* writer) { return writer->isOpened(); }

RT1CV int rt1cv_writer_release(cv::VideoWriter* writer) {
    return guarded([&] { writer->release(); });
}

RT1CV int rt1cv_writer_write(cv::VideoWriter* writer, const cv::Mat* image) {
    return guarded([&] { writer->write(*image); });
}

RT1CV int rt1cv_writer_get(const cv::VideoWriter* writer, int property, double* value) {
    return guarded([&] { *value = writer->get(property); });
}

RT1CV int rt1cv_writer_set(cv::VideoWriter* writer, int property, double value, int* accepted) {
    return guarded([&] { *accepted = writer->set(property, value); });
}

RT1CV int rt1cv_writer_backend(const cv::VideoWriter* writer, const char** name) {
    return guarded([&] { *name = keep(writer->getBackendName()); });
}
