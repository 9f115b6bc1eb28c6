using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Rt1.Core;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Rt1.Configuration;

/// <summary>Builds records from nodes and gathers every fault on the way.</summary>
internal sealed class ConfigBinder(ConfigDocument document)
{
    private readonly List<ConfigFault> _faults = [];

    public T Bind<T>() where T : class
    {
        var value = Section(typeof(T), document.Root, "");
        return _faults.Count == 0 ? (T)value! : throw new ConfigException(_faults);
    }

    private object? Value(Type type, YamlNode node, string key)
    {
        var nullable = Nullable.GetUnderlyingType(type);
        if (node is YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "~" or "null" })
            return nullable is not null || !type.IsValueType ? null : Fault(node, key, "must have a value.");
        type = nullable ?? type;
        if (ConfigSchema.IsList(type))
            return List(type, node, key);
        if (ConfigSchema.IsMap(type))
            return Map(type, node, key);
        return ConfigSchema.IsSection(type) ? Section(type, node, key) : Scalar(type, node, key);
    }

    private object? Section(Type type, YamlNode node, string path)
    {
        if (node is not YamlMappingNode mapping)
            return Fault(node, path, $"must be a section with the keys {string.Join(", ", ConfigSchema.Of(type).Keys)}.");
        var section = Activator.CreateInstance(type)!;
        var properties = ConfigSchema.Of(type);
        var faultsBefore = _faults.Count;
        foreach (var (keyNode, valueNode) in mapping.Children)
        {
            var name = NameOf(keyNode);
            var key = Join(path, name);
            if (!properties.TryGetValue(name, out var property))
            {
                Fault(keyNode, key, $"is not a known key{Similarity.Hint(name, properties.Keys)} Known: {string.Join(", ", properties.Keys)}.");
                continue;
            }
            var before = _faults.Count;
            var value = Value(property.PropertyType, valueNode, key);
            if (_faults.Count > before)
                continue;
            if (value is null && !ConfigSchema.IsNullable(property))
            {
                Fault(valueNode, key, "must have a value.");
                continue;
            }
            property.SetValue(section, value);
            CheckLimits(property, section, valueNode, key);
        }
        foreach (var (name, property) in properties)
        {
            if (ConfigSchema.IsRequired(property) && !mapping.Children.ContainsKey(name))
                Fault(mapping, Join(path, name), "is missing; it has no default.");
        }
        if (_faults.Count == faultsBefore && section is IValidatableObject validatable)
        {
            foreach (var result in validatable.Validate(new ValidationContext(section)))
                Fault(mapping, path, result.ErrorMessage ?? "is not valid.");
        }
        return section;
    }

    private Array? List(Type type, YamlNode node, string key)
    {
        var element = ConfigSchema.ElementOf(type);
        if (node is not YamlSequenceNode sequence)
            return (Array?)Fault(node, key, "must be a list.");
        var array = Array.CreateInstance(element, sequence.Children.Count);
        for (var i = 0; i < array.Length; i++)
            array.SetValue(Element(element, sequence.Children[i], $"{key}[{i}]"), i);
        return array;
    }

    private object? Map(Type type, YamlNode node, string key)
    {
        var element = type.GetGenericArguments()[1];
        if (node is not YamlMappingNode mapping)
            return Fault(node, key, "must be a section.");
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), element))!;
        foreach (var (name, value) in mapping.Children)
            map[NameOf(name)] = Element(element, value, Join(key, NameOf(name)));
        return map;
    }

    /// <summary>A list's or map's value, which unlike a property may not be left out.</summary>
    private object? Element(Type type, YamlNode node, string key)
    {
        var before = _faults.Count;
        return Value(type, node, key) ?? (_faults.Count == before ? Fault(node, key, "must have a value.") : null);
    }

    private object? Scalar(Type type, YamlNode node, string key)
    {
        if (node is not YamlScalarNode { Value: { } text })
            return Fault(node, key, $"must be {Describe(type)}.");
        if (type == typeof(string))
            return text;
        if (type == typeof(FilePath))
            return new FilePath(Path.GetFullPath(text, document.FolderOf(node)));
        if (type == typeof(TimeSpan))
            return double.TryParse(text, CultureInfo.InvariantCulture, out var ms) && Math.Abs(ms) < 1e12 ? TimeSpan.FromMilliseconds(ms) : Wrong();
        if (type.IsEnum)
            return ConfigSchema.EnumNames(type).TryGetValue(text, out var named) ? named : Wrong();
        if (type == typeof(bool))
            return text is "true" or "false" ? text == "true" : Wrong();
        try
        {
            return Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return Wrong();
        }

        object? Wrong() => Fault(node, key, $"must be {Describe(type)}, got '{text}'.");
    }

    private void CheckLimits(PropertyInfo property, object section, YamlNode node, string key)
    {
        var value = property.GetValue(section);
        foreach (var limit in property.GetCustomAttributes<ValidationAttribute>())
        {
            if (limit is RangeAttribute range)
            {
                if (value is not null && !Contains(range, value is TimeSpan time ? time.TotalMilliseconds : Convert.ToDouble(value, CultureInfo.InvariantCulture)))
                {
                    var (open, close) = (range.MinimumIsExclusive ? '(' : '[', range.MaximumIsExclusive ? ')' : ']');
                    Fault(node, key, $"must be in {open}{Show(range.Minimum)}, {Show(range.Maximum)}{close}, got {node}.");
                }
            }
            else if (!limit.IsValid(value))
            {
                Fault(node, key, limit.FormatErrorMessage(key));
            }
        }
    }

    // RangeAttribute.IsValid would first convert the value to the type of its bounds: 0.5 against [1, 3] becomes 0 or 1.
    private static bool Contains(RangeAttribute range, double value)
    {
        var (low, high) = (Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture), Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture));
        return (range.MinimumIsExclusive ? value > low : value >= low) && (range.MaximumIsExclusive ? value < high : value <= high);
    }

    private object? Fault(YamlNode node, string key, string problem)
    {
        _faults.Add(new ConfigFault(document.SourceOf(node), key, problem));
        return null;
    }

    private static string Describe(Type type) => type switch
    {
        _ when type.IsEnum => $"one of {string.Join(", ", ConfigSchema.EnumNames(type).Keys)}",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(TimeSpan) => "a number of milliseconds",
        _ when type == typeof(string) || type == typeof(FilePath) => "a text",
        _ => "a number",
    };

    private static string Show(object limit) => limit switch
    {
        double.PositiveInfinity or int.MaxValue => "∞",
        _ => Convert.ToString(limit, CultureInfo.InvariantCulture)!,
    };

    /// <summary>A key as text; YAML would also take a list or a section for one.</summary>
    private static string NameOf(YamlNode key) => (key as YamlScalarNode)?.Value ?? key.ToString();

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
