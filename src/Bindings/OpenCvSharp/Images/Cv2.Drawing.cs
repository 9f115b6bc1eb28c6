using static OpenCvSharp.Native;

namespace OpenCvSharp;

public static partial class Cv2
{
    public static void Line(
        InputOutputArray img, Point pt1, Point pt2, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Check(rt1cv_line(img.Handle, pt1.X, pt1.Y, pt2.X, pt2.Y, color, thickness, (int)lineType, shift));

    /// <param name="tipLength">Length of the tip, as a share of the arrow's.</param>
    public static void ArrowedLine(
        InputOutputArray img, Point pt1, Point pt2, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0,
        double tipLength = 0.1) =>
        Check(rt1cv_arrowed_line(img.Handle, pt1.X, pt1.Y, pt2.X, pt2.Y, color, thickness, (int)lineType, shift, tipLength));

    /// <param name="thickness">Of the outline; negative fills.</param>
    public static void Rectangle(
        InputOutputArray img, Point pt1, Point pt2, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Check(rt1cv_rectangle(img.Handle, pt1.X, pt1.Y, pt2.X, pt2.Y, color, thickness, (int)lineType, shift));

    /// <param name="thickness">Of the outline; negative fills.</param>
    public static void Rectangle(
        InputOutputArray img, Rect rect, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Check(rt1cv_rectangle_rect(img.Handle, rect.X, rect.Y, rect.Width, rect.Height, color, thickness, (int)lineType, shift));

    /// <param name="thickness">Of the outline; negative fills.</param>
    public static void Circle(
        InputOutputArray img, Point center, int radius, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Check(rt1cv_circle(img.Handle, center.X, center.Y, radius, color, thickness, (int)lineType, shift));

    /// <summary>Writes one line of text; characters outside ASCII come out as question marks.</summary>
    /// <param name="org">The lower left corner of the text.</param>
    public static void PutText(
        InputOutputArray img, string text, Point org, HersheyFonts fontFace, double fontScale, Scalar color, int thickness = 1,
        LineTypes lineType = LineTypes.Link8, bool bottomLeftOrigin = false) =>
        Check(rt1cv_put_text(
            img.Handle, text, org.X, org.Y, (int)fontFace, fontScale, color, thickness, (int)lineType, bottomLeftOrigin ? 1 : 0));

    /// <summary>The box of a line of text above its base line; <paramref name="baseLine"/> is what hangs below.</summary>
    public static Size GetTextSize(string text, HersheyFonts fontFace, double fontScale, int thickness, out int baseLine)
    {
        Check(rt1cv_get_text_size(text, (int)fontFace, fontScale, thickness, out var width, out var height, out baseLine));
        return new Size(width, height);
    }
}
