using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>A person's passkeys, of the account page.</summary>
public sealed partial class AccountPasskeys
{
    private string? _problem;

    [Parameter, EditorRequired]
    public required User User { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<UserPasskeyInfo> Keys { get; set; }

    [Parameter, EditorRequired]
    public required LocalTime Time { get; set; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }

    [Inject]
    public required Passkeys Passkeys { get; init; }

    [Inject]
    public required PasswordSignIn Passwords { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private string Device => DeviceName.Of(HttpContext.Request.Headers.UserAgent);

    private static string IdOf(UserPasskeyInfo key) => Convert.ToHexString(key.CredentialId);

    // Each passkey has a form of its own, so a field cannot be asked for by the form's name.
    private string? Field(string name) => HttpContext.Request.Form[name];

    private async Task AddAsync(string? credential) => After(AccountDone.PasskeyAdded,
        await Passkeys.AddAsync(User, credential, Field("name"), Device, HttpContext.RequestAborted));

    private async Task RenameAsync(UserPasskeyInfo key) => After(AccountDone.PasskeyRenamed,
        await Passkeys.RenameAsync(User, key.CredentialId, Field("name"), HttpContext.RequestAborted));

    private async Task RemoveAsync(UserPasskeyInfo key) => After(AccountDone.PasskeyRemoved,
        await Passwords.AskAgainAsync(User, Field("password"), HttpContext.RequestAborted)
            ?? await Passkeys.RemoveAsync(User, key.CredentialId, HttpContext.RequestAborted));

    private void After(string done, string? problem)
    {
        _problem = problem;
        if (problem is null)
        {
            Navigation.NavigateTo(AccountDone.AddressOf(done));
        }
    }
}
