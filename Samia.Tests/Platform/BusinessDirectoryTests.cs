using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Platform;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using Samia.Tests.WhatsApp;

namespace Samia.Tests.Platform;

/// <summary>The operator's list of all businesses, and the figures in it.</summary>
public sealed class BusinessDirectoryTests(TestServers servers) : IAsyncLifetime
{
    private TestInbox _inbox = null!;
    private OperatorDesk _olivia = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private BusinessDirectory Directory => _olivia.Get<BusinessDirectory>();

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers, configure: builder => builder.Configuration["Platform:MeasureEvery"] = "00:00:00.2");
        _olivia = await OperatorDesk.OpenAsync(_inbox);
    }

    public async ValueTask DisposeAsync()
    {
        await _olivia.DisposeAsync();
        await _inbox.DisposeAsync();
    }

    [Fact]
    public async Task It_is_searched_by_name_slug_and_number_and_filtered_by_status_and_plan()
    {
        var rose = await TestBusiness.CreateAsync(_inbox, "Rose Bakery 100%");
        var cedar = await TestBusiness.CreateAsync(_inbox, "عيادة الأرز");
        await _inbox.Database.ExecuteAsync("update businesses set status = 'suspended', plan_id = 'trial', display_phone_number = '4420794600' where id = $1", cedar.Id);

        Assert.Equal([cedar.Id, rose.Id], await IdsAsync(new BusinessQuery()));
        Assert.Equal([rose.Id], await IdsAsync(new BusinessQuery("rose b")));
        Assert.Equal([rose.Id], await IdsAsync(new BusinessQuery("100%")));
        Assert.Equal([cedar.Id], await IdsAsync(new BusinessQuery("الأرز")));
        Assert.Equal([cedar.Id], await IdsAsync(new BusinessQuery("20794")));
        Assert.Equal([rose.Id], await IdsAsync(new BusinessQuery(rose.Slug[..10])));
        Assert.Empty(await IdsAsync(new BusinessQuery("%%%")));
        Assert.Equal([cedar.Id], await IdsAsync(new BusinessQuery(Status: BusinessStatus.Suspended)));
        Assert.Equal([rose.Id], await IdsAsync(new BusinessQuery(PlanId: Plan.Scale)));
    }

    [Fact]
    public async Task It_goes_on_page_by_page_without_a_gap()
    {
        await _inbox.Database.ExecuteAsync("""
            insert into businesses (id, name, slug, status, time_zone, locale, created_at, plan_id, live_sequence, measured_sequence)
            select (lpad(to_hex(1000000000 + n), 12, '0') || '7000800000000000' || lpad(to_hex(n), 4, '0'))::uuid,
                'Shop ' || n, 'shop-' || n, 'active', 'UTC', 'en', now(), 'trial', 0, 0
            from generate_series(1, 120) n
            """);
        var seen = new List<string>();
        Guid? after = null;
        int count;
        do
        {
            var page = await Directory.PageAsync(new BusinessQuery("shop"), after, Stop);
            seen.AddRange(page.Select(b => b.Name));
            (after, count) = (page.Count > 0 ? page[^1].Id : after, page.Count);
        }
        while (count == BusinessDirectory.PageSize);
        Assert.Equal(Enumerable.Range(1, 120).Reverse().Select(n => $"Shop {n}"), seen);
    }

    [Fact]
    public async Task Its_figures_are_counted_in_the_background_and_grow_with_what_comes()
    {
        var business = await TestBusiness.CreateAsync(_inbox);
        await using var desk = Desk.Of(_inbox, business);
        var now = DateTimeOffset.UtcNow;
        // At once, so that nothing is counted in between.
        await desk.TakeInAsync([Said("long ago", now.AddDays(-45)), Said("last week", now.AddDays(-7)), Said("today", now)]);
        await Eventually.TrueAsync(async () => (await RowAsync(business)).Messages == 2);

        var row = await RowAsync(business);
        Assert.InRange(row.LastActivityAt!.Value, now.AddMinutes(-1), DateTimeOffset.UtcNow);
        await desk.ReceiveAsync("more", sentAt: DateTimeOffset.UtcNow);
        await desk.ReceiveAsync("late", sentAt: now.AddDays(-1));
        await Eventually.TrueAsync(async () => (await RowAsync(business)).Messages == 4);

        var overview = await Directory.FindAsync(business.Id, Stop);
        Assert.Equal((2, 1, 1), (overview!.Days[Day(now)], overview.Days[Day(now.AddDays(-1))], overview.Days[Day(now.AddDays(-7))]));
        Assert.Equal(SeededRoles.All.Count, overview.Employees);
        Assert.Null(await Directory.FindAsync(Guid.NewGuid(), Stop));
    }

    [Fact]
    public async Task What_comes_a_week_late_is_counted_with_the_next_day()
    {
        var business = await TestBusiness.CreateAsync(_inbox);
        await using var desk = Desk.Of(_inbox, business);
        var now = DateTimeOffset.UtcNow;
        await desk.ReceiveAsync("today", sentAt: now);
        await Eventually.TrueAsync(async () => (await RowAsync(business)).Messages == 1);
        await desk.ReceiveAsync("a week late", sentAt: now.AddDays(-7));
        await Eventually.TrueAsync(() => _inbox.Database.ScalarAsync<bool>(
            "select measured_sequence = live_sequence from businesses where id = $1", business.Id));
        Assert.Equal(1, (await RowAsync(business)).Messages);

        // As if none of today's were counted yet.
        await _inbox.Database.ExecuteAsync("delete from business_days where business_id = $1", business.Id);
        await desk.ReceiveAsync("the next day", sentAt: now);
        await Eventually.TrueAsync(async () => (await RowAsync(business)).Messages == 3);
    }

    [Fact]
    public async Task The_list_reads_no_message_and_no_conversation_however_many_there_are()
    {
        await TestBusiness.CreateAsync(_inbox);
        await using var superuser = new NpgsqlConnection(_inbox.Database.Superuser);
        await superuser.OpenAsync(Stop);
        // What may be read is what samia_platform may: none of the tables that grow with messages.
        foreach (var table in (string[])["messages", "conversations"])
        {
            await using var may = new NpgsqlCommand($"select has_table_privilege('samia_platform', '{table}', 'select')", superuser);
            Assert.Equal(false, await may.ExecuteScalarAsync(Stop));
        }

        Assert.NotEmpty(await Directory.PageAsync(new BusinessQuery(), null, Stop));
    }

    [Fact]
    public async Task Plans_are_edited_and_wrong_values_are_refused_in_words()
    {
        var plans = _olivia.Get<Plans>();
        var growth = (await plans.ListAsync(Stop)).Single(p => p.Id == Plan.Growth);
        await plans.SaveAsync(growth with { Name = "Growth+", Employees = null, Price = 129.5m, Currency = "eur" }, Stop);
        var saved = (await plans.ListAsync(Stop)).Single(p => p.Id == Plan.Growth);
        Assert.Equal(("Growth+", null, 129.5m, "EUR"), (saved.Name, saved.Employees, saved.Price, saved.Currency));

        foreach (var wrong in (PlanTerms[])[growth with { Name = " " }, growth with { AiReplies = -1 }, growth with { Price = -1 }, growth with { Currency = "EURO" }, growth with { Id = "none" }])
        {
            await Assert.ThrowsAsync<PlatformException>(() => plans.SaveAsync(wrong, Stop));
        }
    }

    private async Task<BusinessRow> RowAsync(TestBusiness business) =>
        (await Directory.PageAsync(new BusinessQuery(), null, Stop)).Single(b => b.Id == business.Id);

    private async Task<List<Guid>> IdsAsync(BusinessQuery query) =>
        [.. (await Directory.PageAsync(query, null, Stop)).Select(b => b.Id)];

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    private static IncomingMessage Said(string text, DateTimeOffset at) => new(
        new CustomerIdentity(Bodies.NewNumber(), null, ProfileName: "Maya Haddad"), MessageAuthor.Customer, Bodies.NewWamid(), at,
        MessageKind.Text, text, "{}") { Window = TimeSpan.FromHours(24) };
}
