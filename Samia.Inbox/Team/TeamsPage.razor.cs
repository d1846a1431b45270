using Microsoft.AspNetCore.Components;
using Samia.Inbox.Live;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>The teams of the business, and who is in them.</summary>
public sealed partial class TeamsPage : WorkingComponent
{
    private IReadOnlyList<TeamRow>? _teams;
    private IReadOnlyDictionary<Guid, Colleague> _colleagues = new Dictionary<Guid, Colleague>();
    private string? _problem;

    [Inject]
    public required Teams Teams { get; init; }

    [Inject]
    public required Colleagues Colleagues { get; init; }

    [Inject]
    public required LiveWatch Live { get; init; }

    protected override ValueTask LeaveAsync() => Live.DisposeAsync();

    protected override Task OnInitializedAsync()
    {
        Live.Start(batch => InvokeAsync(async () =>
        {
            if (batch.ColleaguesChanged && !Gone.IsCancellationRequested)
            {
                await ReadAsync();
                StateHasChanged();
            }
        }));
        return ReadAsync();
    }

    private async Task ReadAsync()
    {
        try
        {
            _colleagues = (await Colleagues.AllAsync(Gone)).ToDictionary(c => c.Id);
            _teams = await Teams.AllAsync(Gone);
        }
        catch (NotPermittedException refused)
        {
            _problem = refused.Message;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
        }
    }

    private IEnumerable<Colleague> MembersOf(TeamRow team) => team.MemberIds.Select(_colleagues.GetValueOrDefault).OfType<Colleague>()
        .Where(c => c.IsActive).OrderByDescending(c => c.Presence).ThenBy(c => c.Name);

    private string CountOf(TeamRow team) => MembersOf(team).Count() switch
    {
        0 => L["Nobody yet"],
        1 => L["One colleague"],
        var count => L["{0} colleagues", count],
    };
}
