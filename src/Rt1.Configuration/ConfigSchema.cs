using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Rt1.Configuration;

/// <summary>How a record's properties are called in YAML.</summary>
internal static class ConfigSchema
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, PropertyInfo>> Cache = new();

    /// <summary>The settable properties by key, in the order of their declaration.</summary>
    public static IReadOnlyDictionary<string, PropertyInfo> Of(Type type) => Cache.GetOrAdd(type, static t =>
        t.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite)
            .ToDictionary(KeyOf));

    public static IReadOnlyDictionary<string, object> EnumNames(Type type) =>
        Enum.GetValues(type).Cast<object>().ToDictionary(value => Snake(value.ToString()!));

    public static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute));

    public static bool IsNullable(PropertyInfo property) =>
        new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;

    public static bool IsList(Type type) =>
        type.IsArray || type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    public static bool IsMap(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>);

    public static bool IsSection(Type type) => type.IsClass && type != typeof(string) && !IsList(type);

    public static Type ElementOf(Type list) => list.GetElementType() ?? list.GetGenericArguments()[0];

    public static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static string KeyOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return Snake(property.Name) + (type == typeof(TimeSpan) ? "_ms" : "");
    }
}
