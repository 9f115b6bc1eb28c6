using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// The base of all layers and networks: a tree of modules with named parameters and buffers. A derived class assigns
        /// its parts to fields and calls <see cref="RegisterComponents"/> at the end of its constructor.
        /// </summary>
        public partial class Module : IDisposable
        {
            protected string name;
            private readonly NamedList<Parameter> _parameters = new();
            private readonly NamedList<Tensor> _buffers = new();
            private readonly NamedList<Module> _modules = new();
            private readonly HashSet<string> _transient = [];

            protected Module(string name) => this.name = name;

            /// <summary>Whether layers that differ between training and use (dropout, batch norm) train.</summary>
            public virtual bool training { get; private set; } = true;

            public virtual string GetName() => name;

            /// <summary>
            /// Registers every field that holds a module, a parameter or (as buffer) another tensor, under the field's name or the one of
            /// its <see cref="ComponentNameAttribute"/>.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
                foreach (var field in GetType().GetFields(Fields).Where(field => field.DeclaringType != typeof(Module)))
                {
                    var part = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(part, module);
                            break;
                        case Parameter parameter:
                            register_parameter(part, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(part, tensor);
                            break;
                    }
                }
            }

            /// <exception cref="ArgumentException">The name is empty or holds a dot.</exception>
            /// <exception cref="InvalidOperationException">Another module has the name.</exception>
            public virtual void register_module(string name, Module submodule) => _modules.Add(Checked(name), submodule);

            /// <inheritdoc cref="register_module"/>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <inheritdoc cref="register_module"/>
            public virtual void register_parameter(string name, Parameter param) => _parameters.Add(Checked(name), param);

            /// <param name="persistent">Whether the buffer belongs to the state dictionary.</param>
            /// <inheritdoc cref="register_module"/>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                _buffers.Add(Checked(name), tensor);
                if (!persistent)
                    _transient.Add(name);
            }

            /// <summary>Switches this module and all below it to training.</summary>
            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var module in children())
                    module.train(train);
            }

            /// <summary>Switches this module and all below it to use.</summary>
            public virtual void eval() => train(false);

            /// <summary>Calls <paramref name="fn"/> for all modules below this one, then for this one.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var module in children())
                    module.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Forgets (or zeroes) the gradients of all parameters.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    if (set_to_none)
                        parameter.grad = null;
                    else
                        gradient?.detach_().zero_();
                }
            }

            /// <inheritdoc/>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes the parameters and buffers of this module and all below it.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach (var (_, module) in _modules)
                    module.Dispose();
                foreach (var (_, parameter) in _parameters)
                    parameter.Dispose();
                foreach (var (_, buffer) in _buffers)
                    buffer.Dispose();
            }

            /// <summary>Sets a parameter of a layer, also to null, and takes it out of all dispose scopes.</summary>
            private protected void Assign(string name, Parameter? value)
            {
                value?.DetachFromDisposeScope();
                _parameters.Set(name, value);
            }

            /// <summary>Sets a buffer of a layer, also to null, and takes it out of all dispose scopes.</summary>
            private protected void AssignBuffer(string name, Tensor? value)
            {
                value?.DetachFromDisposeScope();
                _buffers.Set(name, value);
            }

            private protected Parameter? Find(string name) => _parameters.Find(name);

            private protected Tensor? FindBuffer(string name) => _buffers.Find(name);

            private protected void ClearModules() => _modules.Clear();

            private static string Checked(string name) =>
                name.Length > 0 && !name.Contains('.')
                    ? name
                    : throw new ArgumentException($"'{name}' cannot name a part of a module: it must not be empty nor hold a dot.");
        }
    }
}
