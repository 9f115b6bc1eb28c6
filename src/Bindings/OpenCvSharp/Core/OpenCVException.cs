namespace OpenCvSharp;

/// <summary>An error that OpenCV raised; the message is its own.</summary>
public class OpenCVException(ErrorCode status, string funcName, string errMsg, string fileName, int line) : Exception(errMsg)
{
    public ErrorCode Status { get; set; } = status;

    /// <summary>The function of OpenCV that raised it.</summary>
    public string FuncName { get; set; } = funcName;

    public string ErrMsg { get; set; } = errMsg;

    /// <summary>Where in OpenCV's source.</summary>
    public string FileName { get; set; } = fileName;

    public int Line { get; set; } = line;
}

/// <summary>The kind of an OpenCV error (<c>cv::Error::Code</c>); a code without a name here keeps its number.</summary>
public enum ErrorCode
{
    StsOk = 0,
    StsError = -2,
    StsInternal = -3,
    StsNoMem = -4,
    StsBadArg = -5,
    StsNoConv = -7,
    BadStep = -13,
    BadNumChannels = -15,
    BadDepth = -17,
    StsNullPtr = -27,
    StsBadSize = -201,
    StsObjectNotFound = -204,
    StsUnmatchedFormats = -205,
    StsBadFlag = -206,
    StsUnmatchedSizes = -209,
    StsUnsupportedFormat = -210,
    StsOutOfRange = -211,
    StsParseError = -212,
    StsNotImplemented = -213,
    StsAssert = -215,
}
