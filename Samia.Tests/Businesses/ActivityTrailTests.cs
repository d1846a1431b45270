using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Team;
using Samia.Tests.Architecture;
using Samia.Tests.Support;
using Samia.Tests.Team;

namespace Samia.Tests.Businesses;

public sealed partial class ActivityTrailTests(TestServers servers) : IAsyncLifetime
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
    public async Task It_is_read_page_by_page_from_the_newest_and_only_by_who_may()
    {
        await LogAsync(_admin, Enumerable.Range(1, ActivityTrail.PageSize + 3).Select(n => Row("team.created", $"Team {n}")));
        var trail = _admin.Get<ActivityTrail>();
        var first = await trail.PageAsync(new(), null, Stop);
        Assert.Equal(ActivityTrail.PageSize, first.Count);
        Assert.Equal($"Team {ActivityTrail.PageSize + 3}", first[0].SubjectName);
        Assert.Equal("Admin One", first[0].Actor);
        Assert.Equal(["Team 3", "Team 2", "Team 1"], (await trail.PageAsync(new(), first[^1].Sequence, Stop)).Select(r => r.SubjectName));

        await using var agent = Desk.Of(_inbox, _business);
        await Assert.ThrowsAsync<NotPermittedException>(() => agent.Get<ActivityTrail>().PageAsync(new(), null, Stop));
    }

    [Fact]
    public async Task Filters_say_who_what_and_when_in_the_businesss_own_days()
    {
        await using var agent = Desk.Of(_inbox, _business);
        // Beirut is two hours ahead in winter: this is the fourth of January there.
        await LogAsync(_admin, [Row("team.created", "Readings_100%", at: new(2026, 1, 3, 22, 30, 0, TimeSpan.Zero))]);
        await LogAsync(agent, [Row("employee.changed", "Layal", at: new(2026, 1, 3, 21, 30, 0, TimeSpan.Zero))]);

        Assert.Equal(["Layal"], await NamesAsync(new(EmployeeId: agent.EmployeeId)));
        Assert.Equal(["Readings_100%"], await NamesAsync(new(Area: "team")));
        Assert.Empty(await NamesAsync(new(Area: "tea")));
        Assert.Equal(["Readings_100%"], await NamesAsync(new(From: new(2026, 1, 4), To: new(2026, 1, 4))));
        Assert.Equal(["Layal"], await NamesAsync(new(To: new(2026, 1, 3))));
        Assert.Equal(["Readings_100%"], await NamesAsync(new("s_100%")));
        Assert.Equal(["Readings_100%"], await NamesAsync(new("READ")));
        Assert.Empty(await NamesAsync(new("sX100%")));
    }

    [Fact]
    public async Task An_export_has_every_row_no_formula_and_is_logged_itself()
    {
        await LogAsync(_admin, [Row("team.created", "=HYPERLINK(\"http://evil\")"), Row("team.created", "قراءات")]);
        using var visitor = new WebVisitor(_inbox);
        await visitor.SignInAsync(_business, SeededRoles.Admin);
        using var response = await visitor.GetAsync("/settings/activity.csv?area=team");
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        var csv = await response.Content.ReadAsStringAsync(Stop);
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Contains("قراءات", csv);
        Assert.DoesNotContain(",=HYPERLINK", csv);
        Assert.DoesNotContain(",\"=HYPERLINK", csv);
        Assert.Contains("activity.exported", (await _admin.Get<ActivityTrail>().PageAsync(new(), null, Stop)).Select(r => r.Action));
    }

    [Fact]
    public async Task An_export_is_refused_to_who_may_not_see_the_log()
    {
        using var visitor = new WebVisitor(_inbox);
        await visitor.SignInAsync(_business, SeededRoles.Agent);
        using var response = await visitor.GetAsync("/settings/activity.csv");
        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public void Every_action_that_is_logged_has_words_and_an_area()
    {
        var logged = (
            from file in Sources.Of("Samia.Inbox", ".cs").Concat(Sources.Of("Samia.Local", ".cs"))
            from Match action in LoggedAction().Matches(file.Text)
            select action.Groups["action"].Value).Distinct().ToList();
        Assert.True(logged.Count > 10, "The pattern finds too few actions.");
        Assert.Empty(logged.Except(ActivityWords.Actions.Keys));
        Assert.Empty(logged.Select(a => a.Split('.')[0]).Except(ActivityWords.Areas.Keys));
    }

    [Fact]
    public void Changes_are_said_field_by_field()
    {
        var changes = ActivityWords.Changes("""{"name":"A","teams":["x","y"],"gone":1}""", """{"name":"ب","teams":[],"capacity":null}""");
        Assert.Equal([("name", "A", "ب"), ("teams", "x, y", ""), ("gone", "1", null), ("capacity", null, null)], changes);
        Assert.Empty(ActivityWords.Changes(null, null));
    }

    private async Task<IEnumerable<string?>> NamesAsync(ActivityQuery query) =>
        (await _admin.Get<ActivityTrail>().PageAsync(query, null, Stop)).Select(r => r.SubjectName);

    private static ActivityLog Row(string action, string subject, DateTimeOffset? at = null) =>
        new() { At = at ?? DateTimeOffset.UtcNow, Action = action, SubjectName = subject };

    private static async Task LogAsync(Desk desk, IEnumerable<ActivityLog> rows)
    {
        await using var db = await desk.Get<IDbContextFactory<SamiaDbContext>>().CreateDbContextAsync(Stop);
        foreach (var row in rows)
        {
            db.Add(row);
            await db.SaveChangesAsync(Stop);
        }
    }

    // Action = "x.y", or the first text of a call that makes a row: Logged(…), ToLog(…), WriteAsync(…), Log(…), Changed(…), ChangedAsync(…).
    [GeneratedRegex(@"(?:Action = |\b(?:Logged|ToLog|WriteAsync|Log|Changed|ChangedAsync)\([^""\n;]*)""(?<action>[a-z_]+\.[a-z_]+)""")]
    private static partial Regex LoggedAction();
}
