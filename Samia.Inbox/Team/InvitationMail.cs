using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Mail;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>Writes the mail of an invitation, in the language of whoever is invited.</summary>
[RequiresNoPermission("It only writes; who invites was asked.")]
public sealed class InvitationMail(
    IDbContextFactory<SamiaDbContext> contexts, BusinessProfile business, PublicAddress address, TenantContext tenant,
    IStringLocalizer<Texts> texts)
{
    internal async Task<MailMessage> WriteAsync(Invitation invitation, InvitationSecret secret, CancellationToken cancellationToken)
    {
        if (!address.IsKnown)
        {
            throw new TeamRefusedException(texts["No link can be made, because Samia's public address is not set. Ask whoever runs Samia."]);
        }

        var name = (await business.GetAsync(cancellationToken)).Name;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var inviter = await db.Employees.Where(e => e.Id == tenant.EmployeeId).Select(e => e.Name).SingleOrDefaultAsync(cancellationToken);
        var link = address.Of(secret.PathOf(invitation.BusinessId, invitation.Id));
        var language = Language.Find(invitation.Language) ?? Language.All[0];
        return language.Speak(() => new MailMessage(
            invitation.Email,
            texts["{0} invites you to Samia", name],
            [
                texts["Hello {0},", invitation.Name],
                inviter is null
                    ? texts["you are invited to answer the customers of {0} in Samia, the inbox that its team shares.", name]
                    : texts["{1} invites you to answer the customers of {0} in Samia, the inbox that its team shares.", name, inviter],
                texts["The link holds for {0} days, and for you alone. If you expected no invitation, you need not do anything.", Inviting.Validity.Days],
            ],
            texts["Accept the invitation"],
            link,
            language.Code));
    }
}
