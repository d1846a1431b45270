namespace Samia.Data;

/// <summary>
/// Who acts. <c>Product</c>: Samia itself, in a worker or for a webhook. <c>Support</c>: somebody of the platform who
/// visits the business. <c>Operator</c>: somebody of the platform who acts on it from outside.
/// </summary>
public enum ActorKind { Product, Employee, ApiToken, Support, Operator }

/// <summary>
/// Says for which business, and as whom, the current scope (a circuit, a request, a worker's unit of work) acts.
/// Nothing reaches the database before one of the <c>Enter</c> methods, and a scope never changes business or actor.
/// </summary>
public sealed class TenantContext
{
    private (Guid BusinessId, ActorKind Kind, Guid? ActorId)? _entered;

    /// <exception cref="NoTenantException">Nobody has entered a business in this scope.</exception>
    public Guid BusinessId => _entered?.BusinessId ?? throw new NoTenantException();

    public bool HasBusiness => _entered is not null;

    public ActorKind ActorKind => _entered?.Kind ?? ActorKind.Product;

    /// <summary>The employee, API token or support visit; null for the product itself.</summary>
    public Guid? ActorId => _entered?.ActorId;

    /// <summary>The employee who acts, or null for everybody else.</summary>
    public Guid? EmployeeId => ActorKind == ActorKind.Employee ? ActorId : null;

    /// <summary>The address that the request or circuit came from, where there is one.</summary>
    public string? IpAddress { get; set; }

    /// <summary>Enters as an employee, or as the product itself if there is none.</summary>
    /// <exception cref="InvalidOperationException">The scope already acts for somebody else.</exception>
    public void Enter(Guid businessId, Guid? employeeId = null) =>
        Enter(businessId, employeeId is null ? ActorKind.Product : ActorKind.Employee, employeeId);

    /// <exception cref="InvalidOperationException">The scope already acts for somebody else.</exception>
    public void EnterByApiToken(Guid businessId, Guid tokenId) => Enter(businessId, ActorKind.ApiToken, tokenId);

    /// <exception cref="InvalidOperationException">The scope already acts for somebody else.</exception>
    public void EnterForSupport(Guid businessId, Guid visitId) => Enter(businessId, ActorKind.Support, visitId);

    /// <summary>The first act of what only workers and webhooks do.</summary>
    /// <exception cref="InvalidOperationException">Somebody else acts.</exception>
    public void DemandProduct()
    {
        if (_entered is not { Kind: ActorKind.Product })
        {
            throw new InvalidOperationException("Only Samia itself may do this, in a worker or for a webhook.");
        }
    }

    /// <summary>Says in a row of the activity log who acts, where a row does not say it already by being saved as this tenant.</summary>
    public void Sign(ActivityLog log) =>
        (log.ActorKind, log.EmployeeId, log.ActorId, log.IpAddress) =
            (ActorKind, EmployeeId, EmployeeId is null ? ActorId : null, log.IpAddress ?? IpAddress);

    private void Enter(Guid businessId, ActorKind kind, Guid? actorId)
    {
        if (businessId == Guid.Empty)
        {
            throw new ArgumentException("A business id cannot be empty.", nameof(businessId));
        }

        var entered = (businessId, kind, actorId);
        if (_entered is { } current && current != entered)
        {
            throw new InvalidOperationException("This scope already acts for another business or actor.");
        }

        _entered = entered;
    }
}
