namespace Samia.Inbox.Team;

/// <summary>
/// Says which permission a service's method asks for as its first act; of several, any one suffices. A test calls each
/// such method as somebody who lacks just that, and fails on a method of a service that says nothing.
/// </summary>
/// <param name="permission">One of <see cref="Permissions"/>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class RequiresPermissionAttribute(string permission) : Attribute
{
    public string Permission { get; } = permission;
}

/// <summary>
/// Says that only Samia itself may call a service's method (or a whole service), in a worker or for a webhook. Its first
/// act is <c>tenant.DemandProduct()</c>, which the same test holds.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RequiresProductAttribute : Attribute;

/// <summary>
/// Says that only whoever runs Samia itself may call a service's method (or a whole service). Its first act is
/// <c>gate.DemandAsync()</c> of <see cref="Platform.PlatformGate"/>, which the same test holds.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RequiresPlatformAttribute : Attribute;

/// <summary>Says why a service's method (or a whole service) asks for no permission.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RequiresNoPermissionAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}
