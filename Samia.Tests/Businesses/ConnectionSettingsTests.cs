using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Businesses;

public sealed class ConnectionSettingsTests(TestServers servers) : IAsyncLifetime
{
    private TestInbox _inbox = null!;
    private TestBusiness _business = null!;
    private Desk _admin = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers);
        _business = await TestBusiness.CreateAsync(_inbox);
        _admin = Desk.Of(_inbox, _business, SeededRoles.Admin);
    }

    public async ValueTask DisposeAsync()
    {
        await _admin.DisposeAsync();
        await _inbox.DisposeAsync();
    }

    [Fact]
    public async Task A_secret_that_is_left_empty_stays_and_one_that_is_typed_replaces_it()
    {
        var settings = _admin.Get<ConnectionSettings>();
        await settings.SaveAsync(new("555", "666", "+961 70 000 002", "new-token-abcd-9876", null, ""), Stop);

        var view = await settings.GetAsync(Stop);
        Assert.Equal(new ConnectionView("555", "666", "96170000002", "9876", _business.AppSecret[^4..], _business.VerifyToken[^4..]), view);
        var stored = await _admin.ReadAsync(db => db.Businesses.AsNoTracking().SingleAsync(Stop));
        Assert.Equal("new-token-abcd-9876", _inbox.Get<SecretProtector>().AccessTokenOf(stored));

        var log = await _admin.ReadAsync(db => db.ActivityLogs.OrderByDescending(l => l.Sequence).FirstAsync(Stop));
        Assert.Equal(("business.whatsapp_connected", (Guid?)_admin.EmployeeId), (log.Action, log.EmployeeId));
        Assert.Contains(_business.PhoneNumberId, log.Before);
        Assert.Contains("555", log.After);
        Assert.DoesNotContain("new-token", log.Before + log.After + log.Details);
    }

    [Theory]
    [InlineData("", "666", "96170000002", "Phone number ID: enter digits only.")]
    [InlineData("55a", "666", "96170000002", "Phone number ID: enter digits only.")]
    [InlineData("555", "66-6", "96170000002", "WhatsApp Business Account ID: enter digits only.")]
    [InlineData("555", "666", "seventy", "Phone number: enter digits only.")]
    public async Task A_wrong_value_is_named_and_nothing_changes(string phoneNumberId, string wabaId, string number, string problem)
    {
        var refused = await Assert.ThrowsAsync<RegistrationException>(
            () => _admin.Get<ConnectionSettings>().SaveAsync(new(phoneNumberId, wabaId, number, "t", "s", "v"), Stop));
        Assert.Equal(problem, refused.Message);
        Assert.Equal(_business.PhoneNumberId, (await _admin.Get<ConnectionSettings>().GetAsync(Stop)).PhoneNumberId);
    }

    [Fact]
    public async Task A_first_connection_needs_every_secret_and_a_number_belongs_to_one_business()
    {
        await _inbox.Database.ExecuteAsync("update businesses set access_token = null, app_secret = null, verify_token = null");
        var settings = _admin.Get<ConnectionSettings>();
        Assert.Equal("App secret is missing.", (await Assert.ThrowsAsync<RegistrationException>(
            () => settings.SaveAsync(new("555", "666", "1", "token", null, "v"), Stop))).Message);

        var other = await TestBusiness.CreateAsync(_inbox, "Other");
        Assert.Equal("This WhatsApp number is connected to another business already.", (await Assert.ThrowsAsync<RegistrationException>(
            () => settings.SaveAsync(new(other.PhoneNumberId, "666", "1", "token", "secret", "v"), Stop))).Message);
    }

    [Fact]
    public async Task The_key_of_the_AI_is_replaced_kept_and_forgotten_but_never_shown()
    {
        var ai = _admin.Get<AiSettings>();
        await ai.SaveAsync("https://ai.example/v1", "gpt", "sk-secret-key-4321", Stop);
        Assert.Equal(new AiView("https://ai.example/v1", "gpt", "4321"), await ai.GetAsync(Stop));
        await ai.SaveAsync("https://ai.example/v1", "gpt-2", "", Stop);
        Assert.Equal(new AiView("https://ai.example/v1", "gpt-2", "4321"), await ai.GetAsync(Stop));
        foreach (var wrong in (string[])["http://ai.example", "ai.example", "file:///etc/passwd"])
        {
            await Assert.ThrowsAsync<RegistrationException>(() => ai.SaveAsync(wrong, "gpt", "", Stop));
        }

        await ai.SaveAsync("", "", "", Stop);
        Assert.Equal(new AiView("", "", null), await ai.GetAsync(Stop));
        Assert.DoesNotContain("sk-secret", string.Join(' ', (await _admin.ReadAsync(db =>
            db.ActivityLogs.AsNoTracking().ToListAsync(Stop))).Select(l => l.Before + l.After + l.Details)));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("abc", "c")]
    [InlineData("abcdefghijkl", "ijkl")]
    public void A_hint_never_gives_a_short_secret_away(string? secret, string? hint) => Assert.Equal(hint, SecretHint.Of(secret));
}
