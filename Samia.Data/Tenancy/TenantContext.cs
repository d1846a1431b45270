namespace Samia.Data;

/// <summary>
/// Says for which business, and for which of its employees, the current scope (a circuit, a request, a worker's
/// unit of work) acts. Nothing reaches the database before <see cref="Enter"/>, and a scope never changes business.
/// </summary>
public sealed class TenantContext
{
    private Guid? _businessId;

    /// <exception cref="NoTenantException">Nobody has entered a business in this scope.</exception>
    public Guid BusinessId => _businessId ?? throw new NoTenantException();

    /// <summary>The employee who acts, or null for the product itself (a worker, a webhook).</summary>
    public Guid? EmployeeId { get; private set; }

    public bool HasBusiness => _businessId is not null;

    /// <exception cref="InvalidOperationException">The scope already acts for somebody else.</exception>
    public void Enter(Guid businessId, Guid? employeeId = null)
    {
        if (businessId == Guid.Empty)
        {
            throw new ArgumentException("A business id cannot be empty.", nameof(businessId));
        }

        if (_businessId is { } current && (current != businessId || EmployeeId != employeeId))
        {
            throw new InvalidOperationException("This scope already acts for another business or employee.");
        }

        _businessId = businessId;
        EmployeeId = employeeId;
    }
}
