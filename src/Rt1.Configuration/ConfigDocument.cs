using Rt1.Core;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Rt1.Configuration;

/// <summary>
/// A YAML file as a tree of nodes that know where they come from. <c>!include PATH</c> puts another file's tree in a node's place,
/// so that <c>--set</c> and the error messages reach into it.
/// </summary>
internal sealed class ConfigDocument
{
    private readonly Dictionary<YamlNode, string> _origins = new(ReferenceEqualityComparer.Instance);

    public YamlNode Root { get; private set; } = new YamlMappingNode();

    /// <exception cref="Rt1Exception">The file, or one that it includes, is missing or is not YAML.</exception>
    public static ConfigDocument Load(string file)
    {
        var document = new ConfigDocument();
        document.Root = document.Read(Path.GetFullPath(file), []);
        return document;
    }

    /// <summary>Where a node stands: the file and line for messages.</summary>
    public string SourceOf(YamlNode node)
    {
        var file = _origins.GetValueOrDefault(node, "--set");
        return file.StartsWith("--set", StringComparison.Ordinal) ? file : $"{Display(file)}:{node.Start.Line}";
    }

    /// <summary>The folder that relative paths in this node start from.</summary>
    public string FolderOf(YamlNode node) =>
        _origins.TryGetValue(node, out var file) && Path.IsPathRooted(file) ? Path.GetDirectoryName(file)! : Directory.GetCurrentDirectory();

    /// <summary>Applies <c>a.b.c=VALUE</c>; the value is read as YAML.</summary>
    /// <exception cref="Rt1Exception">The option is not of that form, or goes through a value that is not a section.</exception>
    public void Set(string assignment)
    {
        var equals = assignment.IndexOf('=');
        var keys = equals > 0 ? assignment[..equals].Trim().Split('.') : [];
        if (keys.Length == 0 || keys.Any(string.IsNullOrWhiteSpace))
            throw new Rt1Exception($"--set {assignment}: expected KEY=VALUE with a dotted key, for example --set control.rate_hz=5.");
        var source = $"--set {assignment}";
        var section = Root;
        foreach (var key in keys[..^1])
        {
            if (section is not YamlMappingNode parent)
                throw new Rt1Exception($"{source}: '{key}' lies in a value that is not a section.");
            if (!parent.Children.TryGetValue(key, out var child) || child is YamlScalarNode { Value: "" or "~" or "null" })
                Put(parent, key, child = new YamlMappingNode(), source);
            section = child;
        }
        if (section is not YamlMappingNode last)
            throw new Rt1Exception($"{source}: '{keys[^1]}' lies in a value that is not a section.");
        var value = Parse(assignment[(equals + 1)..], source, source) ?? new YamlScalarNode("");
        Put(last, keys[^1], value, source);
    }

    private void Put(YamlMappingNode section, string key, YamlNode value, string source)
    {
        var name = new YamlScalarNode(key);
        _origins[value] = _origins[name] = source;
        section.Children.Remove(name);
        section.Children.Add(name, value);
    }

    private YamlNode Read(string file, IReadOnlyList<string> including)
    {
        if (including.Contains(file))
            throw new Rt1Exception($"{Display(file)}: includes itself through {string.Join(" → ", including.Select(Display))}.");
        if (!File.Exists(file))
        {
            var by = including.Count > 0 ? $" (included by {Display(including[^1])})" : "";
            throw new Rt1Exception($"{Display(file)}: no such configuration file{by}.");
        }
        var root = Parse(File.ReadAllText(file), Display(file), file) ?? new YamlMappingNode();
        _origins[root] = file;
        return Include(root, file, [.. including, file]);
    }

    private YamlNode Include(YamlNode node, string file, IReadOnlyList<string> including)
    {
        if (node is YamlScalarNode { Value: { } path } && !node.Tag.IsEmpty && node.Tag.Value == "!include")
            return Read(Path.GetFullPath(path, Path.GetDirectoryName(file)!), including);
        if (node is YamlMappingNode mapping)
        {
            foreach (var key in mapping.Children.Keys.ToList())
                mapping.Children[key] = Include(mapping.Children[key], file, including);
        }
        if (node is YamlSequenceNode sequence)
        {
            for (var i = 0; i < sequence.Children.Count; i++)
                sequence.Children[i] = Include(sequence.Children[i], file, including);
        }
        return node;
    }

    /// <summary>The tree, of which every node's origin is remembered; null for an empty text. An anchor within itself is no valid YAML here.</summary>
    private YamlNode? Parse(string text, string source, string origin)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 0)
                return null;
            foreach (var node in stream.Documents[0].AllNodes)
                _origins[node] = origin;
            return stream.Documents[0].RootNode;
        }
        catch (YamlException e)
        {
            throw new Rt1Exception($"{source}:{e.Start.Line}: is not valid YAML: {e.Message}", e);
        }
    }

    private static string Display(string file)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
    }
}
