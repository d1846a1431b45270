using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Local;

public sealed class RegistrationTests(TestServers servers) : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private TestInbox _inbox = null!;

    public async ValueTask InitializeAsync() => _inbox = await TestInbox.StartAsync(servers);

    [Theory]
    [InlineData("Samia Tarot", "samia-tarot")]
    [InlineData("  Café  Zürich & Søn ", "cafe-zurich-son")]
    [InlineData("O'Hara’s Bakery", "oharas-bakery")]
    [InlineData("مخبز السلام", "mkhbz-alslam")]
    [InlineData("مُؤَسَّسَة", "mwssa")]
    [InlineData("寿司", "business")]
    [InlineData("!!!", "business")]
    public void A_slug_spells_the_name_in_ASCII(string name, string slug) => Assert.Equal(slug, Slug.From(name));

    [Fact]
    public void A_slug_of_a_long_name_leaves_room_for_a_number() =>
        Assert.True(Slug.From(string.Concat(Enumerable.Repeat("very long ", 20))).Length <= 50);

    [Fact]
    public async Task Businesses_of_one_name_that_register_at_once_get_a_slug_each()
    {
        var registered = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => RegisterAsync(New("Same Name"))));
        Assert.Equal(12, registered.Select(r => r.Slug).Distinct().Count());
        Assert.Contains("same-name", registered.Select(r => r.Slug));
        Assert.All(registered, r => Assert.StartsWith("same-name", r.Slug));
    }

    [Fact]
    public async Task A_business_starts_with_the_seeded_roles_and_an_encrypted_connection()
    {
        var registered = await RegisterAsync(New("Rose Bakery", Connection("111")));
        await using var db = await PlatformAsync();
        var business = await db.Businesses.SingleAsync(b => b.Id == registered.Id, TestContext.Current.CancellationToken);
        var roles = await db.Roles.Where(r => r.BusinessId == registered.Id).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(SeededRoles.All.Keys.Order(), roles.Select(r => r.Name).Order());
        Assert.DoesNotContain("secret-111", business.AppSecret!);
        Assert.Equal("secret-111", _inbox.Get<SecretProtector>().AppSecretOf(business));
        Assert.Equal("token-111", _inbox.Get<SecretProtector>().AccessTokenOf(business));
        Assert.Equal("verify-111", _inbox.Get<SecretProtector>().VerifyTokenOf(business));
    }

    [Fact]
    public async Task Two_businesses_cannot_have_one_number()
    {
        await RegisterAsync(New("First", Connection("222")));
        await Assert.ThrowsAsync<RegistrationException>(() => RegisterAsync(New("Second", Connection("222"))));
        var third = await RegisterAsync(New("Third", Connection("333")));
        await Assert.ThrowsAsync<RegistrationException>(() =>
            _inbox.Get<BusinessRegistration>().ConnectWhatsAppAsync(third.Id, Connection("222"), Never));
    }

    [Fact]
    public async Task A_number_that_is_connected_anew_replaces_the_old_one_and_sending_goes_on()
    {
        var registered = await RegisterAsync(New("Changing", Connection("444")));
        await _inbox.Database.ExecuteAsync(
            "update businesses set sending_paused_at = now(), sending_paused_reason = 'x' where id = $1", registered.Id);
        await _inbox.Get<BusinessRegistration>().ConnectWhatsAppAsync(registered.Id, Connection("445"), Never);

        await using var db = await PlatformAsync();
        var business = await db.Businesses.SingleAsync(b => b.Id == registered.Id, TestContext.Current.CancellationToken);
        Assert.Equal("445", business.PhoneNumberId);
        Assert.Null(business.SendingPausedAt);
        Assert.Equal("token-445", _inbox.Get<SecretProtector>().AccessTokenOf(business));
    }

    [Theory]
    [InlineData("", "Asia/Beirut", "ar-LB")]
    [InlineData("X", "Asia/Nowhere", "ar-LB")]
    [InlineData("X", "Asia/Beirut", "not-a-locale-at-all")]
    public async Task A_wrong_value_is_refused_in_words(string name, string timeZone, string locale)
    {
        var refused = await Assert.ThrowsAsync<RegistrationException>(() =>
            RegisterAsync(new NewBusiness(name, timeZone, locale)));
        Assert.NotEmpty(refused.Message);
    }

    [Fact]
    public async Task One_person_may_work_for_several_businesses_with_one_sign_in()
    {
        var one = await RegisterAsync(New("One"));
        var two = await RegisterAsync(New("Two"));
        await EmployAsync(one.Id, new NewEmployee("Rana", "rana@example.test", SeededRoles.Admin, TestBusiness.Password));
        await EmployAsync(two.Id, new NewEmployee("Rana K.", "RANA@example.test", SeededRoles.Viewer, "Another-password-9"));

        await using var scope = _inbox.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = await users.FindByEmailAsync("rana@example.test");
        Assert.True(await users.CheckPasswordAsync(user!, TestBusiness.Password));
        await using var db = await PlatformAsync();
        Assert.Equal(2, await db.Employees.CountAsync(e => e.UserId == user!.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_employee_needs_a_role_that_exists_a_good_password_and_no_place_already()
    {
        var one = await RegisterAsync(New("Strict"));
        var good = new NewEmployee("Omar", "omar@example.test", SeededRoles.Agent, TestBusiness.Password);
        await Assert.ThrowsAsync<RegistrationException>(() => EmployAsync(one.Id, good with { Role = "Boss" }));
        await Assert.ThrowsAsync<RegistrationException>(() => EmployAsync(one.Id, good with { Password = "short" }));
        await Assert.ThrowsAsync<RegistrationException>(() => EmployAsync(one.Id, good with { Password = null }));
        await EmployAsync(one.Id, good);
        await Assert.ThrowsAsync<RegistrationException>(() => EmployAsync(one.Id, good));
    }

    public ValueTask DisposeAsync() => _inbox.DisposeAsync();

    private static NewBusiness New(string name, WhatsAppConnection? connection = null) =>
        new(name, "Asia/Beirut", "ar-LB", connection);

    private static WhatsAppConnection Connection(string number) =>
        new(number, "9" + number, "96170000001", "token-" + number, "secret-" + number, "verify-" + number);

    private Task<RegisteredBusiness> RegisterAsync(NewBusiness business) =>
        _inbox.Get<BusinessRegistration>().RegisterAsync(business, Never);

    private async Task EmployAsync(Guid businessId, NewEmployee employee)
    {
        await using var scope = _inbox.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<EmployeeRegistration>().RegisterAsync(businessId, employee, Never);
    }

    private Task<PlatformDbContext> PlatformAsync() => _inbox.Get<IDbContextFactory<PlatformDbContext>>()
        .CreateDbContextAsync(TestContext.Current.CancellationToken);
}
