using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Samia.Inbox.Team;

/// <summary>One's own name, picture and languages.</summary>
public sealed partial class ProfilePage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Profile? _profile;
    private string _name = "";
    private IReadOnlyList<string> _languages = [];
    private string? _problem;
    private bool _ready;
    private bool _busy;

    [Inject]
    public required MyProfile Mine { get; init; }

    [Inject]
    public required Avatars Avatars { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override Task OnInitializedAsync() => TryAsync(async () =>
    {
        _profile = await Mine.FindAsync(_gone.Token);
        (_name, _languages) = (_profile?.Name ?? "", _profile?.Languages ?? []);
        _ready = true;
    });

    private Task SaveAsync() => TryAsync(async () =>
    {
        await Mine.ChangeAsync(_name, _languages, _gone.Token);
        _profile = await Mine.FindAsync(_gone.Token);
        Snackbar.Add(L["Saved."], Severity.Success);
    });

    private async Task SavePictureAsync(byte[]? file, CancellationToken cancellationToken)
    {
        await Avatars.SetMineAsync(file, cancellationToken);
        _profile = await Mine.FindAsync(cancellationToken);
        StateHasChanged();
    }

    private async Task TryAsync(Func<Task> work)
    {
        (_busy, _problem) = (true, null);
        try
        {
            await work();
        }
        catch (TeamRefusedException refused)
        {
            _problem = refused.Message;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
        }
        finally
        {
            _busy = false;
        }
    }
}
