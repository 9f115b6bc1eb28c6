using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

/// <summary>
/// Our NetMQ namespaces hold nothing that the package lacks. Needs the package's NetMQ.dll, whose path RT1_NETMQ_DLL gives, with the
/// assemblies that it depends on beside it.
/// </summary>
public class SignatureTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void Members_OfOurNamespaces_AllExistInThePackage()
    {
        var path = Environment.GetEnvironmentVariable("RT1_NETMQ_DLL");
        Assert.SkipWhen(path is null, "needs RT1_NETMQ_DLL, the path of the NetMQ package's NetMQ.dll");
        var package = new AssemblyLoadContext("package").LoadFromAssemblyPath(path);

        var missing = typeof(NetMQSocket).Assembly.GetExportedTypes()
            .Where(type => type.Namespace is "NetMQ" or "NetMQ.Sockets")
            .SelectMany(type => MissingFrom(package.GetType(type.FullName!), type))
            .ToList();

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    private static IEnumerable<string> MissingFrom(Type? theirs, Type ours)
    {
        if (theirs is null || !theirs.IsPublic || theirs.IsEnum != ours.IsEnum || theirs.IsValueType != ours.IsValueType)
            return [$"{ours}: no such type"];
        var bases = AllBases(theirs);
        var members = SignaturesOf(theirs).Concat(bases.SelectMany(SignaturesOf)).ToHashSet();
        return AllBases(ours).Where(b => !bases.Select(t => t.ToString()).Contains(b.ToString())).Select(b => $"{ours}: is no {b}")
            .Concat(SignaturesOf(ours).Where(signature => !members.Contains(signature)).Select(signature => $"{ours}: {signature}"));
    }

    private static List<Type> AllBases(Type type)
    {
        List<Type> bases = [.. type.GetInterfaces().Where(i => i.IsPublic)];
        for (var b = type.BaseType; b is not null; b = b.BaseType)
            bases.Add(b);
        return bases;
    }

    private static IEnumerable<string> SignaturesOf(Type type) => type.GetMembers(Declared).SelectMany(Signature);

    private static IEnumerable<string> Signature(MemberInfo member) => member switch
    {
        FieldInfo { IsPublic: true, IsSpecialName: false } field =>
            [$"{field.FieldType} {field.Name}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}"],
        ConstructorInfo constructor when IsVisible(constructor) => [$"new({Parameters(constructor)})"],
        MethodInfo method when IsVisible(method) =>
            [$"{(method.IsStatic ? "static " : "")}{method.ReturnType} {method.Name}{Arity(method)}({Parameters(method)})"],
        _ => [],
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Arity(MethodInfo method) => method.IsGenericMethod ? $"`{method.GetGenericArguments().Length}" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        $"{p.ParameterType} {p.Name}{(p.HasDefaultValue ? $" = {p.RawDefaultValue}" : "")}" +
        (p.IsDefined(typeof(ParamArrayAttribute)) ? " params" : "") + (p.IsOut && !p.IsDefined(typeof(InAttribute)) ? " out" : "")));
}
