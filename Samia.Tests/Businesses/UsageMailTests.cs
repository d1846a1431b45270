using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Mail;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using Samia.Tests.Team;

namespace Samia.Tests.Businesses;

public sealed class UsageMailTests(TestServers servers) : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private TestInbox _inbox = null!;
    private TestInbox _other = null!;

    public async ValueTask InitializeAsync()
    {
        _inbox = await StartAsync(null);
        _other = await StartAsync(_inbox.Database);
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _inbox.DisposeAsync();
    }

    [Fact]
    public async Task Those_who_see_the_plan_are_mailed_once_over_two_nodes_and_in_their_language()
    {
        var desk = await UsageDesk.OpenAsync(_inbox, limits: ("monthly_ai_replies", 10));
        var admin = desk.Business.EmailOf(SeededRoles.Admin);
        await _inbox.Database.ExecuteAsync("""
            insert into user_claims (user_id, claim_type, claim_value)
            select user_id, 'samia:chose-language', 'ar' from employees where id = $1
            """, desk.Business.EmployeeIds[SeededRoles.Admin]);
        await desk.CountAsync(UsageMetric.AiReplies, 8);
        var mail = Assert.Single(await MailsAsync(admin, 1));
        Assert.Equal(("ar", "Test Tarot: أوشك رصيد الخطة على النفاد (ردود الذكاء الاصطناعي)"), (mail.Language, mail.Subject));
        Assert.Equal("https://inbox.samia.test/settings/usage", mail.ActionLink!.ToString());

        await desk.CountAsync(UsageMetric.AiReplies, 2);
        var second = (await MailsAsync(admin, 2))[1];
        Assert.Contains("نفد", second.Subject);
        Assert.Contains("10", string.Concat(second.Paragraphs));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(_inbox, desk);
        Assert.Equal(2, (await Mails.ToAsync(_inbox, admin)).Count);
        Assert.Empty(await Mails.ToAsync(_inbox, desk.Business.EmailOf(SeededRoles.Manager)));
    }

    [Fact]
    public async Task Many_nodes_that_look_at_once_mail_once()
    {
        var desk = await UsageDesk.OpenAsync(_inbox, limits: ("storage_megabytes", 1));
        await desk.CountAsync(UsageMetric.StorageBytes, 900_000);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => SendAsync(i % 2 == 0 ? _inbox : _other, desk))));
        var mail = Assert.Single(await Mails.ToAsync(_inbox, desk.Business.EmailOf(SeededRoles.Admin)));
        Assert.Equal(("en", "Test Tarot: the plan is nearly used up (Storage)"), (mail.Language, mail.Subject));
        Assert.Contains("Test Tarot has used 0.9 MB of the 1 MB that its plan, Cedar, includes.", mail.Paragraphs);
    }

    [Fact]
    public async Task What_is_long_ago_is_not_mailed()
    {
        var desk = await UsageDesk.OpenAsync(_inbox, limits: ("monthly_ai_replies", 1));
        await desk.CountAsync(UsageMetric.AiReplies, 1);
        await _inbox.Database.ExecuteAsync("update admin_notifications set created_at = created_at - interval '2 days' where business_id = $1", desk.Business.Id);
        await SendAsync(_inbox, desk);
        Assert.Empty(await Mails.ToAsync(_inbox, desk.Business.EmailOf(SeededRoles.Admin)));
    }

    private Task<TestInbox> StartAsync(TestDatabase? database) =>
        TestInbox.StartAsync(servers, database, b => b.Services.AddSingleton<TimeProvider>(_clock));

    // The workers of both nodes look each time their minute is over.
    private async Task<IReadOnlyList<MailMessage>> MailsAsync(string email, int count)
    {
        IReadOnlyList<MailMessage> mails = [];
        await Eventually.TrueAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            return (mails = await Mails.ToAsync(_inbox, email)).Count >= count;
        });
        return mails;
    }

    private static async Task SendAsync(TestInbox node, UsageDesk desk)
    {
        await using var scope = node.Services.CreateTenantScope(desk.Business.Id);
        await scope.ServiceProvider.GetRequiredService<UsageMails>().SendAsync(TestContext.Current.CancellationToken);
    }
}
