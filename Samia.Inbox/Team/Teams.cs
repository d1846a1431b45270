using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Live;

namespace Samia.Inbox.Team;

/// <summary>What a team is called, what it is for, and who belongs to it.</summary>
public sealed record TeamDetails(string Name, string Description, IReadOnlyList<Guid> MemberIds);

/// <summary>A team of the business.</summary>
public sealed record TeamRow(Guid Id, string Name, string Description, IReadOnlyList<Guid> MemberIds);

/// <summary>The teams among whose employees conversations are shared out.</summary>
public sealed class Teams(
    LiveTransaction transaction, IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions,
    Handback handback, IStringLocalizer<Texts> texts, TimeProvider time)
{
    private const int MaxName = 60;
    private const int MaxDescription = 300;

    /// <summary>In the order of their names.</summary>
    [RequiresNoPermission("colleagues know which teams there are, and who is in them")]
    public async Task<IReadOnlyList<TeamRow>> AllAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Teams.OrderBy(t => t.Name).Select(t => new TeamRow(t.Id, t.Name, t.Description,
            db.TeamMembers.Where(m => m.TeamId == t.Id).Select(m => m.EmployeeId).ToList())).ToListAsync(cancellationToken);
    }

    /// <returns>The new team's id.</returns>
    /// <exception cref="TeamRefusedException">A value is wrong, or another team has the name.</exception>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task<Guid> CreateAsync(TeamDetails details, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageTeam, cancellationToken);
        var (name, description) = Checked(details);
        return await SaveAsync(async (db, live, ct) =>
        {
            var now = time.GetUtcNow();
            var team = new EmployeeTeam { Name = name, Description = description, CreatedAt = now };
            db.Add(team);
            var changes = new FieldChanges();
            changes.Note("name", null, name);
            changes.Note("description", "", description);
            await ChangeMembersAsync(db, team.Id, details.MemberIds, changes, ct);
            db.Add(changes.ToLog("team.created", team.Id, name, now));
            live.Business();
            // Whoever sees only what is their teams' sees something else now.
            live.Permissions();
            return team.Id;
        }, cancellationToken);
    }

    /// <exception cref="TeamRefusedException">A value is wrong, another team has the name, or there is no such team.</exception>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task ChangeAsync(Guid teamId, TeamDetails details, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageTeam, cancellationToken);
        var (name, description) = Checked(details);
        await SaveAsync(async (db, live, ct) =>
        {
            var team = await LockAsync(db, teamId, ct) ?? throw new TeamRefusedException(texts["This team is no more."]);
            var changes = new FieldChanges();
            changes.Note("name", team.Name, name);
            changes.Note("description", team.Description, description);
            await ChangeMembersAsync(db, teamId, details.MemberIds, changes, ct);
            if (changes.Any)
            {
                (team.Name, team.Description) = (name, description);
                db.Add(changes.ToLog("team.changed", teamId, name, time.GetUtcNow()));
                live.Business();
                // Whoever sees only what is their teams' sees something else now.
                live.Permissions();
            }

            return teamId;
        }, cancellationToken);
    }

    /// <summary>Its conversations are nobody's team's afterwards. <see cref="Handback.CountOfTeamAsync"/> says how many.</summary>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task DeleteAsync(Guid teamId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageTeam, cancellationToken);
        for (var deleted = false; !deleted;)
        {
            var conversations = await handback.FromTeamAsync(teamId, cancellationToken);
            deleted = await TryDeleteAsync(teamId, conversations, cancellationToken);
        }
    }

    /// <returns>False if the team was given a conversation meanwhile.</returns>
    private async Task<bool> TryDeleteAsync(Guid teamId, int conversations, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.RunAsync(async (db, live, ct) =>
            {
                if (await LockAsync(db, teamId, ct) is not { } team)
                {
                    return;
                }

                var changes = new FieldChanges();
                changes.Note("name", team.Name, null);
                changes.Note("conversations", conversations, 0);
                await ChangeMembersAsync(db, teamId, [], changes, ct);
                db.Remove(team);
                db.Add(changes.ToLog("team.deleted", teamId, team.Name, time.GetUtcNow()));
                live.Business();
                // Whoever sees only what is their teams' sees something else now.
                live.Permissions();
            }, cancellationToken);
            return true;
        }
        catch (DbUpdateException referred) when (Breaks(referred, PostgresErrorCodes.ForeignKeyViolation))
        {
            return false;
        }
    }

    private (string Name, string Description) Checked(TeamDetails details) => (details.Name.Trim(), details.Description.Trim()) switch
    {
        ("", _) => throw new TeamRefusedException(texts["Write a name for the team."]),
        ({ Length: > MaxName }, _) => throw new TeamRefusedException(texts["The name is too long; {0} letters are possible.", MaxName]),
        (_, { Length: > MaxDescription }) =>
            throw new TeamRefusedException(texts["The description is too long; {0} letters are possible.", MaxDescription]),
        var fields => fields,
    };

    private async Task ChangeMembersAsync(
        SamiaDbContext db, Guid teamId, IReadOnlyList<Guid> memberIds, FieldChanges changes, CancellationToken cancellationToken)
    {
        var before = await db.TeamMembers.Where(m => m.TeamId == teamId).ToListAsync(cancellationToken);
        var concerned = before.Select(m => m.EmployeeId).Concat(memberIds).ToHashSet();
        var names = await db.Employees.Where(e => concerned.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name, cancellationToken);
        if (!memberIds.All(names.ContainsKey))
        {
            throw Employees.Unknown(texts);
        }

        // By id, because two people may have one name.
        if (changes.NoteSet("members", [.. before.Select(m => m.EmployeeId)], memberIds))
        {
            db.RemoveRange(before.Where(m => !memberIds.Contains(m.EmployeeId)));
            db.AddRange(memberIds.Distinct().Except(before.Select(m => m.EmployeeId))
                .Select(e => new TeamMember { TeamId = teamId, EmployeeId = e }));
        }
    }

    private async Task<Guid> SaveAsync(
        Func<SamiaDbContext, LiveChanges, CancellationToken, Task<Guid>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await transaction.RunAsync(work, cancellationToken);
        }
        catch (DbUpdateException taken) when (Breaks(taken, PostgresErrorCodes.UniqueViolation))
        {
            throw new TeamRefusedException(texts["There is a team with this name already."]);
        }
    }

    private static async Task<EmployeeTeam?> LockAsync(SamiaDbContext db, Guid teamId, CancellationToken cancellationToken) =>
        (await db.Teams.FromSql($"select * from teams where id = {teamId} for no key update").ToListAsync(cancellationToken))
        .SingleOrDefault();

    private static bool Breaks(DbUpdateException exception, string sqlState) =>
        exception.InnerException is PostgresException postgres && postgres.SqlState == sqlState;
}
