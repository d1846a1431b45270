using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Mail;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>What waits to be mailed, opened.</summary>
internal static class Mails
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<IReadOnlyList<MailMessage>> ToAsync(TestInbox inbox, string email)
    {
        await using var db = await inbox.Get<IDbContextFactory<PlatformDbContext>>().CreateDbContextAsync(Cancellation);
        var queued = await db.QueuedMails.AsNoTracking().Where(m => m.ToAddress == email).OrderBy(m => m.Id).ToListAsync(Cancellation);
        return [.. queued.Select(m => inbox.Get<MailProtector>().Unprotect(m.Id, m.Content))];
    }
}
