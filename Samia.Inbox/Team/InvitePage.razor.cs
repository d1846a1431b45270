using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>Where somebody is asked to work for the business.</summary>
public sealed partial class InvitePage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<RoleChoice> _roles = [];
    private IReadOnlyList<TeamRow> _teams = [];
    private string _email = "";
    private string _name = "";
    private Guid _role;
    private string _language = Language.Current.Code;
    private IReadOnlyList<Guid> _inTeams = [];
    private string? _problem;
    private bool _ready;
    private bool _busy;

    [Inject]
    public required Inviting Inviting { get; init; }

    [Inject]
    public required RoleChoices Roles { get; init; }

    [Inject]
    public required Teams Teams { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override Task OnInitializedAsync() => TryAsync(async () =>
    {
        _roles = await Roles.AllAsync(_gone.Token);
        _teams = await Teams.AllAsync(_gone.Token);
        // Most who come answer customers; and nobody is offered more than that unasked.
        _role = (_roles.FirstOrDefault(r => r is { Name: SeededRoles.Agent, MayGive: true }) ?? _roles.FirstOrDefault(r => r.MayGive))?.Id ?? Guid.Empty;
        _ready = true;
    });

    private Task InviteAsync() => TryAsync(async () =>
    {
        await Inviting.InviteAsync(new NewInvitation(_email, _name, _role, _inTeams, _language), _gone.Token);
        Snackbar.Add(L["{0} gets an e-mail with a link.", _email.Trim()], Severity.Success);
        Navigation.NavigateTo("/settings/team");
    });

    private async Task TryAsync(Func<Task> work)
    {
        (_busy, _problem) = (true, null);
        try
        {
            await work();
        }
        catch (Exception refused) when (refused is TeamRefusedException or NotPermittedException)
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
