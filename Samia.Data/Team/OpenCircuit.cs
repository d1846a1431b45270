using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>
/// A circuit that an employee has open on some node. Its node renews <see cref="SeenAt"/>; an employee without one that
/// was seen lately is offline.
/// </summary>
public sealed class OpenCircuit : TenantEntity
{
    public required Guid EmployeeId { get; init; }
    public required Guid NodeId { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset SeenAt { get; set; }
}

internal sealed class OpenCircuitConfiguration : IEntityTypeConfiguration<OpenCircuit>
{
    public void Configure(EntityTypeBuilder<OpenCircuit> builder)
    {
        builder.ToTable("open_circuits").PlatformMay("select, update, delete");
        builder.HasIndex(c => new { c.BusinessId, c.EmployeeId });
        // A node renews, and a sweep finds, circuits of all businesses at once.
        builder.HasIndex(c => c.NodeId);
        builder.HasIndex(c => c.SeenAt);
        builder.HasOne<Employee>().WithMany().HasForeignKey(c => new { c.BusinessId, c.EmployeeId });
    }
}
