using YamlDotNet.RepresentationModel;

namespace Rt1.Configuration;

/// <summary>
/// YAML files ↔ immutable records. A section is a record, a key is a property in snake_case; the property's initialiser is the default,
/// <c>required</c> means that the file must say it. A <see cref="TimeSpan"/> property <c>Latency</c> is the key <c>latency_ms</c>.
/// Limits are DataAnnotations attributes on the properties, or <c>IValidatableObject</c> across several.
/// </summary>
public static class Config
{
    /// <summary>Reads a file, applies <c>KEY=VALUE</c> overrides in order, and checks everything.</summary>
    /// <exception cref="ConfigException">Unknown keys, missing keys, wrong types, values out of range: all of them at once.</exception>
    /// <exception cref="Core.Rt1Exception">The file is missing or is not YAML.</exception>
    public static T Load<T>(string file, IEnumerable<string>? overrides = null) where T : class =>
        Bind<T>(ConfigDocument.Load(file), overrides);

    /// <summary>The defaults with <c>KEY=VALUE</c> overrides, checked like a file.</summary>
    /// <exception cref="ConfigException">An override is wrong, or a required key is missing.</exception>
    public static T Default<T>(IEnumerable<string>? overrides = null) where T : class => Bind<T>(new ConfigDocument(), overrides);

    /// <summary>The record as YAML that <see cref="Load"/> reads back: every value, defaults included.</summary>
    public static string ToYaml(object config)
    {
        var writer = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(ConfigWriter.ToNode(config))).Save(writer, assignAnchors: false);
        var yaml = writer.ToString();
        return yaml.EndsWith("...\n", StringComparison.Ordinal) ? yaml[..^4] : yaml;
    }

    private static T Bind<T>(ConfigDocument document, IEnumerable<string>? overrides) where T : class
    {
        foreach (var assignment in overrides ?? [])
            document.Set(assignment);
        return new ConfigBinder(document).Bind<T>();
    }
}
