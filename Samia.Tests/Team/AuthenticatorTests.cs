using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Platform;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>Switching the second step on and off, and what is stored of it.</summary>
public sealed class AuthenticatorTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private TestInbox Inbox => running.Inbox;

    [Fact]
    public async Task It_is_on_only_after_a_right_code_and_other_sessions_end()
    {
        var (business, visitor) = await SignedInAsync();
        using var other = new WebVisitor(Inbox);
        await other.SignInAsync(business, SeededRoles.Agent);
        var page = await visitor.ReadAsync(AccountSecondStepPage.Address);
        Assert.Contains("<svg", page);
        var key = SecondStep.KeyOn(page);
        Assert.Equal(key, SecondStep.KeyOn(await visitor.ReadAsync(AccountSecondStepPage.Address)));

        using var wrong = await visitor.SubmitFormAsync(AccountSecondStepPage.Address, "authenticator", ("code", "000000"));
        Assert.Equal(SecondFactor.WrongCode, await WebVisitor.ProblemOf(wrong));
        Assert.True(await other.IsSignedInAsync());

        await SecondStep.SetUpAsync(visitor);
        Assert.True(await visitor.IsSignedInAsync());
        Assert.False(await other.IsSignedInAsync());
        Assert.Contains("Recovery codes left: 10.", await visitor.ReadAsync("/account"));
        Assert.Equal(1, await LoggedAsync(business, "employee.second_step_on"));
        visitor.Dispose();
    }

    [Fact]
    public async Task Key_and_recovery_codes_are_stored_encrypted_each_for_its_person()
    {
        var (business, visitor) = await SignedInAsync();
        var key = SecondStep.KeyOn(await visitor.ReadAsync(AccountSecondStepPage.Address)).Replace(" ", "", StringComparison.Ordinal);
        var step = await SecondStep.SetUpAsync(visitor);
        var userId = await UserIdAsync(business);
        var stored = await Inbox.Database.ScalarAsync<string>(
            "select string_agg(name || value, ' ') from user_tokens where user_id = $1 and login_provider not like 'samia.%'", userId);
        Assert.DoesNotContain(key, stored);
        Assert.All(step.RecoveryCodes, code => Assert.DoesNotContain(code, stored));

        var (other, otherVisitor) = await SignedInAsync();
        await Inbox.Database.ExecuteAsync(
            "insert into user_tokens select $2, login_provider, name, value from user_tokens where user_id = $1 and name = 'AuthenticatorKey'",
            userId, await UserIdAsync(other));
        await using var scope = Inbox.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var thief = await users.FindByIdAsync((await UserIdAsync(other)).ToString());
        await Assert.ThrowsAnyAsync<CryptographicException>(() => users.GetAuthenticatorKeyAsync(thief!));
        // It would stop the rotation of the other tests over this database.
        await Inbox.Database.ExecuteAsync("delete from user_tokens where user_id = $1", thief!.Id);
        visitor.Dispose();
        otherVisitor.Dispose();
    }

    [Fact]
    public async Task Keys_and_recovery_codes_are_encrypted_anew_and_go_on_working()
    {
        var (business, visitor) = await SignedInAsync();
        var step = await SecondStep.SetUpAsync(visitor);
        var before = await StoredAsync();
        Assert.True(await Inbox.Get<KeyRotation>().EncryptAnewAsync(TestContext.Current.CancellationToken) >= 2);
        Assert.NotEqual(before, await StoredAsync());

        using var other = new WebVisitor(Inbox);
        using var password = await other.SignInAsync(business.EmailOf(SeededRoles.Agent), TestBusiness.Password);
        using var code = await other.SubmitFormAsync(SecondStepPage.Address, "second-step", ("code", step.App.Code()));
        Assert.Equal("/", other.LocationOf(code));
        visitor.Dispose();

        async Task<string> StoredAsync() => await Inbox.Database.ScalarAsync<string>(
            "select string_agg(value, ' ' order by name) from user_tokens where user_id = $1 and login_provider not like 'samia.%'",
            await UserIdAsync(business));
    }

    [Fact]
    public async Task New_recovery_codes_take_the_password_and_replace_the_old_ones()
    {
        var (business, visitor) = await SignedInAsync();
        var step = await SecondStep.SetUpAsync(visitor);
        using var refused = await visitor.SubmitFormAsync(AccountSecondStepPage.Address, "new-recovery-codes", ("password", "not it"));
        Assert.StartsWith("This is not the password", await WebVisitor.ProblemOf(refused));

        using var made = await visitor.SubmitFormAsync(AccountSecondStepPage.Address, "new-recovery-codes", ("password", TestBusiness.Password));
        var codes = SecondStep.CodesOn(await WebVisitor.TextOf(made));
        Assert.Equal(10, codes.Count);
        Assert.Empty(codes.Intersect(step.RecoveryCodes));
        Assert.True(made.Headers.CacheControl!.NoStore);
        using var other = new WebVisitor(Inbox);
        using var password = await other.SignInAsync(business.EmailOf(SeededRoles.Agent), TestBusiness.Password);
        using var old = await other.SubmitFormAsync(SecondStepPage.Address, "recovery", ("recovery", step.RecoveryCodes[0]));
        Assert.StartsWith("This recovery code", await WebVisitor.ProblemOf(old));
        using var renewed = await other.SubmitFormAsync(SecondStepPage.Address, "recovery", ("recovery", codes[0]));
        Assert.Equal("/", other.LocationOf(renewed));
        Assert.Equal(1, await LoggedAsync(business, "employee.recovery_codes_made"));
        visitor.Dispose();
    }

    [Fact]
    public async Task It_is_switched_off_by_password_and_code_together()
    {
        var (business, visitor) = await SignedInAsync();
        var step = await SecondStep.SetUpAsync(visitor);
        using var noPassword = await OffAsync("not it", step.App.Code());
        Assert.StartsWith("This is not the password", await WebVisitor.ProblemOf(noPassword));
        using var noCode = await OffAsync(TestBusiness.Password, "000000");
        Assert.Equal(SecondFactor.WrongCode, await WebVisitor.ProblemOf(noCode));

        using var off = await OffAsync(TestBusiness.Password, step.RecoveryCodes[0]);
        Assert.Equal("/account?done=second-step-off", visitor.LocationOf(off));
        Assert.True(await visitor.IsSignedInAsync());
        Assert.Equal(0, await Inbox.Database.ScalarAsync<long>(
            "select count(*) from user_tokens where user_id = $1 and login_provider not like 'samia.%'", await UserIdAsync(business)));
        using var other = new WebVisitor(Inbox);
        await other.SignInAsync(business, SeededRoles.Agent);
        Assert.Equal(1, await LoggedAsync(business, "employee.second_step_off"));
        visitor.Dispose();

        Task<HttpResponseMessage> OffAsync(string password, string code) => visitor.SubmitFormAsync(
            AccountSecondStepPage.Address, "second-step-off", ("password", password), ("code", code));
    }

    [Fact]
    public async Task An_operator_is_led_to_a_second_step_before_anything_else_and_keeps_it()
    {
        var olivia = await TestOperator.CreateAsync(Inbox);
        using var visitor = new WebVisitor(Inbox);
        using var password = await visitor.SignInAsync(olivia.Email, TestBusiness.Password);
        Assert.StartsWith(SetUpSecondStepPage.Address, visitor.LocationOf(password));
        using var early = await visitor.GetAsync("/account");
        Assert.StartsWith("/sign-in", visitor.LocationOf(early));

        var step = await SecondStep.SetUpAsync(visitor, SetUpSecondStepPage.Address);
        using var home = await visitor.GetAsync("/sign-in");
        Assert.Equal(PlatformAccess.Home, visitor.LocationOf(home));
        using var off = await visitor.SubmitFormAsync(AccountSecondStepPage.Address, "second-step-off",
            ("password", TestBusiness.Password), ("code", step.App.Code()));
        Assert.StartsWith("Whoever runs Samia needs a second step.", await WebVisitor.ProblemOf(off));

        using var later = new WebVisitor(Inbox);
        using var again = await later.SignInAsync(olivia.Email, TestBusiness.Password);
        Assert.StartsWith(SecondStepPage.Address, later.LocationOf(again));
        using var setUp = await later.GetAsync(SetUpSecondStepPage.Address);
        Assert.StartsWith(SecondStepPage.Address, later.LocationOf(setUp));
        using var entered = await later.SubmitFormAsync(SecondStepPage.Address, "second-step", ("code", step.App.Code()));
        Assert.Equal(PlatformAccess.Home, later.LocationOf(entered));
    }

    [Fact]
    public async Task Who_became_an_operator_needs_a_second_step_for_their_business_too()
    {
        var (business, visitor) = await SignedInAsync();
        await Inbox.Database.ExecuteAsync("""
            insert into platform_employees (id, user_id, name, is_active, created_at) values (gen_random_uuid(), $1, 'Agent', true, now())
            """, await UserIdAsync(business));
        Assert.True(await visitor.IsSignedInAsync());
        using var other = new WebVisitor(Inbox);
        using var password = await other.SignInAsync(business.EmailOf(SeededRoles.Agent), TestBusiness.Password);
        Assert.StartsWith(SetUpSecondStepPage.Address, other.LocationOf(password));
        await SecondStep.SetUpAsync(other, SetUpSecondStepPage.Address);
        Assert.True(await other.IsSignedInAsync());
        using var platform = await other.GetAsync("/sign-in?returnUrl=%2Fplatform");
        Assert.Equal("/platform", other.LocationOf(platform));
        visitor.Dispose();
    }

    private async Task<(TestBusiness Business, WebVisitor Visitor)> SignedInAsync()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        var visitor = new WebVisitor(Inbox);
        await visitor.SignInAsync(business, SeededRoles.Agent);
        return (business, visitor);
    }

    private Task<Guid> UserIdAsync(TestBusiness business) =>
        Inbox.Database.ScalarAsync<Guid>("select user_id from employees where id = $1", business.EmployeeIds[SeededRoles.Agent]);

    private Task<long> LoggedAsync(TestBusiness business, string action) => Inbox.Database.ScalarAsync<long>(
        "select count(*) from activity_logs where business_id = $1 and action = $2 and employee_id = $3 and ip_address = '127.0.0.1'",
        business.Id, action, business.EmployeeIds[SeededRoles.Agent]);
}
