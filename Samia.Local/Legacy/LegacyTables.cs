namespace Samia.Local.Legacy;

/// <summary>The old shape. Its columns are described in docs/LEGACY.md.</summary>
internal static class LegacyTables
{
    /// <summary>In the order in which they are taken: each after those that it refers to.</summary>
    public static IReadOnlyList<LegacyTable> All { get; } =
    [
        new LegacyCustomers(), new LegacyServices(), new LegacyConversations(), new LegacyBookings(),
        new LegacyAnalyticsEvents(), new LegacyWebhookLogs(), new LegacyAdminNotifications(),
    ];
}
