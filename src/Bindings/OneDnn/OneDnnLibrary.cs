namespace OneDnn;

/// <summary>The oneDNN that is loaded.</summary>
public static class OneDnnLibrary
{
    public static Version Version
    {
        get
        {
            Native.rt1_onednn_version(out var major, out var minor, out var patch);
            return new Version(major, minor, patch);
        }
    }
}
