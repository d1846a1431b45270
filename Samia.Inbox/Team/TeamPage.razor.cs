using System.Globalization;
using Microsoft.AspNetCore.Components;
using Samia.Inbox.Conversations;
using Samia.Inbox.Live;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>The employees of the business. What is searched and filtered is in its address.</summary>
public sealed partial class TeamPage : WorkingComponent
{
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(3);
    private List<EmployeeRow>? _employees;
    private IReadOnlyList<RoleChoice> _roles = [];
    private IReadOnlyList<TeamRow> _teams = [];
    private IReadOnlyDictionary<Guid, int> _open = new Dictionary<Guid, int>();
    private OpenInvitations? _invitations;
    private DateTimeOffset _countedAt;
    private EmployeeQuery? _read;
    private Shown _shown;
    private bool _hasMore;
    private string? _problem;

    /// <summary>Which employees: those who work here, those who left, or both.</summary>
    public enum Shown { Active, Left, All }

    [SupplyParameterFromQuery(Name = "search")]
    public string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "role")]
    public Guid? Role { get; set; }

    [SupplyParameterFromQuery(Name = "team")]
    public Guid? InTeam { get; set; }

    [SupplyParameterFromQuery(Name = "shown")]
    public string? ShownName { get; set; }

    [Inject]
    public required EmployeeDirectory Directory { get; init; }

    [Inject]
    public required RoleChoices Roles { get; init; }

    [Inject]
    public required Teams Teams { get; init; }

    [Inject]
    public required Workloads Workloads { get; init; }

    [Inject]
    public required LiveWatch Live { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    protected override ValueTask LeaveAsync() => Live.DisposeAsync();

    protected override void OnInitialized() => Live.Start(batch => InvokeAsync(() => ShowAsync(batch)));

    protected override async Task OnParametersSetAsync()
    {
        _shown = Enum.TryParse<Shown>(ShownName, ignoreCase: true, out var shown) ? shown : Shown.Active;
        var query = new EmployeeQuery(Search, _shown switch { Shown.Active => true, Shown.Left => false, _ => null }, Role, InTeam);
        if (query != _read)
        {
            _read = query;
            await ReadAsync();
        }
    }

    private Task ReadAsync() => AsPermittedAsync(async () =>
    {
        var query = _read!;
        _roles = await Roles.AllAsync(Gone);
        _teams = await Teams.AllAsync(Gone);
        await CountAsync();
        var first = await Directory.PageAsync(query, null, Gone);
        // Whoever types on has asked for something else meanwhile.
        if (query == _read)
        {
            _employees = [.. first];
            _hasMore = first.Count == EmployeeDirectory.PageSize;
        }
    });

    private Task ReadMoreAsync() => AsPermittedAsync(async () =>
    {
        var page = await Directory.PageAsync(_read!, _employees![^1], Gone);
        _employees.AddRange(page);
        _hasMore = page.Count == EmployeeDirectory.PageSize;
    });

    private async Task ShowAsync(LiveBatch batch)
    {
        if (_employees is null || Gone.IsCancellationRequested)
        {
            return;
        }

        if (batch.ColleaguesChanged)
        {
            await AsPermittedAsync(ReadAgainAsync);
        }
        else if (Time.GetUtcNow() - _countedAt > CountEvery)
        {
            await AsPermittedAsync(CountAsync);
        }

        StateHasChanged();
    }

    private async Task ReadAgainAsync()
    {
        var again = new List<EmployeeRow>();
        IReadOnlyList<EmployeeRow> page;
        do
        {
            page = await Directory.PageAsync(_read!, again.LastOrDefault(), Gone);
            again.AddRange(page);
        }
        while (page.Count == EmployeeDirectory.PageSize && again.Count < _employees!.Count);
        (_employees, _hasMore) = (again, page.Count == EmployeeDirectory.PageSize);
        _teams = await Teams.AllAsync(Gone);
        await CountAsync();
        await (_invitations?.ReadAsync() ?? Task.CompletedTask);
    }

    private async Task CountAsync()
    {
        _open = await Workloads.OpenAsync(Gone);
        _countedAt = Time.GetUtcNow();
    }

    private async Task AsPermittedAsync(Func<Task> work)
    {
        try
        {
            await work();
            _problem = null;
        }
        catch (NotPermittedException refused)
        {
            (_problem, _employees) = (refused.Message, []);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
        }
    }

    private void Go(Given<string?> search = default, Given<Guid?> role = default, Given<Guid?> team = default, Given<Shown> shown = default)
    {
        var now = shown.Or(_shown);
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["search"] = search.Or(Search) is { Length: > 0 } text ? text : null,
            ["role"] = role.Or(Role),
            ["team"] = team.Or(InTeam),
            ["shown"] = now == Shown.Active ? null : now.ToString().ToLower(CultureInfo.InvariantCulture),
        }), replace: true);
    }

    // What one filter is changed to; the others stay.
    private readonly record struct Given<T>(T Value, bool IsGiven)
    {
        public static implicit operator Given<T>(T value) => new(value, true);

        public T Or(T otherwise) => IsGiven ? Value : otherwise;
    }
}
