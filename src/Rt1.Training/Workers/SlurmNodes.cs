namespace Rt1.Training;

/// <summary>Slurm's short form of host names, e.g. <c>gpu[003-010,12],login</c>.</summary>
internal static class SlurmNodes
{
    /// <returns>The list's first host; null where there is none.</returns>
    public static string? First(string? list)
    {
        if (string.IsNullOrEmpty(list))
            return null;
        var open = list.IndexOf('[');
        var comma = list.IndexOf(',');
        if (open < 0 || (comma >= 0 && comma < open))
            return comma < 0 ? list : list[..comma];
        var close = list.IndexOf(']', open);
        if (close < 0)
            return list;
        var number = list[(open + 1)..close].Split('-', ',')[0];
        var rest = list[(close + 1)..];
        return list[..open] + number + (rest.IndexOf(',') is >= 0 and var end ? rest[..end] : rest);
    }
}
