using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>A plan with room for six, four of whom work here.</summary>
public sealed class EmployeePlacesTests(ClockedInbox node) : IClassFixture<ClockedInbox>, IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = node.Clock;
    private readonly TestInbox _inbox = node.Inbox;
    private TestBusiness _business = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _clock.AdjustTime(DateTimeOffset.UtcNow);
        _business = await TestBusiness.CreateAsync(_inbox);
        await _inbox.Database.ExecuteAsync("update plans set max_employees = 6 where id = 'scale'");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Of_many_invitations_at_once_exactly_as_many_go_out_as_there_are_places()
    {
        var tries = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => TryAsync(admin => InviteAsync(admin, $"guest{i}@example.test"))));
        Assert.Equal(2, tries.Count(t => t is null));
        Assert.All(tries.OfType<Exception>(), t => Assert.Contains("room for 6", Assert.IsType<TeamRefusedException>(t).Message));
    }

    [Fact]
    public async Task Inviting_and_coming_back_at_once_take_no_more_places_than_there_are()
    {
        await using var admin = Desk.Of(_inbox, _business, SeededRoles.Admin);
        await admin.Get<Departures>().DeactivateAsync(_business.EmployeeIds[SeededRoles.Agent], Cancellation);
        await admin.Get<Departures>().DeactivateAsync(_business.EmployeeIds[SeededRoles.Viewer], Cancellation);
        await _inbox.Database.ExecuteAsync("update plans set max_employees = 3 where id = 'scale'");
        var tries = await Task.WhenAll(
            TryAsync(a => a.Get<Departures>().ReactivateAsync(_business.EmployeeIds[SeededRoles.Agent], Cancellation)),
            TryAsync(a => a.Get<Departures>().ReactivateAsync(_business.EmployeeIds[SeededRoles.Viewer], Cancellation)),
            TryAsync(a => InviteAsync(a, "one@example.test")), TryAsync(a => InviteAsync(a, "two@example.test")));
        Assert.Single(tries, t => t is null);
    }

    [Fact]
    public async Task An_invitation_that_ran_out_takes_a_place_again_when_it_is_sent_again()
    {
        await using var admin = Desk.Of(_inbox, _business, SeededRoles.Admin);
        var first = await InviteAsync(admin, "first@example.test");
        _clock.AdjustTime(_clock.GetUtcNow() + Inviting.Validity + TimeSpan.FromSeconds(1));
        await InviteAsync(admin, "second@example.test");
        var third = await InviteAsync(admin, "third@example.test");
        await Assert.ThrowsAsync<TeamRefusedException>(() => admin.Get<Inviting>().SendAgainAsync(first, Cancellation));
        await admin.Get<Invitations>().RevokeAsync(third, Cancellation);
        await admin.Get<Inviting>().SendAgainAsync(first, Cancellation);
    }

    private async Task<Exception?> TryAsync(Func<Desk, Task> work)
    {
        await using var admin = Desk.Of(_inbox, _business, SeededRoles.Admin);
        return await Task.Run(async () => await Record.ExceptionAsync(() => work(admin)), Cancellation);
    }

    private static async Task<Guid> InviteAsync(Desk admin, string email) => await admin.Get<Inviting>().InviteAsync(new NewInvitation(
        email, "Guest", await admin.ReadAsync(db => db.Roles.Where(r => r.Name == SeededRoles.Agent).Select(r => r.Id).SingleAsync(Cancellation)), [], "en"), Cancellation);
}
