using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Assistant;

/// <summary>The business's prompts. Which version the assistant uses is said by publishing one.</summary>
public sealed class PromptLibrary(
    IDbContextFactory<SamiaDbContext> contexts, LiveTransaction transaction, PermissionChecker permissions, TimeProvider time,
    IStringLocalizer<Texts> texts)
{
    public const int MaxNameLength = 120;

    /// <summary>In the order in which they were made, those after <paramref name="after"/> if it is given.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not manage prompts.</exception>
    [RequiresPermission(Permissions.ManagePrompts)]
    public async Task<List<PromptDetails>> PageAsync(Guid? after, int count, CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ManagePrompts, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Details(db, db.PromptTemplates.Where(p => after == null || p.Id.CompareTo(after.Value) > 0).OrderBy(p => p.Id).Take(count))
            .ToListAsync(cancellationToken);
    }

    /// <returns>Null if the business has no such prompt.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage prompts.</exception>
    [RequiresPermission(Permissions.ManagePrompts)]
    public async Task<PromptDetails?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ManagePrompts, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Details(db, db.PromptTemplates.Where(p => p.Id == id)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <returns>The id.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage prompts.</exception>
    /// <exception cref="ArgumentException">A value is wrong; the message is for people.</exception>
    /// <exception cref="ConflictException">Another prompt of this kind and language has the name.</exception>
    [RequiresPermission(Permissions.ManagePrompts)]
    public async Task<Guid> CreateAsync(NewPrompt prompt, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManagePrompts, cancellationToken);
        var (name, language) = (NameOf(prompt.Name), LanguageOf(prompt.Language));
        var body = PromptVersions.BodyOf(prompt.Body, texts);
        return await OrTakenAsync(transaction.RunAsync(async (db, _, ct) =>
        {
            var now = time.GetUtcNow();
            var template = new PromptTemplate
            {
                Id = Guid.CreateVersion7(now), Kind = prompt.Kind, Language = language, Name = name, CreatedAt = now,
            };
            db.Add(template);
            await db.SaveChangesAsync(ct);
            db.Add(new PromptVersion
            {
                PromptTemplateId = template.Id, Number = 1, Body = body, AuthorId = db.Tenant.EmployeeId, CreatedAt = now,
            });
            db.Add(new ActivityLog
            {
                At = now, Action = "prompt.created", SubjectId = template.Id, SubjectName = name,
                After = JsonSerializer.Serialize(new { Kind = StoredEnum.NameOf(prompt.Kind), language, name }),
            });
            return template.Id;
        }, cancellationToken));
    }

    /// <returns>False if the business has no such prompt.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage prompts.</exception>
    /// <exception cref="ArgumentException">The name is empty or too long; the message is for people.</exception>
    /// <exception cref="ConflictException">Another prompt of this kind and language has the name.</exception>
    [RequiresPermission(Permissions.ManagePrompts)]
    public async Task<bool> RenameAsync(Guid id, string name, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManagePrompts, cancellationToken);
        name = NameOf(name);
        return await OrTakenAsync(transaction.RunAsync(async (db, _, ct) =>
        {
            if (await db.PromptTemplates.SingleOrDefaultAsync(p => p.Id == id, ct) is not { } template)
            {
                return false;
            }

            if (template.Name != name)
            {
                db.Add(new ActivityLog
                {
                    At = time.GetUtcNow(), Action = "prompt.renamed", SubjectId = id, SubjectName = name,
                    Before = JsonSerializer.Serialize(new { template.Name }), After = JsonSerializer.Serialize(new { Name = name }),
                });
                template.Name = name;
            }

            return true;
        }, cancellationToken));
    }

    /// <summary>With all its versions; the assistant goes without it from then on.</summary>
    /// <returns>False if the business has no such prompt.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage prompts.</exception>
    [RequiresPermission(Permissions.ManagePrompts)]
    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManagePrompts, cancellationToken);
        return await transaction.RunAsync(async (db, _, ct) =>
        {
            if (await db.PromptTemplates.SingleOrDefaultAsync(p => p.Id == id, ct) is not { } template)
            {
                return false;
            }

            template.PublishedVersionId = null;
            await db.SaveChangesAsync(ct);
            await db.PromptVersions.Where(v => v.PromptTemplateId == id).ExecuteDeleteAsync(ct);
            db.Remove(template);
            db.Add(new ActivityLog { At = time.GetUtcNow(), Action = "prompt.deleted", SubjectId = id, SubjectName = template.Name });
            return true;
        }, cancellationToken);
    }

    private string NameOf(string name) => name.Trim() is { Length: > 0 and <= MaxNameLength } trimmed
        ? trimmed
        : throw new ArgumentException(texts["A prompt's name has 1 to {0} characters.", MaxNameLength]);

    private string LanguageOf(string text) =>
        LanguageTag.Of(text) ?? throw new ArgumentException(texts["Name the language by its tag, such as ar or pt-BR."]);

    private async Task<T> OrTakenAsync<T>(Task<T> change)
    {
        try
        {
            return await change;
        }
        catch (DbUpdateException taken) when (taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ConflictException(texts["There is a prompt of this kind, language and name already."]);
        }
    }

    private static IQueryable<PromptDetails> Details(SamiaDbContext db, IQueryable<PromptTemplate> prompts) =>
        from prompt in prompts
        join published in db.PromptVersions on prompt.PublishedVersionId equals published.Id into versions
        from version in versions.DefaultIfEmpty()
        orderby prompt.Id
        select new PromptDetails(prompt.Id, prompt.Kind, prompt.Language, prompt.Name,
            version == null ? null : version.Number, version == null ? null : version.Body, prompt.CreatedAt);
}
