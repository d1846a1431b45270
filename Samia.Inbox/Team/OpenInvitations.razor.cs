using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Businesses;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>The invitations that wait for an answer. Nothing where there is none.</summary>
public sealed partial class OpenInvitations
{
    private IReadOnlyList<OpenInvitation> _invitations = [];
    private DateTimeOffset _now;
    private LocalTime? _time;

    [Inject]
    public required Invitations Invitations { get; init; }

    [Inject]
    public required Inviting Inviting { get; init; }

    [Inject]
    public required BusinessProfile Business { get; init; }

    [Inject]
    public required Confirmation Confirmation { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>Shows what is open now.</summary>
    public Task ReadAsync() => TryAsync(async () =>
    {
        _now = Clock.GetUtcNow();
        _time = new LocalTime((await Business.GetAsync(Gone)).TimeZone, _now);
        _invitations = await Invitations.OpenAsync(Gone);
        StateHasChanged();
    });

    protected override Task OnInitializedAsync() => ReadAsync();

    private string UntilOf(OpenInvitation invitation) => invitation.ExpiresAt < _now
        ? L["The link has run out"]
        : L["The link holds until {0}", _time!.Day(invitation.ExpiresAt)];

    private Task SendAgainAsync(OpenInvitation invitation) => TryAsync(async () =>
    {
        await Inviting.SendAgainAsync(invitation.Id, Gone);
        Snackbar.Add(L["{0} gets another mail. The link of the one before opens nothing any more.", invitation.Email], Severity.Success);
    });

    private Task RevokeAsync(OpenInvitation invitation) => TryAsync(async () =>
    {
        if (await Confirmation.AskAsync(L["Revoke the invitation of {0}?", invitation.Name], L["The link that they got opens nothing any more."], L["Revoke"]))
        {
            await Invitations.RevokeAsync(invitation.Id, Gone);
        }
    });
}
