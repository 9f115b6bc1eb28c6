namespace OpenCvSharp;

/// <summary>A position in pixels; y grows downwards.</summary>
public record struct Point(int X, int Y)
{
    public int X = X;
    public int Y = Y;

    public static Point operator +(Point p1, Point p2) => new(p1.X + p2.X, p1.Y + p2.Y);

    public static Point operator -(Point p1, Point p2) => new(p1.X - p2.X, p1.Y - p2.Y);
}

/// <summary>A size in pixels.</summary>
public record struct Size(int Width, int Height)
{
    public int Width = Width;
    public int Height = Height;
}

/// <summary>An upright rectangle in pixels; right and bottom are exclusive.</summary>
public record struct Rect(int X, int Y, int Width, int Height)
{
    public int X = X;
    public int Y = Y;
    public int Width = Width;
    public int Height = Height;

    public Rect(Point location, Size size) : this(location.X, location.Y, size.Width, size.Height) { }

    public readonly int Right => X + Width;

    public readonly int Bottom => Y + Height;
}

/// <summary>Up to four numbers: a colour in the image's own channel order.</summary>
public record struct Scalar(double Val0, double Val1, double Val2, double Val3)
{
    public double Val0 = Val0;
    public double Val1 = Val1;
    public double Val2 = Val2;
    public double Val3 = Val3;

    public Scalar(double val0) : this(val0, 0, 0, 0) { }

    public Scalar(double val0, double val1) : this(val0, val1, 0, 0) { }

    public Scalar(double val0, double val1, double val2) : this(val0, val1, val2, 0) { }

    public static Scalar All(double v) => new(v, v, v, v);
}
