using Microsoft.Extensions.Time.Testing;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Tests.Support;

namespace Samia.Tests.Businesses;

public sealed class UsageTests : IClassFixture<ClockedInbox>
{
    private static readonly DateOnly November = new(2026, 11, 1);
    private static readonly DateOnly December = new(2026, 12, 1);
    private readonly ClockedInbox _node;
    private readonly TestInbox _inbox;
    private readonly FakeTimeProvider _clock;

    public UsageTests(ClockedInbox node)
    {
        (_node, _inbox, _clock) = (node, node.Inbox, node.Clock);
        _clock.AdjustTime(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(UsageMetric.Conversations, "monthly_conversations", 20, 1, 20)]
    [InlineData(UsageMetric.AiReplies, "monthly_ai_replies", 20, 1, 20)]
    [InlineData(UsageMetric.TranscriptionSeconds, "monthly_transcription_minutes", 1, 7, 8)]
    [InlineData(UsageMetric.StorageBytes, "storage_megabytes", 1, 150_000, 6)]
    public async Task Of_64_that_ask_at_once_exactly_as_many_succeed_as_the_limit_has_room_for(
        UsageMetric metric, string column, int limit, long amount, int succeed)
    {
        var desk = await UsageDesk.OpenAsync(_inbox, limits: (column, limit));
        var tries = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ =>
            Task.Run(async () => await Record.ExceptionAsync(() => desk.DemandAsync(metric, amount)), Cancellation)));
        Assert.Equal(succeed, tries.Count(t => t is null));
        Assert.All(tries.OfType<Exception>(), t => Assert.Equal(metric, Assert.IsType<UsageLimitException>(t).Metric));
        Assert.Equal(succeed * amount, await desk.UsedAsync(metric, metric == UsageMetric.StorageBytes ? UsageCounter.Total : November));
    }

    [Fact]
    public async Task What_is_only_counted_is_never_refused_and_none_of_it_is_lost_over_two_nodes()
    {
        await using var other = await _node.StartAsync();
        var desk = await UsageDesk.OpenAsync(_inbox, limits: ("monthly_conversations", 10));
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(
            () => desk.CountAsync(UsageMetric.Conversations, 2, i % 2 == 0 ? other : _inbox), Cancellation)));
        Assert.Equal(128, await desk.UsedAsync(UsageMetric.Conversations, November));

        // At 80% and at 100%, each once, however many crossed the line at once.
        var told = await desk.NotificationsAsync();
        Assert.Equal([AdminNotificationSeverity.Warning, AdminNotificationSeverity.Critical], told.Select(n => n.Severity));
        Assert.All(told, n => Assert.Equal(Usage.Kind, n.Kind));
        Assert.Equal("usage.warning:conversations:nearly_used_up:2026-11", told[0].DedupKey);
        Assert.Equal("""{"plan": "Cedar", "used": 8, "level": "nearly_used_up", "limit": 10, "metric": "conversations"}""", told[0].Details);
    }

    [Fact]
    public async Task Admins_are_not_told_again_though_they_have_seen_to_it_until_a_larger_plan_is_nearly_used_up_too()
    {
        var desk = await UsageDesk.OpenAsync(_inbox, limits: ("monthly_ai_replies", 100));
        await desk.CountAsync(UsageMetric.AiReplies, 79);
        Assert.Empty(await desk.NotificationsAsync());
        await desk.DemandAsync(UsageMetric.AiReplies);
        Assert.Single(await desk.NotificationsAsync());
        await AcknowledgeAsync(desk);
        await desk.CountAsync(UsageMetric.AiReplies, 1);
        Assert.Single(await desk.NotificationsAsync());

        await desk.LimitAsync("monthly_ai_replies", 1000);
        await desk.CountAsync(UsageMetric.AiReplies, 700);
        Assert.Single(await desk.NotificationsAsync());
        await desk.CountAsync(UsageMetric.AiReplies, 19);
        Assert.Equal(2, (await desk.NotificationsAsync()).Count);
        await desk.CountAsync(UsageMetric.AiReplies, 500);
        await desk.CountAsync(UsageMetric.AiReplies, 500);
        Assert.Equal([AdminNotificationSeverity.Warning, AdminNotificationSeverity.Warning, AdminNotificationSeverity.Critical],
            (await desk.NotificationsAsync()).Select(n => n.Severity));
    }

    [Fact]
    public async Task What_fills_the_plan_in_one_step_is_told_once()
    {
        var desk = await UsageDesk.OpenAsync(_inbox, limits: ("monthly_transcription_minutes", 1));
        await desk.CountAsync(UsageMetric.TranscriptionSeconds, 61);
        Assert.Equal(AdminNotificationSeverity.Critical, Assert.Single(await desk.NotificationsAsync()).Severity);
        await desk.CountAsync(UsageMetric.TranscriptionSeconds, 1);
        Assert.Single(await desk.NotificationsAsync());
    }

    [Fact]
    public async Task What_is_rolled_back_was_neither_counted_nor_told()
    {
        var desk = await UsageDesk.OpenAsync(_inbox, limits: ("monthly_ai_replies", 1));
        await Assert.ThrowsAsync<UsageLimitException>(() => desk.DemandAsync(UsageMetric.AiReplies, 2));
        Assert.Equal(0, await desk.UsedEverAsync(UsageMetric.AiReplies));
        Assert.Empty(await desk.NotificationsAsync());
    }

    [Theory]
    [InlineData("Asia/Beirut", "2026-11-30T21:59:59Z", "2026-11-30T22:00:00Z")]
    [InlineData("UTC", "2026-11-30T23:59:59Z", "2026-12-01T00:00:00Z")]
    [InlineData("America/New_York", "2026-12-01T04:59:59Z", "2026-12-01T05:00:00Z")]
    [InlineData("Pacific/Kiritimati", "2026-11-30T09:59:59Z", "2026-11-30T10:00:00Z")]
    public async Task A_month_begins_anew_by_the_clock_of_the_business(string timeZone, string last, string first)
    {
        var desk = await UsageDesk.OpenAsync(_inbox, timeZone, ("monthly_conversations", 1));
        _clock.AdjustTime(DateTimeOffset.Parse(last, null));
        await desk.DemandAsync(UsageMetric.Conversations);
        await Assert.ThrowsAsync<UsageLimitException>(() => desk.DemandAsync(UsageMetric.Conversations));
        _clock.AdjustTime(DateTimeOffset.Parse(first, null));
        await desk.DemandAsync(UsageMetric.Conversations);
        Assert.Equal((1, 1), (await desk.UsedAsync(UsageMetric.Conversations, November), await desk.UsedAsync(UsageMetric.Conversations, December)));
    }

    [Theory]
    [InlineData("Europe/London", "2026-03-31T22:59:59Z", 3)]
    [InlineData("Europe/London", "2026-03-31T23:00:00Z", 4)]
    [InlineData("Europe/London", "2026-10-31T23:59:59Z", 10)]
    [InlineData("Asia/Beirut", "2026-06-30T20:59:59Z", 6)]
    [InlineData("Asia/Beirut", "2026-06-30T21:00:00Z", 7)]
    public void Summer_time_moves_the_beginning_of_a_month(string timeZone, string at, int month) => Assert.Equal(
        new DateOnly(2026, month, 1), BillingMonth.Of(DateTimeOffset.Parse(at, null), TimeZoneInfo.FindSystemTimeZoneById(timeZone)).First);

    [Fact]
    public void A_month_ends_when_the_next_begins_in_every_time_zone()
    {
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            for (var first = new DateOnly(2026, 1, 1); first.Year < 2028; first = first.AddMonths(1))
            {
                var end = new BillingMonth(first, zone).EndsAt;
                Assert.Equal((first, first.AddMonths(1)), (BillingMonth.Of(end.AddSeconds(-1), zone).First, BillingMonth.Of(end, zone).First));
            }
        }
    }

    [Fact]
    public async Task Another_limit_holds_from_the_next_action_on()
    {
        var desk = await UsageDesk.OpenAsync(_inbox, limits: ("monthly_ai_replies", 1));
        await desk.DemandAsync(UsageMetric.AiReplies);
        await Assert.ThrowsAsync<UsageLimitException>(() => desk.DemandAsync(UsageMetric.AiReplies));
        await desk.LimitAsync("monthly_ai_replies", 2);
        await desk.DemandAsync(UsageMetric.AiReplies);
        await desk.LimitAsync("monthly_ai_replies", 0);
        await Assert.ThrowsAsync<UsageLimitException>(() => desk.DemandAsync(UsageMetric.AiReplies));
        await _inbox.Database.ExecuteAsync("update businesses set plan_id = 'scale' where id = $1", desk.Business.Id);
        await desk.DemandAsync(UsageMetric.AiReplies, 1_000_000);
        Assert.Equal(1_000_002, await desk.UsedAsync(UsageMetric.AiReplies, November));
    }

    [Fact]
    public async Task Storage_goes_on_over_the_months_is_given_back_and_never_falls_below_nothing()
    {
        var desk = await UsageDesk.OpenAsync(_inbox, limits: ("storage_megabytes", 10));
        await desk.DemandAsync(UsageMetric.StorageBytes, 6_000_000);
        _clock.AdjustTime(new DateTimeOffset(2026, 12, 15, 0, 0, 0, TimeSpan.Zero));
        await Assert.ThrowsAsync<UsageLimitException>(() => desk.DemandAsync(UsageMetric.StorageBytes, 4_000_001));
        await desk.DemandAsync(UsageMetric.StorageBytes, 4_000_000);
        Assert.Equal((6_000_000, 10_000_000), (await desk.UsedAsync(UsageMetric.StorageBytes, November), await desk.UsedAsync(UsageMetric.StorageBytes, December)));
        Assert.Equal(AdminNotificationSeverity.Critical, Assert.Single(await desk.NotificationsAsync()).Severity);

        await desk.CountAsync(UsageMetric.StorageBytes, -9_000_000);
        Assert.Equal(1_000_000, await desk.UsedAsync(UsageMetric.StorageBytes, UsageCounter.Total));
        await AcknowledgeAsync(desk);
        await desk.DemandAsync(UsageMetric.StorageBytes, 8_000_000);
        Assert.Single(await desk.NotificationsAsync(), n => n.Severity == AdminNotificationSeverity.Warning);
        await desk.CountAsync(UsageMetric.StorageBytes, -20_000_000);
        Assert.Equal(0, await desk.UsedAsync(UsageMetric.StorageBytes, UsageCounter.Total));
    }

    [Theory]
    [InlineData(UsageMetric.Conversations, "monthly_conversations", "Cedar", "1,000 conversations", "1 December")]
    [InlineData(UsageMetric.AiReplies, "monthly_ai_replies", "Cedar", "1,000 AI replies", "1 December")]
    [InlineData(UsageMetric.TranscriptionSeconds, "monthly_transcription_minutes", "Cedar", "1,000 minutes", "1 December")]
    [InlineData(UsageMetric.StorageBytes, "storage_megabytes", "Cedar", "1 GB", "Delete files")]
    public async Task A_refusal_names_the_plan_the_limit_and_what_to_do(UsageMetric metric, string column, params string[] words)
    {
        var desk = await UsageDesk.OpenAsync(_inbox, limits: (column, 1000));
        var refused = await Assert.ThrowsAsync<UsageLimitException>(() => desk.DemandAsync(metric, 2_000_000_000));
        Assert.All(words, word => Assert.Contains(word, refused.Message));
        Assert.Contains("admin", refused.Message);
    }

    [Fact]
    public async Task What_a_plan_does_not_include_at_all_is_refused_as_such()
    {
        var desk = await UsageDesk.OpenAsync(_inbox, limits: ("monthly_ai_replies", 0));
        var refused = await Assert.ThrowsAsync<UsageLimitException>(() => desk.DemandAsync(UsageMetric.AiReplies));
        Assert.Equal("Your plan, Cedar, does not include this: AI replies. Ask an admin to choose a larger plan.", refused.Message);
    }

    [Fact]
    public async Task A_business_counts_for_itself_alone()
    {
        var (mine, other) = (await UsageDesk.OpenAsync(_inbox, limits: ("monthly_ai_replies", 1)), await UsageDesk.OpenAsync(_inbox, limits: ("monthly_ai_replies", 1)));
        await mine.DemandAsync(UsageMetric.AiReplies);
        await other.DemandAsync(UsageMetric.AiReplies);
        await Assert.ThrowsAsync<UsageLimitException>(() => mine.DemandAsync(UsageMetric.AiReplies));
        Assert.Equal((1, 1), (await mine.UsedEverAsync(UsageMetric.AiReplies), await other.UsedEverAsync(UsageMetric.AiReplies)));
        Assert.Single(await other.NotificationsAsync());
    }

    private Task AcknowledgeAsync(UsageDesk desk) =>
        _inbox.Database.ExecuteAsync("update admin_notifications set acknowledged_at = now() where business_id = $1", desk.Business.Id);
}
