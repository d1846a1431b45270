using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Platform;
using Samia.Inbox.Team;
using Samia.Local;
using Samia.Local.Commands;
using Samia.Tests.Support;

namespace Samia.Tests.Platform;

/// <summary>The operator opens a business, and a shell makes the first operator.</summary>
public sealed class BusinessOpeningTests(TestServers servers) : IAsyncLifetime
{
    private TestInbox _inbox = null!;
    private OperatorDesk _olivia = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers, configure: builder => builder.Configuration["Samia:PublicAddress"] = "https://inbox.example.test");
        _olivia = await OperatorDesk.OpenAsync(_inbox);
    }

    public async ValueTask DisposeAsync()
    {
        await _olivia.DisposeAsync();
        await _inbox.DisposeAsync();
    }

    [Fact]
    public async Task It_has_a_slug_of_its_own_its_plan_its_admins_invitation_and_the_mail_at_once()
    {
        var first = await OpenAsync("Rose Bakery", "maya@example.test");
        var second = await OpenAsync("Rose Bakery", "maya@example.test");
        Assert.Equal(("rose-bakery", "rose-bakery-2"), (first.Slug, second.Slug));
        Assert.Equal(Plan.Growth, await _inbox.Database.ScalarAsync<string>("select plan_id from businesses where id = $1", first.Id));
        Assert.Equal("maya@example.test Admin", await _inbox.Database.ScalarAsync<string>("""
            select i.email || ' ' || r.name from invitations i join roles r on r.business_id = i.business_id and r.id = i.role_id
            where i.business_id = $1 and length(i.secret_hash) = 32 and i.expires_at > now()
            """, first.Id));
        Assert.Equal(2, await _inbox.Database.ScalarAsync<long>("select count(*) from mails where to_address = 'maya@example.test'"));
        Assert.Equal(2, await _inbox.Database.ScalarAsync<long>(
            "select count(*) from activity_logs where business_id = $1 and actor_kind = 'operator' and details ->> 'by' = $2", first.Id, _olivia.Person.Name));
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_leaves_no_business_behind()
    {
        await Assert.ThrowsAsync<RegistrationException>(() => OpenAsync(" ", "maya@example.test"));
        await Assert.ThrowsAsync<TeamRefusedException>(() => OpenAsync("Rose Bakery", "not an address"));
        await Assert.ThrowsAsync<RegistrationException>(() => _olivia.Get<BusinessOpening>().OpenAsync(
            new NewBusiness("Rose Bakery", "Asia/Beirut", "en", PlanId: "platinum"), new FirstAdmin("Maya", "maya@example.test", "en"), Stop));
        Assert.Equal(0, await _inbox.Database.ScalarAsync<long>("select (select count(*) from businesses) + (select count(*) from mails)"));
    }

    [Fact]
    public async Task A_shell_makes_an_operator_once_and_prints_the_first_password()
    {
        await using var house = await TransferHouse.BuildAsync(servers);
        await using var output = new StringWriter();
        Assert.Equal(0, await OperatorCommand.AddAsync(house.Installation, "noor@example.test", "Noor", output, Stop));
        Assert.Contains("shown once", output.ToString());
        Assert.Equal("Noor", await house.Database.ScalarAsync<string>(
            "select p.name from platform_employees p join users u on u.id = p.user_id where u.email = 'noor@example.test' and p.is_active"));
        await Assert.ThrowsAsync<LocalSetupException>(() => OperatorCommand.AddAsync(house.Installation, "noor@example.test", "Noor", output, Stop));
        Assert.Equal(2, await LocalProgram.RunAsync(["operator", "add"]));
    }

    private Task<RegisteredBusiness> OpenAsync(string name, string email) => _olivia.Get<BusinessOpening>().OpenAsync(
        new NewBusiness(name, "Asia/Beirut", "en", PlanId: Plan.Growth), new FirstAdmin("Maya Haddad", email, "ar"), Stop);
}
