using Microsoft.AspNetCore.Components;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>A person's sessions and devices, of the account page.</summary>
public sealed partial class AccountSessions
{
    [Parameter, EditorRequired]
    public required User User { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<UserSession> Sessions { get; set; }

    [Parameter, EditorRequired]
    public required LocalTime Time { get; set; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }

    [Inject]
    public required Account Account { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private bool IsThisOne(UserSession session) => session.Id == HttpContext.User.SessionId;

    private async Task EndAsync(Guid sessionId)
    {
        await Account.EndSessionAsync(User, sessionId, HttpContext.RequestAborted);
        Navigation.NavigateTo(AccountDone.AddressOf(AccountDone.Session));
    }

    private async Task EndEverywhereAsync()
    {
        await Account.EndEverywhereAsync(HttpContext, User, HttpContext.RequestAborted);
        Navigation.NavigateTo("/sign-in");
    }
}
