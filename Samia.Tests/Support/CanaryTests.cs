using Samia.Inbox.Team;

namespace Samia.Tests.Support;

/// <summary>The search for secrets in the clear finds them: without this it would hold of anything.</summary>
public sealed class CanaryTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private TestDatabase Database => running.Inbox.Database;

    [Fact]
    public async Task A_secret_is_found_in_a_column_in_bytes_and_in_a_log_and_none_where_there_is_none()
    {
        var business = await TestBusiness.CreateAsync(running.Inbox);
        using var visitor = new Team.WebVisitor(running.Inbox);
        await visitor.SignInAsync(business, SeededRoles.Admin);
        Assert.Empty(await Canary.HeardInAsync(Database));

        await Database.ExecuteAsync("update businesses set ai_key = $1", $"sk-{Canary.Song}");
        await Database.ExecuteAsync("""
            insert into employee_avatars (business_id, id, employee_id, content, content_type)
            values ($1, gen_random_uuid(), $2, convert_to($3, 'UTF8'), 'image/webp')
            """, business.Id, business.EmployeeIds[SeededRoles.Admin], Canary.Song);
        Assert.Equal(["public.businesses", "public.employee_avatars"],
            (await Canary.HeardInAsync(Database)).Select(heard => heard[..heard.IndexOf(':', StringComparison.Ordinal)]).Order());

        string[] log = ["all is well", $"password={TestBusiness.Password}", "samia_" + new string('x', 86), "whsec_" + new string('A', 32), "samia_platform"];
        Assert.Equal(log[1..4], Canary.HeardIn(log));
    }
}
