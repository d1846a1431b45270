using Microsoft.AspNetCore.Components;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>Where somebody asks for a link to choose a new password. It answers every e-mail alike, in the same time.</summary>
public sealed partial class ForgottenPasswordPage
{
    public const string Address = "/forgotten-password";

    private string? _problem;
    private bool _asked;

    [SupplyParameterFromForm(Name = "email", FormName = "forgotten-password")]
    public string? Email { get; set; }

    [Inject]
    public required PasswordResets Resets { get; init; }

    [Inject]
    public required PublicAddress Links { get; init; }

    private void Ask()
    {
        if (string.IsNullOrWhiteSpace(Email))
        {
            _problem = L["Enter your e-mail."];
        }
        else if (!Links.IsKnown)
        {
            _problem = L["No link can be made, because Samia's public address is not set. Ask whoever runs Samia."];
        }
        else
        {
            Resets.Ask(Email.Trim(), Language.Current);
            _asked = true;
        }
    }
}
