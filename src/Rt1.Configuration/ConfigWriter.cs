using System.Collections;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Rt1.Configuration;

/// <summary>Turns a record into the nodes that the binder reads back.</summary>
internal static class ConfigWriter
{
    public static YamlNode ToNode(object? value) => value switch
    {
        null => new YamlScalarNode("null"),
        bool flag => new YamlScalarNode(flag ? "true" : "false"),
        string text => new YamlScalarNode(text) { Style = NeedsQuotes(text) ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain },
        FilePath path => ToNode(path.Value),
        TimeSpan time => ToNode(time.TotalMilliseconds),
        Enum choice => new YamlScalarNode(ConfigSchema.Snake(choice.ToString())),
        IFormattable number => new YamlScalarNode(number.ToString(null, CultureInfo.InvariantCulture)),
        IDictionary map => Mapping(map.Keys.Cast<string>().Select(key => (key, map[key]))),
        IEnumerable list => new YamlSequenceNode(list.Cast<object?>().Select(ToNode)),
        _ => Mapping(ConfigSchema.Of(value.GetType()).Select(p => (p.Key, p.Value.GetValue(value)))),
    };

    private static YamlMappingNode Mapping(IEnumerable<(string Key, object? Value)> entries)
    {
        var node = new YamlMappingNode();
        foreach (var (key, value) in entries)
            node.Add(key, ToNode(value));
        return node;
    }

    private static bool NeedsQuotes(string text) =>
        text.Length == 0 || text is "null" or "~" || text.Any(c => c is '\n' or '\t' or '"' or '\'' or '#' or ':' or '\\');
}
