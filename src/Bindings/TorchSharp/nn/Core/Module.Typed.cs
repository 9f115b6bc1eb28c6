namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Something that makes a <typeparamref name="TResult"/> of a <typeparamref name="T"/>.</summary>
        public interface IModule<T, TResult>
        {
            TResult call(T input1);
        }

        /// <inheritdoc cref="IModule{T, TResult}"/>
        public interface IModule<T1, T2, TResult>
        {
            TResult call(T1 input1, T2 input2);
        }

        /// <inheritdoc cref="IModule{T, TResult}"/>
        public interface IModule<T1, T2, T3, TResult>
        {
            TResult call(T1 input1, T2 input2, T3 input3);
        }

        /// <summary>A module with hooks, which <c>call</c> runs before and after <c>forward</c>.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
            where TPreHook : Delegate
            where TPostHook : Delegate
        {
            private protected readonly Dictionary<string, TPreHook> _before = [];
            private protected readonly Dictionary<string, TPostHook> _after = [];

            protected HookableModule(string name) : base(name)
            {
            }

            /// <summary>Adds a hook that may replace the input of <c>forward</c>.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook) => Add(_before, hook);

            /// <summary>Adds a hook that may replace the result of <c>forward</c>.</summary>
            public HookRemover register_forward_hook(TPostHook hook) => Add(_after, hook);

            private HookRemover Add<T>(Dictionary<string, T> hooks, T hook)
            {
                var key = Guid.NewGuid().ToString();
                hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Takes a hook away again.</summary>
            public class HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
            {
                public void remove()
                {
                    module._before.Remove(key);
                    module._after.Remove(key);
                }
            }
        }

        /// <summary>A module with one input. Derive, implement <see cref="forward"/>, use <see cref="call"/>.</summary>
        public abstract class Module<T, TResult>(string name)
            : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>(name), IModule<T, TResult>
        {
            public abstract TResult forward(T input);

            /// <summary>Runs <see cref="forward"/> and the hooks around it.</summary>
            public TResult call(T input)
            {
                foreach (var hook in _before.Values)
                    input = hook(this, input) ?? input;
                var result = forward(input);
                foreach (var hook in _after.Values)
                    result = hook(this, input, result) ?? result;
                return result;
            }
        }

        /// <summary>A module with two inputs. Derive, implement <see cref="forward"/>, use <see cref="call"/>.</summary>
        public abstract class Module<T1, T2, TResult>(string name)
            : HookableModule<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>,
                Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>(name),
              IModule<T1, T2, TResult>
        {
            public abstract TResult forward(T1 input1, T2 input2);

            /// <summary>Runs <see cref="forward"/> and the hooks around it.</summary>
            public TResult call(T1 input1, T2 input2)
            {
                foreach (var hook in _before.Values)
                    (input1, input2) = hook(this, input1, input2) ?? (input1, input2);
                var result = forward(input1, input2);
                foreach (var hook in _after.Values)
                    result = hook(this, input1, input2, result) ?? result;
                return result;
            }
        }

        /// <summary>A module with three inputs. Derive, implement <see cref="forward"/>, use <see cref="call"/>.</summary>
        public abstract class Module<T1, T2, T3, TResult>(string name)
            : HookableModule<Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?>,
                Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult>>(name),
              IModule<T1, T2, T3, TResult>
        {
            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            /// <summary>Runs <see cref="forward"/> and the hooks around it.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3)
            {
                foreach (var hook in _before.Values)
                    (input1, input2, input3) = hook(this, input1, input2, input3) ?? (input1, input2, input3);
                var result = forward(input1, input2, input3);
                foreach (var hook in _after.Values)
                    result = hook(this, input1, input2, input3, result) ?? result;
                return result;
            }
        }
    }
}
