namespace Samia.Data;

/// <summary>Code asked for a business's data without saying which business it acts for.</summary>
public sealed class NoTenantException()
    : InvalidOperationException("No business was entered in this scope: call TenantContext.Enter first.");
