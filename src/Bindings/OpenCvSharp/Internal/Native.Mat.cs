using System.Runtime.InteropServices;

namespace OpenCvSharp;

internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_new(out MatHandle mat);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_new_sized(int rows, int cols, int type, out MatHandle mat);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_new_filled(int rows, int cols, int type, in Scalar value, out MatHandle mat);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_new_over(int rows, int cols, int type, nint data, long step, out MatHandle mat);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_new_roi(MatHandle mat, int x, int y, int width, int height, out MatHandle roi);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_clone(MatHandle mat, out MatHandle clone);

    [LibraryImport(Library)]
    internal static partial void rt1cv_mat_delete(nint mat);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_create(MatHandle mat, int rows, int cols, int type);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_copy_to(MatHandle mat, MatHandle destination);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_copy_to_masked(MatHandle mat, MatHandle destination, MatHandle mask);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_convert_to(MatHandle mat, MatHandle destination, int type, double alpha, double beta);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_set_to(MatHandle mat, in Scalar value);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_set_to_masked(MatHandle mat, in Scalar value, MatHandle mask);

    [LibraryImport(Library)]
    internal static partial void rt1cv_mat_release(MatHandle mat);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_rows(MatHandle mat);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_cols(MatHandle mat);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_dims(MatHandle mat);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_type(MatHandle mat);

    [LibraryImport(Library)]
    internal static partial long rt1cv_mat_step(MatHandle mat);

    [LibraryImport(Library)]
    internal static partial long rt1cv_mat_total(MatHandle mat);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_is_continuous(MatHandle mat);

    [LibraryImport(Library)]
    internal static partial int rt1cv_mat_is_submatrix(MatHandle mat);

    [LibraryImport(Library)]
    internal static partial nint rt1cv_mat_data(MatHandle mat);
}
