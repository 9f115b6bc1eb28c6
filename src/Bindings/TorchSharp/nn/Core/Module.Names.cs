using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Names of parts below are joined by dots. Parts that are registered twice are listed once.
        public partial class Module
        {
            /// <summary>The modules directly below this one.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => _modules;

            public virtual IEnumerable<Module> children() => named_children().Select(child => child.module);

            /// <summary>All modules below this one: its children, then what is below each of them.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children())
                    yield return child;
                foreach (var (name, child) in named_children())
                {
                    foreach (var (below, module) in child.named_modules())
                        yield return ($"{name}.{below}", module);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(entry => entry.module);

            /// <summary>The module's own parameters, then with <paramref name="recurse"/> those of each child in order.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                Once(Collect(module => module._parameters, recurse));

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(entry => entry.parameter);

            /// <summary>The module's own buffers, then with <paramref name="recurse"/> those of each child in order.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true,
                bool include_nonpersistent = true) =>
                Once(Collect(module => module.Buffers(include_nonpersistent), recurse));

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(entry => entry.buffer);

            public virtual bool has_parameter(string target) => named_parameters().Any(entry => entry.name == target);

            /// <summary>The parameter of that name, null if there is none.</summary>
            public virtual Parameter? get_parameter(string target) =>
                named_parameters().FirstOrDefault(entry => entry.name == target).parameter;

            public virtual bool has_buffer(string target) => named_buffers().Any(entry => entry.name == target);

            /// <summary>The buffer of that name, null if there is none.</summary>
            public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(entry => entry.name == target).buffer;

            private IEnumerable<(string, Tensor)> Buffers(bool includeTransient) =>
                _buffers.Where(entry => includeTransient || !_transient.Contains(entry.Name));

            private IEnumerable<(string Name, T Value)> Collect<T>(Func<Module, IEnumerable<(string, T)>> own, bool recurse)
            {
                foreach (var entry in own(this))
                    yield return entry;
                if (!recurse)
                    yield break;
                foreach (var (name, child) in named_children())
                {
                    foreach (var (below, value) in child.Collect(own, true))
                        yield return ($"{name}.{below}", value);
                }
            }

            private static IEnumerable<(string, T)> Once<T>(IEnumerable<(string Name, T Value)> entries) where T : Tensor
            {
                var seen = new HashSet<nint>();
                return entries.Where(entry => seen.Add(entry.Value.Handle)).ToList();
            }
        }
    }
}
