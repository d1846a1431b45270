using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Samia.Data;

/// <summary>Every table of Samia, as one business sees it.</summary>
public class SamiaDbContext : DbContext
{
    public SamiaDbContext(DbContextOptions<SamiaDbContext> options, TenantContext tenant) : base(options) =>
        Tenant = tenant;

    private protected SamiaDbContext(DbContextOptions options, TenantContext tenant) : base(options) =>
        Tenant = tenant;

    public TenantContext Tenant { get; }

    public DbSet<Business> Businesses => Set<Business>();
    public DbSet<User> Users => Set<User>();
    public DbSet<Employee> Employees => Set<Employee>();
    public DbSet<Role> Roles => Set<Role>();
    public DbSet<ActivityLog> ActivityLogs => Set<ActivityLog>();
    public DbSet<Customer> Customers => Set<Customer>();
    public DbSet<Conversation> Conversations => Set<Conversation>();
    public DbSet<ConversationAssignment> ConversationAssignments => Set<ConversationAssignment>();
    public DbSet<ConversationDraft> ConversationDrafts => Set<ConversationDraft>();
    public DbSet<MergedConversation> MergedConversations => Set<MergedConversation>();
    public DbSet<InternalNote> InternalNotes => Set<InternalNote>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<HeldEvent> HeldEvents => Set<HeldEvent>();
    public DbSet<WebhookLog> WebhookLogs => Set<WebhookLog>();
    public DbSet<OutboxEntry> Outbox => Set<OutboxEntry>();

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        StampTenant();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        StampTenant();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    // Every index is written down beside the query that needs it; none comes by itself with a foreign key.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(SamiaDbContext).Assembly);
        modelBuilder.Entity<DataProtectionKey>().ToTable("data_protection_keys").PlatformMay("select, insert, update");
        ModelRules.Apply(modelBuilder);
    }

    private void StampTenant()
    {
        foreach (EntityEntry<TenantEntity> entry in ChangeTracker.Entries<TenantEntity>())
        {
            if (entry.State == EntityState.Added && entry.Entity.BusinessId == Guid.Empty)
            {
                entry.Entity.BusinessId = Tenant.BusinessId;
            }
        }
    }
}
