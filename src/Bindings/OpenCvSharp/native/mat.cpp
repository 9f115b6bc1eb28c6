#include "rt1_opencv.h"

using namespace rt1cv;

RT1CV int rt1cv_mat_new(cv::Mat** out) {
    return guarded([&] { *out = new cv::Mat(); });
}

RT1CV int rt1cv_mat_new_sized(int rows, int cols, int type, cv::Mat** out) {
    return guarded([&] { *out = new cv::Mat(rows, cols, type); });
}

RT1CV int rt1cv_mat_new_filled(int rows, int cols, int type, const double* value, cv::Mat** out) {
    return guarded([&] { *out = new cv::Mat(rows, cols, type, scalar(value)); });
}

RT1CV int rt1cv_mat_new_over(int rows, int cols, int type, void* data, int64_t step, cv::Mat** out) {
    return guarded([&] { *out = new cv::Mat(rows, cols, type, data, static_cast<size_t>(step)); });
}

RT1CV int rt1cv_mat_new_roi(const cv::Mat* mat, int x, int y, int width, int height, cv::Mat** out) {
    return guarded([&] { *out = new cv::Mat(*mat, cv::Rect(x, y, width, height)); });
}

RT1CV int rt1cv_mat_clone(const cv::Mat* mat, cv::Mat** out) {
    return guarded([&] { *out = new cv::Mat(mat->clone()); });
}

RT1CV void rt1cv_mat_delete(cv::Mat* mat) { delete mat; }

RT1CV int rt1cv_mat_create(cv::Mat* mat, int rows, int cols, int type) {
    return guarded([&] { mat->create(rows, cols, type); });
}

RT1CV int rt1cv_mat_copy_to(const cv::Mat* mat, cv::Mat* destination) {
    return guarded([&] { mat->copyTo(*destination); });
}

RT1CV int rt1cv_mat_copy_to_masked(const cv::Mat* mat, cv::Mat* destination, const cv::Mat* mask) {
    return guarded([&] { mat->copyTo(*destination, *mask); });
}

RT1CV int rt1cv_mat_convert_to(const cv::Mat* mat, cv::Mat* destination, int type, double alpha, double beta) {
    return guarded([&] { mat->convertTo(*destination, type, alpha, beta); });
}

RT1CV int rt1cv_mat_set_to(cv::Mat* mat, const double* value) {
    return guarded([&] { mat->setTo(scalar(value)); });
}

RT1CV int rt1cv_mat_set_to_masked(cv::Mat* mat, const double* value, const cv::Mat* mask) {
    return guarded([&] { mat->setTo(scalar(value), *mask); });
}

RT1CV void rt1cv_mat_release(cv::Mat* mat) { mat->release(); }

RT1CV int rt1cv_mat_rows(const cv::Mat* mat) { return mat->rows; }
RT1CV int rt1cv_mat_cols(const cv::Mat* mat) { return mat->cols; }
RT1CV int rt1cv_mat_dims(const cv::Mat* mat) { return mat->dims; }
RT1CV int rt1cv_mat_type(const cv::Mat* mat) { return mat->type(); }
RT1CV int64_t rt1cv_mat_step(const cv::Mat* mat) { return static_cast<int64_t>(mat->step); }
RT1CV int64_t rt1cv_mat_total(const cv::Mat* mat) { return static_cast<int64_t>(mat->total()); }
RT1CV int rt1cv_mat_is_continuous(const cv::Mat* mat) { return mat->isContinuous(); }
RT1CV int rt1cv_mat_is_submatrix(const cv::Mat* mat) { return mat->isSubmatrix(); }
RT1CV uint8_t* rt1cv_mat_data(const cv::Mat* mat) { return mat->data; }
