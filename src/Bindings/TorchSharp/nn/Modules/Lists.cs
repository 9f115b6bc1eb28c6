using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);
            public static ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);
            public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);
            public static ParameterList ParameterList(params Parameter[] parameters) => new(parameters);

            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module
            {
                var dictionary = new ModuleDict<T>();
                foreach (var (name, module) in modules)
                    dictionary.Add(name, module);
                return dictionary;
            }

            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Modules in a list, named by their position.</summary>
    public class ModuleList<T> : nn.Module, IEnumerable<T> where T : nn.Module
    {
        private readonly List<T> _items = [];

        public ModuleList(params T[] modules) : base(nameof(ModuleList<T>)) => extend(modules);

        public int Count => _items.Count;

        public T this[int index] => _items[index];

        public void Add(T item)
        {
            register_module($"{Count}", item);
            _items.Add(item);
        }

        public void append(params T[] parameters) => extend(parameters);

        public void extend(IEnumerable<T> modules)
        {
            foreach (var module in modules)
                Add(module);
        }

        public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Modules by name, in the order in which they were added.</summary>
    public class ModuleDict<T> : nn.Module, IEnumerable<(string, T)> where T : nn.Module
    {
        public ModuleDict() : base(nameof(ModuleDict<T>))
        {
        }

        public int Count => children().Count();

        public T this[string key] => TryGetValue(key, out var module) ? module : throw new KeyNotFoundException($"no module '{key}'");

        public void Add(string key, T value) => register_module(key, value);

        public bool ContainsKey(string key) => TryGetValue(key, out _);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
        {
            value = named_children().FirstOrDefault(child => child.name == key).module as T;
            return value is not null;
        }

        public IEnumerator<(string, T)> GetEnumerator() => named_children().Select(child => (child.name, (T)child.module)).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Parameters in a list, named by their position.</summary>
    public class ParameterList : nn.Module, IEnumerable<Parameter>
    {
        public ParameterList(params Parameter[] parameters) : base(nameof(ParameterList))
        {
            foreach (var parameter in parameters)
                Add(parameter);
        }

        public int Count => parameters(false).Count();

        public Parameter this[int index] => Find($"{index}") ?? throw new ArgumentOutOfRangeException(nameof(index));

        public void Add(Parameter item) => register_parameter($"{Count}", item);

        public IEnumerator<Parameter> GetEnumerator() => parameters(false).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
