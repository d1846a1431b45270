using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Mail;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>
/// Mails what <see cref="Usage"/> told the admins to those who see the plan, each in their language. A node that dies
/// between the mails and noting them leaves them to be mailed once more.
/// </summary>
[RequiresProduct]
public sealed class UsageMails(
    IDbContextFactory<SamiaDbContext> contexts, IDbContextFactory<PlatformDbContext> platform, EmployeeEmails people,
    BusinessProfile business, Mailer mailer, PublicAddress address, TenantContext tenant, IStringLocalizer<Texts> texts,
    TimeProvider time)
{
    /// <summary>What nobody could be mailed for so long, is not mailed any more.</summary>
    public static readonly TimeSpan Worth = TimeSpan.FromDays(1);

    internal async Task SendAsync(CancellationToken cancellationToken)
    {
        tenant.DemandProduct();
        var now = time.GetUtcNow();
        var since = now - Worth;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var noting = await db.Database.BeginTransactionAsync(cancellationToken);
        var due = await db.AdminNotifications.FromSql($"""
            select * from admin_notifications where kind = {Usage.Kind} and created_at > {since} and not details ? 'mailedAt'
            order by id for update skip locked
            """).AsNoTracking().ToListAsync(cancellationToken);
        if (due.Count == 0)
        {
            return;
        }

        var name = (await business.GetAsync(cancellationToken)).Name;
        var recipients = await people.OfThoseWhoMayAsync(Permissions.ViewBilling, cancellationToken);
        await using var mails = await platform.CreateDbContextAsync(cancellationToken);
        await using var mailing = await mails.Database.BeginTransactionAsync(cancellationToken);
        foreach (var notification in due)
        {
            var notice = JsonSerializer.Deserialize<UsageNotice>(notification.Details!, JsonSerializerOptions.Web)!;
            foreach (var recipient in recipients)
            {
                await mailer.QueueAsync(mails, recipient.Language.Speak(() => Write(name, notice, recipient)), cancellationToken);
            }

            await db.Database.ExecuteSqlAsync($"""
                update admin_notifications set details = details || jsonb_build_object('mailedAt', {now}::timestamptz) where id = {notification.Id}
                """, cancellationToken);
        }

        await mailing.CommitAsync(cancellationToken);
        await noting.CommitAsync(cancellationToken);
    }

    private MailMessage Write(string name, UsageNotice notice, MailRecipient recipient)
    {
        var subject = UsageOf.SubjectOf(StoredEnum.Parse<UsageMetric>(notice.Metric));
        var (used, limit) = (UsageFigures.Say(subject, notice.Used), UsageFigures.Say(subject, notice.Limit));
        return new MailMessage(recipient.Email,
            StoredEnum.Parse<UsageLevel>(notice.Level) == UsageLevel.UsedUp
                ? texts["{0}: the plan is used up ({1})", name, UsageFigures.Name(subject)]
                : texts["{0}: the plan is nearly used up ({1})", name, UsageFigures.Name(subject)],
            [
                texts["Hello {0},", recipient.Name],
                texts["{0} has used {1} of the {2} that its plan, {3}, includes.", name, used, limit, notice.Plan],
                UsageFigures.Advice(subject),
            ],
            address.IsKnown ? texts["See the usage"].Value : null,
            address.IsKnown ? address.Of("/settings/usage") : null,
            recipient.Language.Code);
    }
}
