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
    public DbSet<ActivityChain> ActivityChains => Set<ActivityChain>();
    public DbSet<BusinessDay> BusinessDays => Set<BusinessDay>();
    public DbSet<UsageCounter> UsageCounters => Set<UsageCounter>();
    public DbSet<AnalyticsEvent> AnalyticsEvents => Set<AnalyticsEvent>();
    public DbSet<AnalyticsRollup> AnalyticsRollups => Set<AnalyticsRollup>();
    public DbSet<LegacyImport> LegacyImports => Set<LegacyImport>();
    public DbSet<Plan> Plans => Set<Plan>();
    public DbSet<PlatformEmployee> PlatformEmployees => Set<PlatformEmployee>();
    public DbSet<SupportVisit> SupportVisits => Set<SupportVisit>();
    public DbSet<BillingEvent> BillingEvents => Set<BillingEvent>();
    public DbSet<EmployeeTeam> Teams => Set<EmployeeTeam>();
    public DbSet<TeamMember> TeamMembers => Set<TeamMember>();
    public DbSet<EmployeeAvatar> EmployeeAvatars => Set<EmployeeAvatar>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<OpenCircuit> OpenCircuits => Set<OpenCircuit>();
    public DbSet<UserSession> UserSessions => Set<UserSession>();
    public DbSet<Label> Labels => Set<Label>();
    public DbSet<ConversationLabel> ConversationLabels => Set<ConversationLabel>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<CannedResponse> CannedResponses => Set<CannedResponse>();
    public DbSet<CannedResponseVariant> CannedResponseVariants => Set<CannedResponseVariant>();
    public DbSet<PromptTemplate> PromptTemplates => Set<PromptTemplate>();
    public DbSet<PromptVersion> PromptVersions => Set<PromptVersion>();
    public DbSet<Service> Services => Set<Service>();
    public DbSet<ServiceEmployee> ServiceEmployees => Set<ServiceEmployee>();
    public DbSet<Booking> Bookings => Set<Booking>();
    public DbSet<MediaFile> MediaFiles => Set<MediaFile>();
    public DbSet<VoiceMessage> VoiceMessages => Set<VoiceMessage>();
    public DbSet<Notification> Notifications => Set<Notification>();
    public DbSet<PushSubscription> PushSubscriptions => Set<PushSubscription>();
    public DbSet<AdminNotification> AdminNotifications => Set<AdminNotification>();
    public DbSet<MessageTemplate> MessageTemplates => Set<MessageTemplate>();
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();
    public DbSet<IdempotentRequest> IdempotentRequests => Set<IdempotentRequest>();
    public DbSet<OutgoingWebhook> OutgoingWebhooks => Set<OutgoingWebhook>();
    public DbSet<OutgoingWebhookDelivery> OutgoingWebhookDeliveries => Set<OutgoingWebhookDelivery>();
    public DbSet<QueuedMail> QueuedMails => Set<QueuedMail>();

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
        // A booking's exclusion constraint compares ids as well as times.
        modelBuilder.HasPostgresExtension("btree_gist");
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

            if (entry is { State: EntityState.Added, Entity: ActivityLog { ActorKind: ActorKind.Product, EmployeeId: null } log })
            {
                Tenant.Sign(log);
            }
        }
    }
}
