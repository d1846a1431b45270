namespace Samia.Data;

/// <summary>A row that belongs to one business. Its primary key is <c>(business_id, id)</c>.</summary>
public abstract class TenantEntity
{
    /// <summary>Left empty, it is filled from <see cref="TenantContext"/> when the row is saved.</summary>
    public Guid BusinessId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();
}
