using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>Where an admin says which AI the business uses. A refusal leaves what was typed.</summary>
public sealed partial class AiPage
{
    private const string ExampleAddress = "https://api.openai.com/v1";
    private AiView? _view;
    private string _endpoint = "";
    private string _model = "";
    private string? _key;

    [Inject]
    public required AiSettings Ai { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    protected override Task OnInitializedAsync() => TryAsync(ReadAsync);

    private async Task ReadAsync()
    {
        _view = await Ai.GetAsync(Gone);
        (_endpoint, _model, _key) = (_view.Endpoint, _view.Model, null);
    }

    private Task SaveAsync() => TryAsync(async () =>
    {
        await Ai.SaveAsync(_endpoint, _model, _key, Gone);
        Snackbar.Add(L["The AI connection is saved."], Severity.Success);
        await ReadAsync();
    });
}
