using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>A team: employees among whom conversations are shared out. (A namespace has the name <c>Team</c>.)</summary>
public sealed class EmployeeTeam : TenantEntity
{
    public required string Name { get; set; }
    public string Description { get; set; } = "";
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>An employee's place in a team.</summary>
public sealed class TeamMember : TenantEntity
{
    public required Guid TeamId { get; init; }
    public required Guid EmployeeId { get; init; }
}

internal sealed class EmployeeTeamConfiguration : IEntityTypeConfiguration<EmployeeTeam>
{
    public void Configure(EntityTypeBuilder<EmployeeTeam> builder)
    {
        // Accepting an invitation puts a new employee into its teams, in the transaction that makes them.
        builder.ToTable("teams", t => t.HasCheckConstraint("ck_teams_name", "length(btrim(name)) > 0")).PlatformMay("select");
        builder.Property(t => t.Name).HasMaxLength(60);
        builder.Property(t => t.Description).HasMaxLength(300);
        builder.HasIndex(t => new { t.BusinessId, t.Name }).IsUnique();
        builder.HasOne<Business>().WithMany().HasForeignKey(t => t.BusinessId);
    }
}

internal sealed class TeamMemberConfiguration : IEntityTypeConfiguration<TeamMember>
{
    public void Configure(EntityTypeBuilder<TeamMember> builder)
    {
        builder.ToTable("team_members").PlatformMay("insert");
        builder.HasIndex(m => new { m.BusinessId, m.TeamId, m.EmployeeId }).IsUnique();
        builder.HasIndex(m => new { m.BusinessId, m.EmployeeId });
        builder.HasOne<EmployeeTeam>().WithMany().HasForeignKey(m => new { m.BusinessId, m.TeamId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Employee>().WithMany().HasForeignKey(m => new { m.BusinessId, m.EmployeeId });
    }
}
