namespace Samia.Inbox.Team;

/// <summary>
/// Says which permission a service's method asks for as its first act. A test calls each such method as somebody who
/// lacks just that one, and fails on a public method of a service that says nothing.
/// </summary>
/// <param name="permission">One of <see cref="Permissions"/>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class RequiresPermissionAttribute(string permission) : Attribute
{
    public string Permission { get; } = permission;
}

/// <summary>Says why a service's method (or a whole service) asks for no permission.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RequiresNoPermissionAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}
