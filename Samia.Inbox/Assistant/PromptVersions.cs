using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Assistant;

/// <summary>The texts of a prompt, one after another. Publishing an older one goes back to it.</summary>
public sealed class PromptVersions(
    IDbContextFactory<SamiaDbContext> contexts, LiveTransaction transaction, PermissionChecker permissions, TimeProvider time,
    IStringLocalizer<Texts> texts)
{
    public const int MaxBodyLength = 20_000;

    /// <summary>The newest first, those below <paramref name="before"/> if it is given.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not manage prompts.</exception>
    [RequiresPermission(Permissions.ManagePrompts)]
    public async Task<List<PromptVersionDetails>> PageAsync(Guid promptId, int? before, int count, CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ManagePrompts, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.PromptVersions.Where(v => v.PromptTemplateId == promptId && (before == null || v.Number < before))
            .OrderByDescending(v => v.Number).Take(count)
            .Select(v => new PromptVersionDetails(v.Number, v.Body, v.AuthorId, v.CreatedAt)).ToListAsync(cancellationToken);
    }

    /// <summary>Writes the next version. It is used once it is published.</summary>
    /// <returns>Null if the business has no such prompt.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage prompts.</exception>
    /// <exception cref="ArgumentException">The text is empty or too long; the message is for people.</exception>
    [RequiresPermission(Permissions.ManagePrompts)]
    public async Task<PromptVersionDetails?> AddAsync(Guid promptId, string body, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManagePrompts, cancellationToken);
        body = BodyOf(body, texts);
        return await transaction.RunAsync(async (db, _, ct) =>
        {
            if (await LockAsync(db, promptId, ct) is not { } template)
            {
                return null;
            }

            var now = time.GetUtcNow();
            var last = await db.PromptVersions.Where(v => v.PromptTemplateId == promptId).MaxAsync(v => (int?)v.Number, ct) ?? 0;
            var version = new PromptVersion
            {
                PromptTemplateId = promptId, Number = last + 1, Body = body, AuthorId = db.Tenant.EmployeeId, CreatedAt = now,
            };
            db.Add(version);
            Log(db, "prompt.version_written", template, version.Number);
            return new PromptVersionDetails(version.Number, body, version.AuthorId, now);
        }, cancellationToken);
    }

    /// <summary>From now on the assistant uses this version.</summary>
    /// <returns>False if the business has no such prompt, or the prompt no such version.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage prompts.</exception>
    [RequiresPermission(Permissions.ManagePrompts)]
    public async Task<bool> PublishAsync(Guid promptId, int number, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManagePrompts, cancellationToken);
        return await transaction.RunAsync(async (db, _, ct) =>
        {
            var template = await LockAsync(db, promptId, ct);
            var version = await db.PromptVersions.Where(v => v.PromptTemplateId == promptId && v.Number == number)
                .Select(v => (Guid?)v.Id).SingleOrDefaultAsync(ct);
            if (template is null || version is null)
            {
                return false;
            }

            if (template.PublishedVersionId != version)
            {
                template.PublishedVersionId = version;
                Log(db, "prompt.published", template, number);
            }

            return true;
        }, cancellationToken);
    }

    /// <exception cref="ArgumentException">The text is empty or too long; the message is for people.</exception>
    internal static string BodyOf(string body, IStringLocalizer<Texts> texts) => body.Trim() is { Length: > 0 and <= MaxBodyLength } trimmed
        ? trimmed
        : throw new ArgumentException(texts["A prompt has 1 to {0} characters.", MaxBodyLength]);

    // One after another, so that no number is given twice.
    private static async Task<PromptTemplate?> LockAsync(SamiaDbContext db, Guid id, CancellationToken cancellationToken) =>
        (await db.PromptTemplates.FromSql($"select * from prompt_templates where id = {id} for update").ToListAsync(cancellationToken))
            .SingleOrDefault();

    private void Log(SamiaDbContext db, string action, PromptTemplate template, int version) => db.Add(new ActivityLog
    {
        At = time.GetUtcNow(), Action = action, SubjectId = template.Id, SubjectName = template.Name,
        After = JsonSerializer.Serialize(new { version }),
    });
}
