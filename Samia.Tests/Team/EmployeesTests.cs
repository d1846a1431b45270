using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>Those who manage the team look for employees and change them.</summary>
public sealed class EmployeesTests(RunningInbox running) : IClassFixture<RunningInbox>, IAsyncLifetime
{
    private TestBusiness _business = null!;
    private Desk _admin = null!;
    private Desk _manager = null!;

    private TestInbox Inbox => running.Inbox;
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private Guid AgentId => _business.EmployeeIds[SeededRoles.Agent];

    public async ValueTask InitializeAsync()
    {
        _business = await TestBusiness.CreateAsync(Inbox);
        _admin = Desk.Of(Inbox, _business, SeededRoles.Admin);
        _manager = Desk.Of(Inbox, _business, SeededRoles.Manager);
    }

    public async ValueTask DisposeAsync()
    {
        await _manager.DisposeAsync();
        await _admin.DisposeAsync();
    }

    [Theory]
    [InlineData(null, "Admin One,Agent One,Manager One,Viewer One")]
    [InlineData("  agent ", "Agent One")]
    [InlineData("VIEWER.", "Viewer One")]
    [InlineData("%", "")]
    [InlineData("' or true --", "")]
    public async Task A_search_finds_names_and_e_mails_and_takes_nothing_for_a_pattern(string? search, string found)
    {
        await TestBusiness.CreateAsync(Inbox);
        Assert.Equal(found, await NamesAsync(new EmployeeQuery(search)));
    }

    [Fact]
    public async Task Filters_say_whose_role_or_team_it_is_and_who_left()
    {
        var team = await _admin.Get<Teams>().CreateAsync(new TeamDetails("Readings", "", [AgentId, _admin.EmployeeId]), Cancellation);
        await _admin.Get<Departures>().DeactivateAsync(AgentId, Cancellation);
        Assert.Equal("Admin One,Manager One,Viewer One", await NamesAsync(new EmployeeQuery()));
        Assert.Equal("Agent One", await NamesAsync(new EmployeeQuery(IsActive: false)));
        Assert.Equal("Admin One,Agent One", await NamesAsync(new EmployeeQuery(IsActive: null, TeamId: team)));
        Assert.Equal("Manager One", await NamesAsync(new EmployeeQuery(RoleId: await RoleAsync(SeededRoles.Manager))));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_even_among_people_of_one_name()
    {
        await Inbox.Database.ExecuteAsync("""
            with people as (insert into users (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
                select gen_random_uuid(), e, upper(e), e, upper(e), true, false, false, true, 0 from (select $1 || '.' || n || '@example.test' e from generate_series(1, 120) n) x returning id)
            insert into employees (business_id, id, user_id, name, role_id, is_active, availability, languages, created_at)
            select $2, gen_random_uuid(), id, 'Same Name', $3, true, 'online', '{}', now() from people
            """, Guid.NewGuid().ToString("N"), _business.Id, await RoleAsync(SeededRoles.Agent));
        var all = new List<EmployeeRow>();
        IReadOnlyList<EmployeeRow> page;
        do
        {
            page = await _admin.Get<EmployeeDirectory>().PageAsync(new EmployeeQuery(), all.LastOrDefault(), Cancellation);
            Assert.InRange(page.Count, 1, EmployeeDirectory.PageSize);
            all.AddRange(page);
        }
        while (page.Count == EmployeeDirectory.PageSize);
        Assert.Equal(124, all.Select(e => e.Id).Distinct().Count());
        Assert.Equal(124, all.Count);
        Assert.All(all, e => Assert.Contains('@', e.Email));
    }

    [Fact]
    public async Task A_change_is_kept_and_logged_with_what_was_and_what_is()
    {
        var team = await _admin.Get<Teams>().CreateAsync(new TeamDetails("Bookings", "", []), Cancellation);
        await ChangeAsync(_admin, d => d with { Name = "  Layal Saab ", TeamIds = [team], Languages = ["fr", "ar", "ar"], Capacity = 10 });
        var now = (await _admin.Get<EmployeeDirectory>().FindAsync(AgentId, Cancellation))!;
        Assert.Equal(("Layal Saab", 10), (now.Name, now.Capacity));
        Assert.Equal(["ar", "fr"], now.Languages);
        Assert.Equal([team], now.TeamIds);
        Assert.Equal(_business.EmailOf(SeededRoles.Agent), now.Email);

        await ChangeAsync(_admin, d => d);
        var log = await _admin.ReadAsync(db => db.ActivityLogs.Where(l => l.Action == "employee.changed").SingleAsync(Cancellation));
        Assert.Equal((AgentId, "Layal Saab", _admin.EmployeeId), (log.SubjectId, log.SubjectName, log.EmployeeId));
        Assert.Equal("""{"name": "Agent One", "teams": [], "capacity": null, "languages": []}""", log.Before);
        Assert.Equal("""{"name": "Layal Saab", "teams": ["Bookings"], "capacity": 10, "languages": ["ar", "fr"]}""", log.After);
    }

    [Fact]
    public async Task A_role_that_is_changed_holds_from_the_next_question_on()
    {
        await using var agent = Desk.Of(Inbox, _business);
        var viewer = await RoleAsync(SeededRoles.Viewer);
        await ChangeAsync(_manager, d => d with { RoleId = viewer });
        Assert.False(await agent.Get<PermissionChecker>().MayAsync(Permissions.Reply, Cancellation));
    }

    [Fact]
    public async Task Nobody_gives_a_role_or_takes_one_that_allows_more_than_their_own()
    {
        var (admin, manager) = (await RoleAsync(SeededRoles.Admin), await RoleAsync(SeededRoles.Manager));
        await RefusedAsync(() => ChangeAsync(_manager, d => d with { RoleId = admin }));
        await RefusedAsync(() => _manager.Get<Employees>().ChangeAsync(_admin.EmployeeId, new EmployeeDetails("Admin One", manager, [], [], null), Cancellation));
        Assert.Equal(admin, (await _admin.Get<EmployeeDirectory>().FindAsync(_admin.EmployeeId, Cancellation))!.RoleId);
        var choices = await _manager.Get<RoleChoices>().AllAsync(Cancellation);
        Assert.Equal(["Agent", "Manager", "Viewer"], choices.Where(c => c.MayGive).Select(c => c.Name));

        // Everything else of somebody who may do more is theirs to change.
        await _manager.Get<Employees>().ChangeAsync(_admin.EmployeeId, new EmployeeDetails("Samia Haddad", admin, [], ["ar"], 5), Cancellation);
        Assert.Equal("Samia Haddad", (await _admin.Get<EmployeeDirectory>().FindAsync(_admin.EmployeeId, Cancellation))!.Name);
    }

    [Fact]
    public async Task The_last_who_can_manage_the_team_keeps_their_role()
    {
        var (admin, viewer) = (await RoleAsync(SeededRoles.Admin), await RoleAsync(SeededRoles.Viewer));
        await RefusedAsync(() => _admin.Get<Employees>().ChangeAsync(_admin.EmployeeId, new EmployeeDetails("Admin One", viewer, [], [], null), Cancellation));
        await ChangeAsync(_admin, d => d with { RoleId = admin });
        await _admin.Get<Employees>().ChangeAsync(_admin.EmployeeId, new EmployeeDetails("Admin One", viewer, [], [], null), Cancellation);
        Assert.Equal(viewer, await _admin.ReadAsync(db => db.Employees.Where(e => e.Id == _admin.EmployeeId).Select(e => e.RoleId).SingleAsync(Cancellation)));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_a_sentence_and_changes_nothing()
    {
        var before = await _admin.Get<EmployeeDirectory>().FindAsync(AgentId, Cancellation);
        await RefusedAsync(() => ChangeAsync(_admin, d => d with { Name = "  " }));
        await RefusedAsync(() => ChangeAsync(_admin, d => d with { Name = new string('a', 121) }));
        await RefusedAsync(() => ChangeAsync(_admin, d => d with { Capacity = -1 }));
        await RefusedAsync(() => ChangeAsync(_admin, d => d with { Languages = ["klingon"] }));
        await RefusedAsync(() => ChangeAsync(_admin, d => d with { RoleId = Guid.NewGuid() }));
        await RefusedAsync(() => ChangeAsync(_admin, d => d with { TeamIds = [Guid.NewGuid()] }));
        await RefusedAsync(() => _admin.Get<Employees>().ChangeAsync(Guid.NewGuid(), new EmployeeDetails("A", before!.RoleId, [], [], null), Cancellation));
        var other = await TestBusiness.CreateAsync(Inbox);
        await RefusedAsync(() => _admin.Get<Employees>().ChangeAsync(
            other.EmployeeIds[SeededRoles.Agent], new EmployeeDetails("A", before!.RoleId, [], [], null), Cancellation));
        Assert.Equivalent(before, await _admin.Get<EmployeeDirectory>().FindAsync(AgentId, Cancellation));
    }

    [Fact]
    public async Task One_changes_oneself_without_managing_the_team()
    {
        await using var agent = Desk.Of(Inbox, _business);
        await agent.Get<MyProfile>().ChangeAsync("Layal", ["ar", "en"], Cancellation);
        await agent.Get<MyProfile>().ChooseAvailabilityAsync(EmployeeAvailability.Away, Cancellation);
        var mine = (await agent.Get<MyProfile>().FindAsync(Cancellation))!;
        Assert.Equal(("Layal", EmployeeAvailability.Away), (mine.Name, mine.Availability));
        await RefusedAsync(() => agent.Get<MyProfile>().ChangeAsync("", [], Cancellation));
        var log = await agent.ReadAsync(db => db.ActivityLogs.Where(l => l.SubjectId == AgentId).OrderBy(l => l.Sequence).Select(l => l.After).ToListAsync(Cancellation));
        Assert.Equal(["""{"name": "Layal", "languages": ["ar", "en"]}""", """{"availability": "away"}"""], log);

        await _admin.Get<Departures>().DeactivateAsync(AgentId, Cancellation);
        await RefusedAsync(() => agent.Get<MyProfile>().ChooseAvailabilityAsync(EmployeeAvailability.Online, Cancellation));
    }

    private async Task<string> NamesAsync(EmployeeQuery query) =>
        string.Join(',', (await _admin.Get<EmployeeDirectory>().PageAsync(query, null, Cancellation)).Select(e => e.Name));

    private Task<Guid> RoleAsync(string name) => _admin.ReadAsync(db => db.Roles.Where(r => r.Name == name).Select(r => r.Id).SingleAsync(Cancellation));

    private async Task ChangeAsync(Desk by, Func<EmployeeDetails, EmployeeDetails> change)
    {
        var now = (await by.Get<EmployeeDirectory>().FindAsync(AgentId, Cancellation))!;
        await by.Get<Employees>().ChangeAsync(AgentId, change(new EmployeeDetails(now.Name, now.RoleId, now.TeamIds, now.Languages, now.Capacity)), Cancellation);
    }

    private static async Task RefusedAsync(Func<Task> work) => Assert.NotEmpty((await Assert.ThrowsAsync<TeamRefusedException>(work)).Message);
}
