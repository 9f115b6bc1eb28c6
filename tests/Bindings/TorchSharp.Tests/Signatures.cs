#if RT1_SYSTEM_BINDINGS
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace TorchSharp.Tests;

/// <summary>
/// Every public member of our TorchSharp namespaces must be one of the package's, parameter names and defaults included. Compares with the
/// package's metadata: set RT1_TORCHSHARP_DLL to its TorchSharp.dll (~/.nuget/packages/torchsharp/VERSION/lib/net8.0/TorchSharp.dll).
/// </summary>
public class Signatures
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    private static List<Type> Ours { get; } =
        [.. typeof(torch).Assembly.GetTypes().Where(type => type.IsVisible && type.FullName!.StartsWith("TorchSharp."))];

    private static Assembly LoadPackage()
    {
        var path = Environment.GetEnvironmentVariable("RT1_TORCHSHARP_DLL");
        Assert.SkipUnless(File.Exists(path), "needs RT1_TORCHSHARP_DLL, the path of the package's TorchSharp.dll");
        return new AssemblyLoadContext("package").LoadFromAssemblyPath(path!);
    }

    [Fact]
    public void PublicMembers_AgainstThePackage_AllExist()
    {
        var package = LoadPackage();
        var faults = Ours.SelectMany(type => package.GetType(type.FullName!) is { } original
            ? Lacking(type, Members(original, inherited: true))
            : [$"{type.FullName}: no such type"]).Order().ToList();

        Assert.True(Ours.Count > 50);
        Assert.True(faults.Count == 0, $"{faults.Count} members that the package lacks:\n" + string.Join('\n', faults));
    }

    /// <summary>Members that the package does not have; ours may be final where the package's can be overridden.</summary>
    private static IEnumerable<string> Lacking(Type type, HashSet<string> package) => Members(type)
        .Where(member => !package.Contains(member) && !package.Contains("virtual " + member))
        .Select(member => $"{type.FullName}: {member}");

    [Fact]
    public void Results_AgainstThePackage_AreNullableWhereItsAre()
    {
        var package = LoadPackage();
        var faults = new List<string>();
        foreach (var type in Ours)
        {
            var original = package.GetType(type.FullName!)!;
            var nullable = type.GetMembers(Public).SelectMany(NullableResults).ToHashSet();
            var missing = original.GetMembers(Public).SelectMany(NullableResults).Except(nullable).Where(Members(type).Contains);
            faults.AddRange(missing.Select(member => $"{type.FullName}: {member}"));
        }
        Assert.True(faults.Count == 0, $"{faults.Count} results that may be null in the package:\n" + string.Join('\n', faults.Order()));
    }

    private static IEnumerable<string> NullableResults(MemberInfo member)
    {
        var context = new NullabilityInfoContext();
        var result = member switch
        {
            MethodInfo { IsSpecialName: false } method => context.Create(method.ReturnParameter),
            PropertyInfo property => context.Create(property),
            FieldInfo field => context.Create(field),
            _ => null,
        };
        if (result?.ReadState != NullabilityState.Nullable)
            return [];
        return member is PropertyInfo accessed ? accessed.GetAccessors().SelectMany(Describe) : Describe(member);
    }

    private static HashSet<string> Members(Type type, bool inherited = false)
    {
        var members = new HashSet<string>();
        for (var at = type; at is not null && at.FullName != "System.Object"; at = inherited ? at.BaseType : null)
        {
            foreach (var member in at.GetMembers(Declared))
                members.UnionWith(Describe(member));
        }
        return members;
    }

    /// <summary>The member as one line; a property once for each accessor. Nothing for what outsiders cannot see.</summary>
    private static IEnumerable<string> Describe(MemberInfo member)
    {
        switch (member)
        {
            case ConstructorInfo { IsStatic: false } constructor when Visible(constructor):
                return [$"new({Parameters(constructor)})"];
            case MethodInfo { IsSpecialName: true } accessor when accessor.Name.StartsWith("get_") || accessor.Name.StartsWith("set_"):
                return Visible(accessor) && !accessor.Name.Contains('.') ? [Line(accessor)] : [];
            case MethodInfo { Name: not "Finalize" } method when Visible(method):
                return [Line(method)];
            case FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly:
                var constant = field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "";
                return [$"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}{constant}"];
            default:
                return [];
        }
    }

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Line(MethodInfo method)
    {
        var arity = method.IsGenericMethodDefinition ? $"<{method.GetGenericArguments().Length}>" : "";
        var names = Names(method.ReturnParameter.GetCustomAttributesData());
        var overridable = method is { IsVirtual: true, IsFinal: false } && method.DeclaringType is { IsSealed: false, IsInterface: false };
        var kind = method.IsStatic ? "static " : overridable ? "virtual " : "";
        return $"{kind}{Name(method.ReturnType)}{names} {method.Name}{arity}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
    {
        var attributes = parameter.GetCustomAttributesData();
        var prefix = attributes.Any(attribute => attribute.AttributeType.Name is "ParamArrayAttribute" or "ParamCollectionAttribute")
            ? "params " : "";
        var fallback = parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "null"}" : "";
        return $"{prefix}{Name(parameter.ParameterType)}{Names(attributes)} {parameter.Name}{fallback}";
    }));

    private static string Names(IEnumerable<CustomAttributeData> attributes)
    {
        var names = attributes.FirstOrDefault(attribute => attribute.AttributeType.Name == nameof(TupleElementNamesAttribute));
        var values = (IEnumerable<CustomAttributeTypedArgument>?)names?.ConstructorArguments[0].Value;
        return values is null ? "" : $"[{string.Join(",", values.Select(name => name.Value))}]";
    }

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return "ref " + Name(type.GetElementType()!);
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter)
            return type.DeclaringMethod is null ? $"!{type.GenericParameterPosition}" : $"!!{type.GenericParameterPosition}";
        return type.IsGenericType
            ? $"{type.GetGenericTypeDefinition().FullName}<{string.Join(",", type.GetGenericArguments().Select(Name))}>"
            : type.FullName ?? type.Name;
    }
}
#endif
