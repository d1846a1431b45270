using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Live;

namespace Samia.Inbox.Team;

/// <summary>A picture as it is served.</summary>
public sealed record AvatarFile(byte[] Content, string ContentType, string Version);

/// <summary>The pictures of employees. Everybody has their own; who manages the team has everybody's.</summary>
public sealed class Avatars(
    LiveTransaction transaction, IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions,
    TenantContext tenant, IStringLocalizer<Texts> texts, TimeProvider time)
{
    /// <summary>Of a file that is sent, in bytes. What is kept of it is some kilobytes.</summary>
    public const int MaxUploadBytes = 2_000_000;

    /// <returns>Null if they have none, or the business has no such employee.</returns>
    [RequiresNoPermission("colleagues see each other's pictures")]
    public async Task<AvatarFile?> FindAsync(Guid employeeId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (from avatar in db.EmployeeAvatars
                      join employee in db.Employees on avatar.EmployeeId equals employee.Id
                      where employee.Id == employeeId && employee.AvatarVersion != null
                      select new AvatarFile(avatar.Content, avatar.ContentType, employee.AvatarVersion!))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <param name="file">A PNG, JPEG or WebP of at most <see cref="MaxUploadBytes"/>; null for no picture any more.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="TeamRefusedException">It is no picture, or too large.</exception>
    [RequiresNoPermission("one's own picture")]
    public Task SetMineAsync(byte[]? file, CancellationToken cancellationToken) =>
        tenant.EmployeeId is { } me ? SaveAsync(me, file, cancellationToken) : throw Employees.Unknown(texts);

    /// <param name="employeeId">Whose.</param>
    /// <param name="file">A PNG, JPEG or WebP of at most <see cref="MaxUploadBytes"/>; null for no picture any more.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="TeamRefusedException">It is no picture, or too large, or there is no such employee.</exception>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task SetAsync(Guid employeeId, byte[]? file, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageTeam, cancellationToken);
        await SaveAsync(employeeId, file, cancellationToken);
    }

    private async Task SaveAsync(Guid employeeId, byte[]? file, CancellationToken cancellationToken)
    {
        if (file?.Length > MaxUploadBytes)
        {
            throw TooLarge(texts);
        }

        var content = file is null ? null : await AvatarImage.DrawAsync(file, cancellationToken)
            ?? throw new TeamRefusedException(texts["This file is no picture that Samia can read. Choose a PNG, JPEG or WebP."]);
        await transaction.RunAsync(async (db, live, ct) =>
        {
            var employee = await db.LockEmployeeAsync(employeeId, ct) ?? throw Employees.Unknown(texts);
            var version = content is null ? null : Convert.ToHexStringLower(SHA256.HashData(content))[..16];
            var changes = new FieldChanges();
            if (!changes.Note("picture", employee.AvatarVersion, version))
            {
                return;
            }

            employee.AvatarVersion = version;
            await db.EmployeeAvatars.Where(a => a.EmployeeId == employeeId).ExecuteDeleteAsync(ct);
            if (content is not null)
            {
                db.Add(new EmployeeAvatar { EmployeeId = employeeId, Content = content, ContentType = AvatarImage.ContentType });
            }

            db.Add(changes.ToLog("employee.changed", employee.Id, employee.Name, time.GetUtcNow()));
            live.Colleague(employeeId);
        }, cancellationToken);
    }

    internal static TeamRefusedException TooLarge(IStringLocalizer<Texts> texts) =>
        new(texts["The picture is larger than {0} MB. Choose a smaller one.", MaxUploadBytes / 1_000_000]);
}
