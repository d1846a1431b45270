using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Samia.Inbox.Team;

/// <summary>One's own name, picture and languages.</summary>
public sealed partial class ProfilePage
{
    private Profile? _profile;
    private string _name = "";
    private IReadOnlyList<string> _languages = [];
    private bool _ready;

    [Inject]
    public required MyProfile Mine { get; init; }

    [Inject]
    public required Avatars Avatars { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    protected override Task OnInitializedAsync() => TryAsync(async () =>
    {
        _profile = await Mine.FindAsync(Gone);
        (_name, _languages) = (_profile?.Name ?? "", _profile?.Languages ?? []);
        _ready = true;
    });

    private Task SaveAsync() => TryAsync(async () =>
    {
        await Mine.ChangeAsync(_name, _languages, Gone);
        _profile = await Mine.FindAsync(Gone);
        Snackbar.Add(L["Saved."], Severity.Success);
    });

    private async Task SavePictureAsync(byte[]? file, CancellationToken cancellationToken)
    {
        await Avatars.SetMineAsync(file, cancellationToken);
        _profile = await Mine.FindAsync(cancellationToken);
        StateHasChanged();
    }
}
