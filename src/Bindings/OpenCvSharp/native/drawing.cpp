#include "rt1_opencv.h"

#include <opencv2/imgproc.hpp>

using namespace rt1cv;

RT1CV int rt1cv_line(cv::Mat* image, int x1, int y1, int x2, int y2, const double* color, int thickness, int type, int shift) {
    return guarded([&] { cv::line(*image, {x1, y1}, {x2, y2}, scalar(color), thickness, type, shift); });
}

RT1CV int rt1cv_arrowed_line(cv::Mat* image, int x1, int y1, int x2, int y2, const double* color, int thickness, int type,
                             int shift, double tip_length) {
    return guarded([&] { cv::arrowedLine(*image, {x1, y1}, {x2, y2}, scalar(color), thickness, type, shift, tip_length); });
}

RT1CV int rt1cv_rectangle(cv::Mat* image, int x1, int y1, int x2, int y2, const double* color, int thickness, int type, int shift) {
    return guarded([&] { cv::rectangle(*image, cv::Point(x1, y1), cv::Point(x2, y2), scalar(color), thickness, type, shift); });
}

RT1CV int rt1cv_rectangle_rect(cv::Mat* image, int x, int y, int width, int height, const double* color, int thickness, int type,
                               int shift) {
    return guarded([&] { cv::rectangle(*image, cv::Rect(x, y, width, height), scalar(color), thickness, type, shift); });
}

RT1CV int rt1cv_circle(cv::Mat* image, int x, int y, int radius, const double* color, int thickness, int type, int shift) {
    return guarded([&] { cv::circle(*image, {x, y}, radius, scalar(color), thickness, type, shift); });
}

RT1CV int rt1cv_put_text(cv::Mat* image, const char* text, int x, int y, int font, double scale, const double* color, int thickness,
                         int type, int bottom_left_origin) {
    return guarded([&] { cv::putText(*image, text, {x, y}, font, scale, scalar(color), thickness, type, bottom_left_origin != 0); });
}

RT1CV int rt1cv_get_text_size(const char* text, int font, double scale, int thickness, int* width, int* height, int* base_line) {
    return guarded([&] {
        const auto size = cv::getTextSize(text, font, scale, thickness, base_line);
        *width = size.width;
        *height = size.height;
    });
}
