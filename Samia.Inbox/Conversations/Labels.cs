using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>A word by which conversations are sorted.</summary>
/// <param name="Color">As <c>#rrggbb</c>.</param>
public sealed record LabelDetails(Guid Id, string Name, string Color, string Description, DateTimeOffset CreatedAt);

/// <summary>What a label is to be.</summary>
/// <param name="Color">As <c>#rrggbb</c>.</param>
public sealed record LabelContent(string Name, string Color, string Description);

/// <summary>The business's labels.</summary>
public sealed partial class Labels(
    IDbContextFactory<SamiaDbContext> contexts, LiveTransaction transaction, PermissionChecker permissions, TimeProvider time,
    IStringLocalizer<Texts> texts)
{
    public const int MaxNameLength = 60;
    public const int MaxDescriptionLength = 300;

    /// <summary>In the order in which they were made, those after <paramref name="after"/> if it is given.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not see conversations.</exception>
    [RequiresPermission(Permissions.ViewConversations)]
    public async Task<List<LabelDetails>> PageAsync(Guid? after, int count, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewConversations, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Details(db.Labels.Where(l => after == null || l.Id.CompareTo(after.Value) > 0).OrderBy(l => l.Id).Take(count))
            .ToListAsync(cancellationToken);
    }

    /// <returns>Null if the business has no such label.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may neither see conversations nor manage labels.</exception>
    [RequiresPermission(Permissions.ViewConversations), RequiresPermission(Permissions.ManageLabels)]
    public async Task<LabelDetails?> FindAsync(Guid labelId, CancellationToken cancellationToken)
    {
        await permissions.DemandAnyAsync([Permissions.ViewConversations, Permissions.ManageLabels], cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Details(db.Labels.Where(l => l.Id == labelId)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <exception cref="NotPermittedException">Whoever acts may not manage labels.</exception>
    /// <exception cref="ArgumentException">A value is wrong; the message is for people.</exception>
    /// <exception cref="ConflictException">Another label has the name.</exception>
    [RequiresPermission(Permissions.ManageLabels)]
    public async Task<LabelDetails> CreateAsync(LabelContent content, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageLabels, cancellationToken);
        content = Checked(content);
        return await OrTakenAsync(content.Name, transaction.RunAsync(async (db, live, ct) =>
        {
            var now = time.GetUtcNow();
            var label = new Label
            {
                Id = Guid.CreateVersion7(now), Name = content.Name, Color = content.Color, Description = content.Description, CreatedAt = now,
            };
            db.Add(label);
            await db.SaveChangesAsync(ct);
            Log(db, live, "label.created", label, null);
            return DetailsOf(label);
        }, cancellationToken));
    }

    /// <returns>Null if the business has no such label.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage labels.</exception>
    /// <exception cref="ArgumentException">A value is wrong; the message is for people.</exception>
    /// <exception cref="ConflictException">Another label has the name.</exception>
    [RequiresPermission(Permissions.ManageLabels)]
    public async Task<LabelDetails?> UpdateAsync(Guid labelId, LabelContent content, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageLabels, cancellationToken);
        content = Checked(content);
        return await OrTakenAsync(content.Name, transaction.RunAsync(async (db, live, ct) =>
        {
            if (await db.Labels.SingleOrDefaultAsync(l => l.Id == labelId, ct) is not { } label)
            {
                return null;
            }

            var before = DetailsOf(label);
            (label.Name, label.Color, label.Description) = (content.Name, content.Color, content.Description);
            if (DetailsOf(label) != before)
            {
                await db.SaveChangesAsync(ct);
                Log(db, live, "label.changed", label, before);
            }

            return DetailsOf(label);
        }, cancellationToken));
    }

    /// <summary>Takes it off every conversation, too.</summary>
    /// <returns>False if the business has no such label.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage labels.</exception>
    [RequiresPermission(Permissions.ManageLabels)]
    public async Task<bool> DeleteAsync(Guid labelId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageLabels, cancellationToken);
        return await transaction.RunAsync(async (db, live, ct) =>
        {
            if (await db.Labels.SingleOrDefaultAsync(l => l.Id == labelId, ct) is not { } label)
            {
                return false;
            }

            db.Remove(label);
            live.Business();
            db.Add(new ActivityLog
            {
                At = time.GetUtcNow(), Action = "label.deleted", SubjectId = label.Id, SubjectName = label.Name,
                Before = JsonSerializer.Serialize(DetailsOf(label)),
            });
            return true;
        }, cancellationToken);
    }

    private void Log(SamiaDbContext db, LiveChanges live, string action, Label label, LabelDetails? before)
    {
        live.Business();
        db.Add(new ActivityLog
        {
            At = time.GetUtcNow(), Action = action, SubjectId = label.Id, SubjectName = label.Name,
            Before = before is null ? null : JsonSerializer.Serialize(before), After = JsonSerializer.Serialize(DetailsOf(label)),
        });
    }

    private LabelContent Checked(LabelContent content)
    {
        var (name, color, description) = (content.Name.Trim(), content.Color.ToLowerInvariant(), content.Description.Trim());
        return name.Length is 0 or > MaxNameLength ? throw new ArgumentException(texts["A label's name has 1 to {0} characters.", MaxNameLength])
            : !Color().IsMatch(color) ? throw new ArgumentException(texts["Write the color as #rrggbb."])
            : description.Length > MaxDescriptionLength ? throw new ArgumentException(texts["A description has at most {0} characters.", MaxDescriptionLength])
            : new LabelContent(name, color, description);
    }

    private async Task<T> OrTakenAsync<T>(string name, Task<T> change)
    {
        try
        {
            return await change;
        }
        catch (DbUpdateException taken) when (taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ConflictException(texts["There is a label {0} already.", name]);
        }
    }

    private static LabelDetails DetailsOf(Label label) => new(label.Id, label.Name, label.Color, label.Description, label.CreatedAt);

    private static IQueryable<LabelDetails> Details(IQueryable<Label> labels) =>
        labels.Select(l => new LabelDetails(l.Id, l.Name, l.Color, l.Description, l.CreatedAt));

    [GeneratedRegex("^#[0-9a-f]{6}$")]
    private static partial Regex Color();
}
