#if RT1_SYSTEM_BINDINGS
using System.Reflection;
using System.Runtime.Loader;

namespace OpenCvSharp.Tests;

/// <summary>
/// Every public member of ours exists in the OpenCvSharp4 package under the same signature. Set RT1_OPENCVSHARP_DLL to the
/// package's OpenCvSharp.dll (lib/net8.0) to run it.
/// </summary>
public class PackageCompatibility
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // Of a record, written by the compiler; no source names them.
    private static readonly string[] CompilerWritten = ["<Clone>$", "PrintMembers"];

    [Fact]
    public void PublicMembers_OfEveryType_ExistInThePackage()
    {
        var path = Environment.GetEnvironmentVariable("RT1_OPENCVSHARP_DLL");
        Assert.SkipUnless(path is { Length: > 0 }, "RT1_OPENCVSHARP_DLL does not name the package's OpenCvSharp.dll");
        var package = new AssemblyLoadContext("package").LoadFromAssemblyPath(Path.GetFullPath(path!));
        Assert.Empty(typeof(Cv2).Assembly.GetExportedTypes().SelectMany(ours => Invented(ours, package.GetType(ours.FullName!))));
    }

    private static IEnumerable<string> Invented(Type ours, Type? theirs)
    {
        if (theirs is null || ours.IsValueType != theirs.IsValueType)
            return [$"type {ours}"];
        return Signatures(ours).Except(Signatures(theirs, inherited: true)).Select(member => $"{ours.Name}: {member}");
    }

    private static IEnumerable<string> Signatures(Type type, bool inherited = false)
    {
        var flags = inherited ? Everything & ~BindingFlags.DeclaredOnly | BindingFlags.FlattenHierarchy : Everything;
        return type.GetMembers(flags).Where(m => !CompilerWritten.Contains(m.Name)).Select(Signature).OfType<string>();
    }

    private static string? Signature(MemberInfo member) => member switch
    {
        FieldInfo { IsLiteral: true } constant => $"{constant.Name} = {constant.GetRawConstantValue()}",
        FieldInfo field => $"{field.FieldType} {field.Name}",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{method.ReturnType} {method.Name}`{method.GetGenericArguments().Length}({Parameters(method)})",
        _ => null, // properties are their get_ and set_ methods, nested types come by themselves
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
    {
        var type = p.ParameterType.ToString();
        var isParams = p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        return $"{isParams}{type} {p.Name}{(p.HasDefaultValue ? $" = {p.DefaultValue ?? "null"}" : "")}";
    }));
}
#endif
