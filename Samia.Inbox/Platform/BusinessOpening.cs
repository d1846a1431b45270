using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Mail;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>The person who is to run a new business.</summary>
/// <param name="Email">Where the invitation goes; it becomes their sign-in.</param>
/// <param name="Language">Of the e-mail: a <see cref="Language"/>'s code.</param>
public sealed record FirstAdmin(string Name, string Email, string Language);

/// <summary>
/// Opens a business for somebody: the business, its roles, the invitation of its first admin and the mail are one
/// transaction, so that no business is left that nobody can enter.
/// </summary>
[RequiresPlatform]
public sealed class BusinessOpening(
    PlatformGate gate, BusinessRegistration registration, Mailer mailer, PublicAddress address,
    IStringLocalizer<Texts> texts, IStringLocalizer<Team.Texts> teamTexts, TimeProvider time)
{
    /// <exception cref="RegistrationException">A value of the business is wrong; the message is for people.</exception>
    /// <exception cref="TeamRefusedException">A value of the admin is wrong.</exception>
    /// <exception cref="PlatformException">No link can be made.</exception>
    public async Task<RegisteredBusiness> OpenAsync(
        NewBusiness business, FirstAdmin admin, CancellationToken cancellationToken)
    {
        var actor = await gate.DemandAsync(cancellationToken);
        if (!address.IsKnown)
        {
            throw new PlatformException(texts["No link can be made: set {0} to the address that people type.", PublicAddress.Setting]);
        }

        var email = InvitationFields.Email(admin.Email, teamTexts);
        var name = EmployeeFields.Name(admin.Name, teamTexts);
        var language = InvitationFields.Language(admin.Language, teamTexts);
        return await registration.RegisterAsync(business, async (db, opened, role) =>
        {
            var (secret, now) = (InvitationSecret.New(), time.GetUtcNow());
            var invitation = new Invitation
            {
                BusinessId = opened.Id, Email = email, Name = name, RoleId = role.Id, Language = language,
                SecretHash = secret.Hash, CreatedAt = now, ExpiresAt = now + Inviting.Validity,
            };
            db.Add(invitation);
            db.Add(PlatformActor.Log(actor, opened.Id, now, "business.registered"));
            db.Add(PlatformActor.Log(actor, opened.Id, now, "invitation.sent", after: new { role = role.Name }));
            await mailer.QueueAsync(db, MailOf(invitation, secret, opened.Name), cancellationToken);
        }, cancellationToken);
    }

    private MailMessage MailOf(Invitation invitation, InvitationSecret secret, string business)
    {
        var language = Language.Find(invitation.Language) ?? Language.All[0];
        return language.Speak(() => new MailMessage(
            invitation.Email,
            texts["{0} is ready in Samia", business],
            [
                texts["Hello {0},", invitation.Name],
                texts["{0} was opened in Samia, the inbox in which a team answers its WhatsApp customers together. You are its first admin: connect the number, and invite your colleagues.", business],
                texts["The link holds for {0} days, and for you alone.", Inviting.Validity.Days],
            ],
            texts["Accept the invitation"],
            address.Of(secret.PathOf(invitation.BusinessId, invitation.Id)),
            language.Code));
    }
}
