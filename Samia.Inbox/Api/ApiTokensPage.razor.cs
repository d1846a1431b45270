using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Businesses;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api;

/// <summary>Where an admin sees which programs act for the business, and revokes their tokens.</summary>
public sealed partial class ApiTokensPage
{
    private IReadOnlyList<ApiTokenInfo>? _tokens;
    private Dictionary<Guid, string> _names = [];
    private LocalTime _time = null!;

    [Inject]
    public required ApiTokens Tokens { get; init; }

    [Inject]
    public required Colleagues Colleagues { get; init; }

    [Inject]
    public required BusinessProfile Business { get; init; }

    [Inject]
    public required Confirmation Confirmation { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private List<ApiTokenInfo> Working => [.. _tokens!.Where(t => t.WorksAt(Clock.GetUtcNow()))];

    private List<ApiTokenInfo> Ended => [.. _tokens!.Where(t => !t.WorksAt(Clock.GetUtcNow()))];

    protected override Task OnInitializedAsync() => TryAsync(async () =>
    {
        _names = (await Colleagues.AllAsync(Gone)).ToDictionary(c => c.Id, c => c.Name);
        await ReadAsync();
    });

    private async Task ReadAsync()
    {
        _time = new LocalTime((await Business.GetAsync(Gone)).TimeZone, Clock.GetUtcNow());
        _tokens = await Tokens.ListAsync(Gone);
    }

    private Task RenameAsync(ApiTokenInfo token, string name) => TryAsync(async () =>
    {
        await Tokens.RenameAsync(token.Id, name, Gone);
        await ReadAsync();
    });

    private Task RevokeAsync(ApiTokenInfo token) => TryAsync(async () =>
    {
        if (await Confirmation.AskAsync(L["Revoke the token “{0}”?", token.Name],
            L["The program that uses it is refused from now on. This cannot be undone."], L["Revoke"]))
        {
            await Tokens.RevokeAsync(token.Id, Gone);
            Snackbar.Add(L["The token is revoked."], Severity.Success);
            await ReadAsync();
        }
    });

    private string? NameOf(ApiTokenInfo token) => token.CreatedById is { } id ? _names.GetValueOrDefault(id) : null;
}
