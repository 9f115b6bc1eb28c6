using System.Collections;

namespace TorchSharp;

/// <summary>Named parts of a module in the order of registration; a part may be absent (null) and keep its place.</summary>
internal sealed class NamedList<T> : IEnumerable<(string Name, T Value)> where T : class
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, T?> _values = [];

    /// <exception cref="InvalidOperationException">Another part has the name.</exception>
    public void Add(string name, T? value)
    {
        if (!_values.TryAdd(name, value))
            throw new InvalidOperationException($"'{name}' is registered already.");
        _names.Add(name);
    }

    /// <summary>Replaces a part or registers it.</summary>
    public void Set(string name, T? value)
    {
        if (!_values.ContainsKey(name))
            _names.Add(name);
        _values[name] = value;
    }

    public T? Find(string name) => _values.GetValueOrDefault(name);

    public void Clear()
    {
        _names.Clear();
        _values.Clear();
    }

    /// <summary>The parts that are present.</summary>
    public IEnumerator<(string Name, T Value)> GetEnumerator() =>
        _names.Where(name => _values[name] is not null).Select(name => (name, _values[name]!)).ToList().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
