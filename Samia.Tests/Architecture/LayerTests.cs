using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Samia.Data;
using Samia.Inbox;
using Samia.Local;

namespace Samia.Tests.Architecture;

/// <summary>Dependencies point one way, Local to Inbox to Data, and screens do not reach into the database.</summary>
public sealed class LayerTests
{
    private static readonly Assembly Data = typeof(SamiaDbContext).Assembly;
    private static readonly Assembly Inbox = typeof(SamiaInbox).Assembly;
    private static readonly Assembly Local = typeof(LocalSetupException).Assembly;

    [Fact]
    public void Data_knows_neither_the_web_nor_a_screen()
    {
        string[] forbidden =
        [
            "Samia.", "MudBlazor", "StackExchange.Redis", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Components",
            "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.SignalR", "Microsoft.AspNetCore.Routing",
        ];
        Assert.DoesNotContain(ReferencesOf(Data), name => forbidden.Any(f => name.StartsWith(f, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_inbox_knows_nothing_of_the_local_tools() =>
        Assert.Equal(["Samia.Data"], ReferencesOf(Inbox).Where(name => name.StartsWith("Samia.", StringComparison.Ordinal)));

    [Fact]
    public void The_local_tools_stand_on_the_inbox() => Assert.Contains("Samia.Inbox", ReferencesOf(Local));

    [Fact]
    public void No_component_reaches_into_the_database()
    {
        var offenders =
            from component in Inbox.GetTypes()
            where component.IsAssignableTo(typeof(IComponent))
            from type in TypesWithin(component)
            where IsDatabase(type)
            select $"{component.Name}: {type.Name}";
        Assert.Empty(offenders);
    }

    [Fact]
    public void Classes_are_sealed_unless_something_of_ours_derives_from_them()
    {
        Type[] types = [.. Data.GetTypes(), .. Inbox.GetTypes(), .. Local.GetTypes()];
        var bases = types.Select(t => t.BaseType).OfType<Type>().Select(t => t.IsGenericType ? t.GetGenericTypeDefinition() : t).ToHashSet();
        var open = types.Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false } && !bases.Contains(t)
            && t.Namespace?.StartsWith("Samia.", StringComparison.Ordinal) == true && !t.Name.Contains('<')
            && t.Namespace != "Samia.Data.Migrations" && t.Name != "_Imports" && !IsMarkupOnly(t));
        Assert.Empty(open.Select(t => t.FullName));
    }

    // A component without code of its own has no place to say sealed.
    private static bool IsMarkupOnly(Type type) => type.IsAssignableTo(typeof(IComponent)) && type.DeclaringType is null
        && !File.Exists(Path.Combine(Sources.Root, PathOf(type) + ".razor.cs"));

    private static string PathOf(Type type) =>
        "Samia.Inbox" + type.FullName!["Samia.Inbox".Length..].Replace('.', '/');

    private static IEnumerable<string> ReferencesOf(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(a => a.Name!);

    private static IEnumerable<Type> TypesWithin(Type component)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        return component.GetFields(All).Select(f => f.FieldType)
            .Concat(component.GetProperties(All).Select(p => p.PropertyType))
            .Concat(component.GetConstructors(All).SelectMany(c => c.GetParameters()).Select(p => p.ParameterType));
    }

    private static bool IsDatabase(Type type) =>
        type.IsAssignableTo(typeof(DbContext)) || type.IsAssignableTo(typeof(NpgsqlDataSource))
        || type == typeof(AppDataSource) || type == typeof(PlatformDataSource)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDbContextFactory<>));
}
