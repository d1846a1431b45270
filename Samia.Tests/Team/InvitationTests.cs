using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Samia.Data;
using Samia.Inbox.Mail;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

public sealed class InvitationTests(TestServers servers) : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private TestInbox _inbox = null!;
    private TestBusiness _business = null!;
    private Desk _manager = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers, configure: b => b.Services.AddSingleton<TimeProvider>(_clock));
        _business = await TestBusiness.CreateAsync(_inbox, "Cedar Dental");
        _manager = Desk.Of(_inbox, _business, SeededRoles.Manager);
    }

    public async ValueTask DisposeAsync()
    {
        await _manager.DisposeAsync();
        await _inbox.DisposeAsync();
    }

    [Fact]
    public async Task Somebody_gets_a_mail_with_a_link_of_which_only_the_hash_is_kept()
    {
        var team = await _manager.Get<Teams>().CreateAsync(new TeamDetails("Readings", "", []), Cancellation);
        var id = await InviteAsync(i => i with { Email = " Maya@Example.test ", TeamIds = [team] });
        var mail = Assert.Single(await MailsAsync());
        Assert.Equal("maya@example.test", mail.To);
        Assert.Equal("Cedar Dental invites you to Samia", mail.Subject);
        Assert.Contains("Manager One", string.Concat(mail.Paragraphs));
        var (businessId, invitationId, secret) = Parts(mail);
        Assert.Equal((_business.Id, id), (businessId, invitationId));
        Assert.Equal(43, secret.Text.Length);

        var kept = await _manager.ReadAsync(db => db.Invitations.SingleAsync(Cancellation));
        Assert.True(secret.Opens(kept.SecretHash));
        Assert.False(InvitationSecret.New().Opens(kept.SecretHash));
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromDays(7), kept.ExpiresAt, TimeSpan.FromSeconds(1));
        Assert.Equal([team], kept.TeamIds);
        Assert.False(await _inbox.Database.ScalarAsync<bool>("select exists (select from activity_logs l where l::text like '%' || $1 || '%')", secret.Text));
        var log = await _manager.ReadAsync(db => db.ActivityLogs.SingleAsync(l => l.Action == "invitation.sent", Cancellation));
        Assert.Equal((ActorKind.Employee, _manager.EmployeeId, "Maya", """{"role": "Agent"}"""), (log.ActorKind, log.EmployeeId, log.SubjectName, log.After));
        var open = Assert.Single(await _manager.Get<Invitations>().OpenAsync(Cancellation));
        Assert.Equal(("maya@example.test", "Agent", "Manager One"), (open.Email, open.RoleName, open.InvitedBy));
    }

    [Fact]
    public async Task The_mail_is_in_the_language_of_whoever_is_invited()
    {
        await InviteAsync(i => i with { Language = "ar" });
        var mail = Assert.Single(await MailsAsync());
        Assert.Equal(("ar", "يدعوك Cedar Dental إلى سامية"), (mail.Language, mail.Subject));
    }

    [Fact]
    public async Task Whoever_is_here_was_here_or_is_invited_is_not_invited_again()
    {
        await InviteAsync(i => i with { Email = "maya@example.test" });
        Assert.Contains("already", await RefusalAsync(i => i with { Email = "MAYA@example.test" }));
        Assert.Contains("already", await RefusalAsync(i => i with { Email = _business.EmailOf(SeededRoles.Agent).ToUpperInvariant() }));
        await _manager.Get<Departures>().DeactivateAsync(_business.EmployeeIds[SeededRoles.Agent], Cancellation);
        Assert.Contains("Reactivate", await RefusalAsync(i => i with { Email = _business.EmailOf(SeededRoles.Agent) }));
        Assert.Single(await MailsAsync());

        // Who works for another business may work here too.
        var elsewhere = (await TestBusiness.CreateAsync(_inbox)).EmailOf(SeededRoles.Agent);
        await InviteAsync(i => i with { Email = elsewhere });
        Assert.Equal(2, (await MailsAsync()).Count);
    }

    [Fact]
    public async Task Two_who_invite_one_person_at_once_send_one_mail()
    {
        var agent = await RoleAsync(SeededRoles.Agent);
        var tries = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var desk = Desk.Of(_inbox, _business, SeededRoles.Admin);
            return await Record.ExceptionAsync(() => desk.Get<Inviting>().InviteAsync(Asked(agent), Cancellation));
        }, Cancellation)));
        Assert.Single(tries, t => t is null);
        Assert.All(tries.OfType<Exception>(), t => Assert.IsType<TeamRefusedException>(t));
        Assert.Single(await MailsAsync());
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_no_mail_goes_out()
    {
        foreach (var email in (string[])["", "maya", "maya@", "@example.test", "Maya <maya@example.test>", "a@b.test, c@d.test", new string('a', 260) + "@b.test"])
        {
            Assert.NotEmpty(await RefusalAsync(i => i with { Email = email }));
        }

        var admin = await RoleAsync(SeededRoles.Admin);
        var elsewhere = await TestBusiness.CreateAsync(_inbox);
        var foreign = await _inbox.Database.ScalarAsync<Guid>("select id from roles where business_id = $1 and name = 'Viewer'", elsewhere.Id);
        Assert.NotEmpty(await RefusalAsync(i => i with { Name = " " }));
        Assert.NotEmpty(await RefusalAsync(i => i with { Language = "tlh" }));
        Assert.NotEmpty(await RefusalAsync(i => i with { TeamIds = [Guid.NewGuid()] }));
        Assert.NotEmpty(await RefusalAsync(i => i with { RoleId = Guid.NewGuid() }));
        Assert.NotEmpty(await RefusalAsync(i => i with { RoleId = foreign }));
        Assert.Contains("Admin", await RefusalAsync(i => i with { RoleId = admin }));
        await _inbox.Database.ExecuteAsync("update businesses set plan_id = 'trial' where id = $1", _business.Id);
        await InviteAsync(i => i with { Email = "fifth@example.test" });
        Assert.Contains("room for 5", await RefusalAsync(i => i with { Email = "sixth@example.test" }));
        Assert.Single(await MailsAsync());
        await using var agent = Desk.Of(_inbox, _business);
        await Assert.ThrowsAsync<NotPermittedException>(() => agent.Get<Inviting>().InviteAsync(Asked(admin), Cancellation));
    }

    [Fact]
    public async Task An_invitation_that_is_sent_again_has_another_link_and_holds_for_another_week()
    {
        var id = await InviteAsync(i => i);
        var first = Parts(Assert.Single(await MailsAsync())).Secret;
        Assert.Contains("less than a minute", (await Assert.ThrowsAsync<TeamRefusedException>(() => _manager.Get<Inviting>().SendAgainAsync(id, Cancellation))).Message);
        _clock.AdjustTime(_clock.GetUtcNow().AddDays(8));
        await _manager.Get<Inviting>().SendAgainAsync(id, Cancellation);
        var second = Parts((await MailsAsync())[^1]).Secret;
        var kept = await _manager.ReadAsync(db => db.Invitations.AsNoTracking().SingleAsync(Cancellation));
        Assert.True(second.Opens(kept.SecretHash) && !first.Opens(kept.SecretHash));
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromDays(7), kept.ExpiresAt, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task One_that_is_revoked_is_over_and_the_person_can_be_invited_anew()
    {
        var id = await InviteAsync(i => i);
        await _manager.Get<Invitations>().RevokeAsync(id, Cancellation);
        await _manager.Get<Invitations>().RevokeAsync(id, Cancellation);
        Assert.Empty(await _manager.Get<Invitations>().OpenAsync(Cancellation));
        _clock.Advance(TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<TeamRefusedException>(() => _manager.Get<Inviting>().SendAgainAsync(id, Cancellation));
        await InviteAsync(i => i);
        Assert.Equal(1, await _manager.ReadAsync(db => db.ActivityLogs.CountAsync(l => l.Action == "invitation.revoked", Cancellation)));

        await _inbox.Database.ExecuteAsync("update invitations set accepted_at = now() where business_id = $1 and revoked_at is null", _business.Id);
        var accepted = await _manager.ReadAsync(db => db.Invitations.Where(i => i.AcceptedAt != null).Select(i => i.Id).SingleAsync(Cancellation));
        await Assert.ThrowsAsync<TeamRefusedException>(() => _manager.Get<Invitations>().RevokeAsync(accepted, Cancellation));
    }

    [Fact]
    public async Task Another_business_reaches_none_of_it()
    {
        var id = await InviteAsync(i => i);
        await using var stranger = Desk.Of(_inbox, await TestBusiness.CreateAsync(_inbox), SeededRoles.Admin);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await stranger.Get<Invitations>().OpenAsync(Cancellation));
        await Assert.ThrowsAsync<TeamRefusedException>(() => stranger.Get<Inviting>().SendAgainAsync(id, Cancellation));
        await Assert.ThrowsAsync<TeamRefusedException>(() => stranger.Get<Invitations>().RevokeAsync(id, Cancellation));
        Assert.Single(await MailsAsync());
        Assert.Single(await _manager.Get<Invitations>().OpenAsync(Cancellation));
    }

    private async Task<Guid> InviteAsync(Func<NewInvitation, NewInvitation> with) =>
        await _manager.Get<Inviting>().InviteAsync(with(Asked(await RoleAsync(SeededRoles.Agent))), Cancellation);

    private async Task<string> RefusalAsync(Func<NewInvitation, NewInvitation> with) =>
        (await Assert.ThrowsAsync<TeamRefusedException>(() => InviteAsync(with))).Message;

    private static NewInvitation Asked(Guid role) => new("maya@example.test", "Maya", role, [], "en");

    private Task<Guid> RoleAsync(string name) => _manager.ReadAsync(db => db.Roles.Where(r => r.Name == name).Select(r => r.Id).SingleAsync(Cancellation));

    // As the dispatcher reads them: nothing sends mails here.
    private async Task<List<MailMessage>> MailsAsync()
    {
        await using var db = await _inbox.Get<IDbContextFactory<PlatformDbContext>>().CreateDbContextAsync(Cancellation);
        var queued = await db.QueuedMails.OrderBy(m => m.Id).ToListAsync(Cancellation);
        return queued.ConvertAll(m => _inbox.Get<MailProtector>().Unprotect(m.Id, m.Content));
    }

    private static (Guid BusinessId, Guid InvitationId, InvitationSecret Secret) Parts(MailMessage mail)
    {
        Assert.Equal("inbox.samia.test", mail.ActionLink!.Host);
        var parts = mail.ActionLink.AbsolutePath.Split('/');
        Assert.Equal("invitation", parts[1]);
        return (Guid.Parse(parts[2]), Guid.Parse(parts[3]), new InvitationSecret(parts[4]));
    }
}
