using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>Where an admin says which AI the business uses. A refusal leaves what was typed.</summary>
public sealed partial class AiPage : IDisposable
{
    private const string ExampleAddress = "https://api.openai.com/v1";
    private readonly CancellationTokenSource _gone = new();
    private AiView? _view;
    private string? _problem;
    private bool _busy;
    private string _endpoint = "";
    private string _model = "";
    private string? _key;

    [Inject]
    public required AiSettings Ai { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override Task OnInitializedAsync() => TryAsync(ReadAsync);

    private async Task ReadAsync()
    {
        _view = await Ai.GetAsync(_gone.Token);
        (_endpoint, _model, _key) = (_view.Endpoint, _view.Model, null);
    }

    private Task SaveAsync() => TryAsync(async () =>
    {
        await Ai.SaveAsync(_endpoint, _model, _key, _gone.Token);
        Snackbar.Add(L["The AI connection is saved."], Severity.Success);
        await ReadAsync();
    });

    private async Task TryAsync(Func<Task> work)
    {
        (_busy, _problem) = (true, null);
        try
        {
            await work();
        }
        catch (Exception refused) when (refused is NotPermittedException or RegistrationException)
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
