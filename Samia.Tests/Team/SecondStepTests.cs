using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>Signing in of somebody who has a second step.</summary>
public sealed class SecondStepTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private TestInbox Inbox => running.Inbox;
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_password_alone_opens_nothing_and_a_code_does()
    {
        var (business, step) = await WithSecondStepAsync();
        using var visitor = await AfterPasswordAsync(business, "/sign-in?returnUrl=%2Fsettings");
        Assert.False(await visitor.IsSignedInAsync());
        using var choosing = await visitor.GetAsync("/choose-business");
        Assert.StartsWith("/sign-in", visitor.LocationOf(choosing));

        using var response = await visitor.SubmitFormAsync(SecondStepPage.Address + "?returnUrl=%2Fsettings", "second-step", ("code", step.App.Code()));
        Assert.Equal("/settings", visitor.LocationOf(response));
        Assert.True(await visitor.IsSignedInAsync());
        Assert.Equal("Code", await Inbox.Database.ScalarAsync<string>(
            "select details->>'proof' from activity_logs where business_id = $1 and action = 'employee.signed_in' order by sequence desc limit 1", business.Id));
    }

    [Fact]
    public async Task A_code_is_taken_once()
    {
        var (business, step) = await WithSecondStepAsync();
        var code = step.App.Code();
        using var first = await AfterPasswordAsync(business);
        using var second = await AfterPasswordAsync(business);
        using var taken = await first.SubmitFormAsync(SecondStepPage.Address, "second-step", ("code", $"{code[..3]} {code[3..]}"));
        Assert.Equal("/", first.LocationOf(taken));
        foreach (var replayed in new[] { code, "+" + code, "0" + code })
        {
            using var refused = await second.SubmitFormAsync(SecondStepPage.Address, "second-step", ("code", replayed));
            Assert.Equal(SecondFactor.WrongCode, await WebVisitor.ProblemOf(refused));
        }

        Assert.False(await second.IsSignedInAsync());
        using var next = await second.SubmitFormAsync(SecondStepPage.Address, "second-step", ("code", step.App.Code(1)));
        Assert.Equal("/", second.LocationOf(next));
    }

    [Fact]
    public async Task Two_who_give_one_code_at_once_do_not_both_get_in()
    {
        var (business, step) = await WithSecondStepAsync();
        var visitors = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AfterPasswordAsync(business)));
        var code = step.App.Code();
        var answers = await Task.WhenAll(visitors.Select(v => v.SubmitFormAsync(SecondStepPage.Address, "second-step", ("code", code))));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Redirect);
        Assert.All(visitors, v => v.Dispose());
        Assert.All(answers, a => a.Dispose());
    }

    [Fact]
    public async Task A_recovery_code_lets_somebody_in_once()
    {
        var (business, step) = await WithSecondStepAsync();
        using var visitor = await AfterPasswordAsync(business);
        using var taken = await visitor.SubmitFormAsync(SecondStepPage.Address, "recovery", ("recovery", step.RecoveryCodes[3].ToLowerInvariant() + " "));
        Assert.Equal("/", visitor.LocationOf(taken));
        Assert.Contains("Recovery codes left: 9.", await visitor.ReadAsync("/account"));
        using var again = await AfterPasswordAsync(business);
        using var refused = await again.SubmitFormAsync(SecondStepPage.Address, "recovery", ("recovery", step.RecoveryCodes[3]));
        Assert.StartsWith("This recovery code is not right", await WebVisitor.ProblemOf(refused));
        Assert.False(await again.IsSignedInAsync());
    }

    [Fact]
    public async Task Wrong_codes_lock_the_sign_in_however_often_the_password_is_given_between_them()
    {
        var (business, step) = await WithSecondStepAsync();
        for (var i = 1; i < 5; i++)
        {
            using var visitor = await AfterPasswordAsync(business);
            using var wrong = await visitor.SubmitFormAsync(SecondStepPage.Address, "second-step", ("code", "000000"));
            Assert.Equal(SecondFactor.WrongCode, await WebVisitor.ProblemOf(wrong));
        }

        using var last = await AfterPasswordAsync(business);
        using var fifth = await last.SubmitFormAsync(SecondStepPage.Address, "recovery", ("recovery", "AAAAA-AAAAA"));
        Assert.Contains("locked until", await WebVisitor.ProblemOf(fifth));
        using var right = await last.SubmitFormAsync(SecondStepPage.Address, "second-step", ("code", step.App.Code()));
        Assert.Contains("locked until", await WebVisitor.ProblemOf(right));
        Assert.False(await last.IsSignedInAsync());
        Assert.Equal(1, await Inbox.Database.ScalarAsync<long>(
            "select count(*) from activity_logs where business_id = $1 and action = 'employee.locked_out' and ip_address = '127.0.0.1'", business.Id));
    }

    [Fact]
    public async Task Guesses_at_once_are_counted_one_by_one()
    {
        var (business, _) = await WithSecondStepAsync();
        var userId = await Inbox.Database.ScalarAsync<Guid>("select user_id from employees where id = $1", business.EmployeeIds[SeededRoles.Agent]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            await using var scope = Inbox.Services.CreateAsyncScope();
            var user = await scope.ServiceProvider.GetRequiredService<UserManager<User>>().FindByIdAsync(userId.ToString());
            return await scope.ServiceProvider.GetRequiredService<SecondFactor>().TryCodeAsync(user!, "000000", Cancellation);
        }));
        Assert.Equal(4, answers.Count(a => a == SecondFactor.WrongCode));
        Assert.Equal(8, answers.Count(a => a!.Contains("locked until")));
    }

    [Fact]
    public async Task Who_waits_too_long_or_changed_the_password_meanwhile_starts_again()
    {
        var (business, step) = await WithSecondStepAsync();
        using var visitor = await AfterPasswordAsync(business);
        await Inbox.Database.ExecuteAsync("update users set security_stamp = 'another' where id = (select user_id from employees where id = $1)",
            business.EmployeeIds[SeededRoles.Agent]);
        using var page = await visitor.GetAsync(SecondStepPage.Address);
        Assert.Equal("/sign-in?reason=too-late&returnUrl=%2F", visitor.LocationOf(page));
        Assert.Contains("That took too long", await visitor.ReadAsync("/sign-in?reason=too-late"));
        var token = await visitor.AntiforgeryTokenAsync("/sign-in");
        using var posted = await visitor.PostAsync(SecondStepPage.Address,
            ("_handler", "second-step"), ("__RequestVerificationToken", token), ("code", step.App.Code()));
        Assert.StartsWith("/sign-in", visitor.LocationOf(posted));
        Assert.False(await visitor.IsSignedInAsync());
    }

    private async Task<(TestBusiness Business, SecondStep Step)> WithSecondStepAsync()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        using var visitor = new WebVisitor(Inbox);
        await visitor.SignInAsync(business, SeededRoles.Agent);
        return (business, await SecondStep.SetUpAsync(visitor));
    }

    private async Task<WebVisitor> AfterPasswordAsync(TestBusiness business, string path = "/sign-in")
    {
        var visitor = new WebVisitor(Inbox);
        using var response = await visitor.SignInAsync(business.EmailOf(SeededRoles.Agent), TestBusiness.Password, path);
        Assert.StartsWith(SecondStepPage.Address + "?returnUrl=", visitor.LocationOf(response));
        return visitor;
    }
}
