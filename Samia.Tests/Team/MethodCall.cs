using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Samia.Tests.Team;

/// <summary>Calls a service's method as somebody who has nothing to say: with empty arguments.</summary>
public static class MethodCall
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="scope">As whom.</param>
    /// <param name="method">What.</param>
    /// <param name="argument">The value of a parameter; null for an empty one.</param>
    /// <returns>What it threw; null if it came to its end.</returns>
    public static async Task<Exception?> FailureAsync(
        IServiceProvider scope, ServiceMethod method, Func<ParameterInfo, object?>? argument = null)
    {
        try
        {
            await ResultAsync(scope, method, argument);
            return null;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }

    /// <summary>What it returned: of a stream all that it yields.</summary>
    public static async Task<object?> ResultAsync(
        IServiceProvider scope, ServiceMethod method, Func<ParameterInfo, object?>? argument = null)
    {
        var service = ActivatorUtilities.GetServiceOrCreateInstance(scope, method.Service);
        var info = method.Method.IsGenericMethodDefinition
            ? method.Method.MakeGenericMethod([.. method.Method.GetGenericArguments().Select(_ => typeof(object))])
            : method.Method;
        object?[] arguments = [.. info.GetParameters().Select(p => argument?.Invoke(p) ?? Empty(p.ParameterType))];
        var returned = info.Invoke(service, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        return await AwaitAsync(returned).WaitAsync(Patience, Cancellation);
    }

    private static object? Empty(Type type) => type == typeof(CancellationToken) ? Cancellation
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;

    private static async Task<object?> AwaitAsync(object? returned)
    {
        switch (returned)
        {
            case Task task:
                await task;
                return task.GetType().GetProperty(nameof(Task<>.Result))?.GetValue(task);
            case ValueTask task:
                await task;
                return null;
            case { } other when Is(other, typeof(ValueTask<>)):
                return await AwaitAsync(other.GetType().GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(other, null));
            case { } other when other.GetType().GetInterfaces().FirstOrDefault(i => IsGeneric(i, typeof(IAsyncEnumerable<>))) is { } stream:
                return await (Task<object?>)typeof(MethodCall).GetMethod(nameof(DrainAsync), BindingFlags.Static | BindingFlags.NonPublic)!
                    .MakeGenericMethod(stream.GenericTypeArguments).Invoke(null, [other])!;
            default:
                return returned;
        }
    }

    private static async Task<object?> DrainAsync<T>(IAsyncEnumerable<T> stream)
    {
        var all = new List<T>();
        await foreach (var item in stream.WithCancellation(Cancellation))
        {
            all.Add(item);
        }

        return all;
    }

    private static bool Is(object value, Type generic) => IsGeneric(value.GetType(), generic);

    private static bool IsGeneric(Type type, Type generic) => type.IsGenericType && type.GetGenericTypeDefinition() == generic;
}
