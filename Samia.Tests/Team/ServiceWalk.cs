using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Tests.Team;

/// <summary>What a service's method says about who may call it.</summary>
/// <param name="AnyOf">The permissions of which one suffices; empty if it asks for none.</param>
/// <param name="IsForProduct">Only Samia itself may call it.</param>
/// <param name="IsForPlatform">Only whoever runs Samia may call it.</param>
/// <param name="Reason">Why it asks for nothing; null if it asks.</param>
public sealed record Declaration(IReadOnlyList<string> AnyOf, bool IsForProduct, bool IsForPlatform, string? Reason)
{
    public bool SaysSomething => AnyOf.Count > 0 || IsForProduct || IsForPlatform || !string.IsNullOrWhiteSpace(Reason);
}

/// <summary>A method through which somebody could reach the database.</summary>
public sealed record ServiceMethod(Type Service, MethodInfo Method, Declaration Declaration)
{
    public override string ToString() => $"{Service.Name}.{Method.Name}";
}

/// <summary>
/// Finds, by reflection, each service that reaches the database, directly or through another of ours, and each of its
/// methods that other code can call. Internal ones count too: components are in the same assembly.
/// </summary>
public sealed class ServiceWalk
{
    private static readonly HashSet<Type> Database =
    [
        typeof(LiveTransaction), typeof(TenantSql), typeof(AppDataSource), typeof(PlatformDataSource), typeof(UserManager<>),
        typeof(SignInManager<>), typeof(IDbContextFactory<>), typeof(IServiceProvider), typeof(IServiceScopeFactory),
    ];

    private readonly HashSet<Type> _registered;
    private readonly Assembly _ours;

    /// <param name="services">What an application has registered.</param>
    /// <param name="ours">Whose classes are looked at.</param>
    public ServiceWalk(IEnumerable<ServiceDescriptor> services, Assembly ours)
    {
        _ours = ours;
        _registered = [.. services.Where(s => !s.IsKeyedService).SelectMany(TypesOf).Where(t => t.Assembly == ours && t.IsClass)];
    }

    public IReadOnlyList<ServiceMethod> Methods => [.. _registered.Where(t => Reaches(t, [])).SelectMany(MethodsOf)];

    /// <summary>Classes that hold the database in their hands, though nobody registered them, so that the walk misses them.</summary>
    public IEnumerable<Type> Unregistered => _ours.GetTypes().Where(t => t.IsClass && !_registered.Contains(t)
        && !t.IsAssignableTo(typeof(IComponent)) && ParametersOf(t).Any(p => IsDatabase(p) && !IsLocator(p)));

    // What a factory makes for an interface of ours may be any class that has it.
    private IEnumerable<Type> TypesOf(ServiceDescriptor service) =>
        service is { ImplementationFactory: not null, ServiceType.IsInterface: true } && service.ServiceType.Assembly == _ours
            ? _ours.GetTypes().Where(t => t.IsAssignableTo(service.ServiceType))
            : new[] { service.ServiceType, service.ImplementationType, service.ImplementationInstance?.GetType() }.OfType<Type>();

    private bool Reaches(Type type, HashSet<Type> seen) => seen.Add(type) && ParametersOf(type).Any(parameter =>
        IsDatabase(parameter) || Implementations(parameter).Any(implementation => Reaches(implementation, seen)));

    private IEnumerable<Type> Implementations(Type service) => _registered.Where(t => t.IsAssignableTo(OneOf(service)));

    private static Type OneOf(Type service) =>
        service.IsGenericType && service.GetGenericTypeDefinition() == typeof(IEnumerable<>) ? service.GenericTypeArguments[0] : service;

    private static IEnumerable<Type> ParametersOf(Type type) =>
        type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .SelectMany(c => c.GetParameters()).Select(p => p.ParameterType);

    private static bool IsDatabase(Type type) =>
        Database.Contains(type.IsGenericType ? type.GetGenericTypeDefinition() : type) || type.IsAssignableTo(typeof(DbContext));

    private static bool IsLocator(Type type) => type == typeof(IServiceProvider) || type == typeof(IServiceScopeFactory);

    private static IEnumerable<ServiceMethod> MethodsOf(Type type)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic;
        var demanded = type.GetInterfaces().Where(i => i.Assembly != type.Assembly)
            .SelectMany(i => type.GetInterfaceMap(i).TargetMethods).ToHashSet();
        return type.GetMethods(Own)
            .Where(m => (m.IsPublic || m.IsAssembly || m.IsFamilyOrAssembly) && !m.IsSpecialName && !m.Name.Contains('<')
                && m.GetBaseDefinition().DeclaringType!.Assembly == type.Assembly && !demanded.Contains(m)
                && !m.GetParameters().Any(p => p.ParameterType.IsAssignableTo(typeof(DbContext))))
            .Select(m => new ServiceMethod(type, m, DeclarationOf(m)));
    }

    private static Declaration DeclarationOf(MethodInfo method)
    {
        var own = Read(method);
        return own.SaysSomething ? own : Read(method.DeclaringType!);
    }

    private static Declaration Read(MemberInfo member) => new(
        [.. member.GetCustomAttributes<RequiresPermissionAttribute>().Select(a => a.Permission)],
        member.GetCustomAttribute<RequiresProductAttribute>() is not null,
        member.GetCustomAttribute<RequiresPlatformAttribute>() is not null,
        member.GetCustomAttribute<RequiresNoPermissionAttribute>()?.Reason);
}
