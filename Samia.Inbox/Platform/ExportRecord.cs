using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>
/// Notes that a full export was carried to its end: on the business, whose closing waits for it, and in the business's
/// log.
/// </summary>
[RequiresNoPermission("It only writes down what was done: see BusinessExport.")]
public sealed class ExportRecord(BusinessTransaction transaction, TimeProvider time)
{
    /// <summary>From the export on, for how long a closed business can be restored.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(30);

    /// <param name="export">What it held.</param>
    /// <param name="sha256">Of the whole archive, in hexadecimal: names the file that somebody has.</param>
    /// <param name="actor">Who has it; null for somebody at a shell.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task NoteAsync(
        ExportManifest export, string sha256, PlatformActor? actor, CancellationToken cancellationToken) =>
        transaction.RunAsync(export.Business.Id, (db, business) =>
        {
            var now = time.GetUtcNow();
            business.ExportedAt = export.MadeAt;
            db.Add(PlatformActor.Log(actor, business.Id, now, "business.exported", details: new { rows = export.Rows, sha256 }));
            if (business is { Status: BusinessStatus.Closed, DeleteAfter: null } && export.MadeAt >= business.ClosedAt)
            {
                business.DeleteAfter = now + Grace;
                db.Add(PlatformActor.Log(actor, business.Id, now, "business.deletion_scheduled",
                    after: new { deleteAfter = business.DeleteAfter }));
            }
        }, cancellationToken);
}
