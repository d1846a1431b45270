using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;

namespace Samia.Tests.Search;

/// <summary>
/// A method of a service that takes what people typed: a text parameter with the name <c>search</c>, or a record whose
/// name ends in <c>Query</c> and that has a text property <c>Search</c>.
/// </summary>
public sealed record SearchMethod(MethodInfo Method)
{
    private const string Name = "search";

    private static readonly MethodInfo Receive = typeof(SearchMethod).GetMethod(nameof(Gather), BindingFlags.NonPublic | BindingFlags.Static)!;

    // What a search is called by those who forgot the convention, and the test with it.
    private static readonly string[] OtherNames = ["q", "query", "term", "terms", "filter", "keyword", "keywords", "needle", "searchText", "searchTerm"];

    /// <summary>Every one of an assembly's services.</summary>
    public static IEnumerable<SearchMethod> Of(Assembly assembly) =>
        Methods(assembly).Where(m => m.GetParameters().Any(IsSearch)).Select(m => new SearchMethod(m));

    /// <summary>Text parameters that look like a search and are called something else.</summary>
    public static IEnumerable<string> Misnamed(Assembly assembly) =>
        from method in Methods(assembly)
        from parameter in method.GetParameters()
        where parameter.ParameterType == typeof(string) && OtherNames.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase)
        select $"{method.DeclaringType!.Name}.{method.Name}({parameter.Name})";

    public override string ToString() => $"{Method.DeclaringType!.Name}.{Method.Name}";

    /// <summary>Its arguments, with the text where it belongs and all else as harmless as can be.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="handed">Gathers what the method hands to a function that it is given.</param>
    /// <param name="cancellationToken">Passed on.</param>
    /// <exception cref="NotSupportedException">A parameter has a type that nobody taught it.</exception>
    public object?[] ArgumentsFor(string text, List<object?> handed, CancellationToken cancellationToken) =>
        [.. Method.GetParameters().Select(p => IsReceiver(p.ParameterType)
            ? Receive.MakeGenericMethod(p.ParameterType.GenericTypeArguments[0]).Invoke(null, [handed])
            : Argument(p, text, cancellationToken))];

    private static IEnumerable<MethodInfo> Methods(Assembly assembly) =>
        from type in assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false } && !type.IsAssignableTo(typeof(IComponent)) && !type.Name.Contains('<')
            && type.GetMethod("<Clone>$") is null
        from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where !method.IsSpecialName
        select method;

    private static bool IsSearch(ParameterInfo parameter) =>
        (parameter.ParameterType == typeof(string) && IsSearch(parameter.Name)) || SearchProperty(parameter.ParameterType) is not null;

    private static bool IsSearch(string? name) => string.Equals(name, Name, StringComparison.OrdinalIgnoreCase);

    private static PropertyInfo? SearchProperty(Type type) => type.Name.EndsWith("Query", StringComparison.Ordinal)
        ? type.GetProperties().FirstOrDefault(p => p.PropertyType == typeof(string) && IsSearch(p.Name))
        : null;

    private object? Argument(ParameterInfo parameter, string text, CancellationToken cancellationToken)
    {
        var type = parameter.ParameterType;
        if (type == typeof(CancellationToken))
        {
            return cancellationToken;
        }

        if (type == typeof(string) && IsSearch(parameter.Name))
        {
            return text;
        }

        return SearchProperty(type) is { } property ? Query(type, property, text)
            : parameter.HasDefaultValue && !type.IsValueType ? parameter.DefaultValue
            : Nullable.GetUnderlyingType(type) is not null || IsNullable(parameter) ? null
            : Harmless(type, parameter.Name);
    }

    private object Query(Type type, PropertyInfo property, string text)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var query = constructor.Invoke([.. constructor.GetParameters().Select(p =>
            p.ParameterType == typeof(string) && IsSearch(p.Name) ? text
            : p.HasDefaultValue ? p.DefaultValue
            : Nullable.GetUnderlyingType(p.ParameterType) is not null || IsNullable(p) ? null
            : Harmless(p.ParameterType, p.Name))]);
        property.SetValue(query, text);
        return query;
    }

    private object Harmless(Type type, string? name) => type switch
    {
        _ when type == typeof(int) || type == typeof(long) || type == typeof(short) => Convert.ChangeType(20, type, null),
        _ when type == typeof(string) => "",
        _ when type == typeof(Guid) => Guid.CreateVersion7(),
        _ when type == typeof(DateTimeOffset) => DateTimeOffset.UtcNow,
        _ when type == typeof(DateOnly) => DateOnly.FromDateTime(DateTime.UtcNow),
        _ when type.IsValueType => RuntimeHelpers.GetUninitializedObject(type),
        _ when type.IsArray => Array.CreateInstance(type.GetElementType()!, 0),
        _ when type is { IsGenericType: true, IsInterface: true } && type.IsAssignableFrom(type.GenericTypeArguments[0].MakeArrayType()) =>
            Array.CreateInstance(type.GenericTypeArguments[0], 0),
        _ => throw new NotSupportedException($"{this} cannot be called: SearchMethod knows no harmless {type.Name} for '{name}'."),
    };

    private static bool IsReceiver(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Func<,>)
        && type.GenericTypeArguments[1] == typeof(Task);

    private static Func<T, Task> Gather<T>(List<object?> handed) => row =>
    {
        handed.Add(row);
        return Task.CompletedTask;
    };

    private static bool IsNullable(ParameterInfo parameter) =>
        new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
}
