using System.Net;
using Microsoft.Extensions.Time.Testing;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Platform;
using Samia.Inbox.Team;
using Samia.Tests.Api;
using Samia.Tests.Support;

namespace Samia.Tests.Businesses;

public sealed class UsageReportTests(ClockedInbox node) : IClassFixture<ClockedInbox>, IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = node.Clock;
    private readonly TestInbox _inbox = node.Inbox;
    private UsageDesk _usage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _clock.AdjustTime(new DateTimeOffset(2026, 8, 20, 9, 0, 0, TimeSpan.Zero));
        _usage = await UsageDesk.OpenAsync(_inbox, "Asia/Beirut", ("monthly_conversations", 10), ("monthly_transcription_minutes", 2), ("storage_megabytes", 5), ("max_employees", 8));
        await _usage.CountAsync(UsageMetric.Conversations, 3);
        await _usage.CountAsync(UsageMetric.StorageBytes, 2_000_000);
        _clock.AdjustTime(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));
        await _usage.CountAsync(UsageMetric.Conversations, 8);
        await _usage.CountAsync(UsageMetric.TranscriptionSeconds, 120);
        await _usage.CountAsync(UsageMetric.StorageBytes, 500_000);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task It_tells_plan_limits_and_history_each_month_by_the_clock_of_the_business()
    {
        await using var admin = Desk.Of(_inbox, _usage.Business, SeededRoles.Admin);
        var report = await admin.Get<UsageReports>().GetAsync(Cancellation);
        Assert.Equal(("Cedar", 49m, "USD", "Asia/Beirut"), (report.Plan, report.Price, report.Currency, report.TimeZone));
        Assert.Equal((new DateOnly(2026, 11, 1), new DateTimeOffset(2026, 11, 30, 22, 0, 0, TimeSpan.Zero)), (report.Month, report.ResetsAt));
        Assert.Equal(
        [
            new(UsageSubject.Employees, 4, 8), new(UsageSubject.Conversations, 8, 10), new(UsageSubject.AiReplies, 0, null),
            new(UsageSubject.TranscriptionSeconds, 120, 120), new(UsageSubject.StorageBytes, 2_500_000, 5_000_000),
        ], report.Limits);
        Assert.Equal([UsageLevel.Fine, UsageLevel.NearlyUsedUp, UsageLevel.Fine, UsageLevel.UsedUp, UsageLevel.Fine], report.Limits.Select(l => l.Level));
        Assert.Equal([50, 80, null, 100, 50], report.Limits.Select(l => l.Percent));

        Assert.Equal(12, report.History.Count);
        Assert.Equal(new UsageMonth(new DateOnly(2025, 12, 1), 0, 0, 0, 0), report.History[0]);
        Assert.Equal(new UsageMonth(new DateOnly(2026, 8, 1), 3, 0, 0, 2_000_000), report.History[8]);
        // Nothing was added in between, and nothing deleted.
        Assert.Equal(new UsageMonth(new DateOnly(2026, 10, 1), 0, 0, 0, 2_000_000), report.History[10]);
        Assert.Equal(new UsageMonth(new DateOnly(2026, 11, 1), 8, 0, 120, 2_500_000), report.History[11]);
    }

    [Fact]
    public async Task Who_may_not_see_the_plan_is_refused_and_not_alarmed()
    {
        await using var admin = Desk.Of(_inbox, _usage.Business, SeededRoles.Admin);
        Assert.Equal([UsageSubject.Conversations, UsageSubject.TranscriptionSeconds], (await admin.Get<UsageReports>().AlarmsAsync(Cancellation)).Select(a => a.Subject));
        await using var agent = Desk.Of(_inbox, _usage.Business);
        Assert.Empty(await agent.Get<UsageReports>().AlarmsAsync(Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(() => agent.Get<UsageReports>().GetAsync(Cancellation));
        await using var stranger = Desk.Of(_inbox, await TestBusiness.CreateAsync(_inbox), SeededRoles.Admin);
        Assert.Equal(0, (await stranger.Get<UsageReports>().GetAsync(Cancellation)).Limits[1].Used);
    }

    [Fact]
    public async Task A_program_reads_it_with_the_permission_for_it()
    {
        using var program = await ApiProgram.OfAsync(_inbox, _usage.Business, Permissions.ViewBilling);
        var usage = (await program.GetAsync("usage")).Is(HttpStatusCode.OK);
        Assert.Equal("2026-11-01", usage["month"].GetString());
        var conversations = usage["limits"].EnumerateArray().ElementAt(1);
        Assert.Equal(("conversations", 8, 10, 80, "nearly_used_up"), (conversations.GetProperty("subject").GetString(), conversations.GetProperty("used").GetInt64(),
            conversations.GetProperty("limit").GetInt64(), conversations.GetProperty("percent").GetInt64(), conversations.GetProperty("level").GetString()));
        Assert.Equal(12, usage["history"].GetArrayLength());
        using var other = await ApiProgram.OfAsync(_inbox, _usage.Business, Permissions.ViewConversations);
        (await other.GetAsync("usage")).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
    }

    [Fact]
    public async Task A_program_that_would_begin_a_conversation_too_many_is_told_so()
    {
        await using var agent = Desk.Of(_inbox, _usage.Business);
        var conversation = await agent.ReceiveAsync("Good evening", sentAt: _clock.GetUtcNow());
        _clock.AdjustTime(new DateTimeOffset(2026, 12, 10, 9, 0, 0, TimeSpan.Zero));
        await _usage.LimitAsync("monthly_conversations", 0);
        using var program = await ApiProgram.OfAsync(_inbox, _usage.Business, Permissions.Reply, Permissions.ViewConversations);
        var refused = (await program.PostAsync($"conversations/{conversation}/messages", new { text = "Hello" })).IsProblem(HttpStatusCode.Forbidden, "limit_reached");
        Assert.Contains("Cedar", refused["detail"].GetString());
    }

    [Fact]
    public async Task The_operator_sees_it_and_nobody_of_a_business_sees_that_of_another()
    {
        await using var desk = await OperatorDesk.OpenAsync(_inbox);
        var report = await desk.Get<BusinessUsage>().GetAsync(_usage.Business.Id, Cancellation);
        Assert.Equal(("Cedar", 8), (report.Plan, report.Limits[1].Used));
        await using var admin = Desk.Of(_inbox, _usage.Business, SeededRoles.Admin);
        await Assert.ThrowsAsync<NotPlatformException>(() => admin.Get<BusinessUsage>().GetAsync(_usage.Business.Id, Cancellation));
    }
}
