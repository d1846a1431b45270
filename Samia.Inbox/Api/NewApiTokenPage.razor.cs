using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api;

/// <summary>Makes a token and shows it, this once. A refusal leaves what was typed and chosen.</summary>
public sealed partial class NewApiTokenPage
{
    private readonly HashSet<string> _chosen = [];
    private IReadOnlyCollection<string>? _held;
    private CreatedApiToken? _created;
    private string _name = "";
    private int _days = 365;
    private int _rateLimit = 300;

    /// <summary>Changes when what they may do has changed, and with it what they may give.</summary>
    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    public required ApiTokens Tokens { get; init; }

    [Inject]
    public required PermissionChecker Checker { get; init; }

    [Inject]
    public required IStringLocalizer<Team.Texts> PermissionTexts { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    protected override Task OnParametersSetAsync() => TryAsync(async () =>
    {
        _held = await Checker.AllAsync(Gone);
        _chosen.IntersectWith(_held);
    });

    private void Choose(string permission, bool isIn)
    {
        if (isIn)
        {
            _chosen.Add(permission);
        }
        else
        {
            _chosen.Remove(permission);
        }
    }

    private Task CreateAsync() => TryAsync(async () => _created = await Tokens.CreateAsync(
        new NewApiToken(_name, [.. _chosen], _rateLimit, _days == 0 ? null : Clock.GetUtcNow().AddDays(_days)), Gone));
}
