using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Businesses;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.WhatsApp;

/// <summary>Where an admin sees the webhooks that were given up, and has them tried again.</summary>
public sealed partial class WebhooksPage : WorkingComponent
{
    private IReadOnlyList<DeadLetter>? _letters;
    private LocalTime _time = null!;
    private string? _problem;
    private bool _busy;

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [Inject]
    public required BusinessProfile Business { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    private DeadLetters DeadLetters { get; init; } = null!;

    protected override Task OnInitializedAsync() => AsPermittedAsync(ReadAsync);

    private Task RetryAllAsync() => AsPermittedAsync(async () =>
    {
        var count = await DeadLetters.RetryAllAsync(Gone);
        Snackbar.Add(count == 1 ? L["1 webhook is tried again."] : L["{0} webhooks are tried again.", count], Severity.Info);
        await ReadAsync();
    });

    private async Task ReadAsync()
    {
        _time = new LocalTime((await Business.GetAsync(Gone)).TimeZone, Clock.GetUtcNow());
        _letters = await DeadLetters.ListAsync(Gone);
    }

    private async Task AsPermittedAsync(Func<Task> work)
    {
        _busy = true;
        try
        {
            await work();
        }
        catch (NotPermittedException refused)
        {
            _problem = refused.Message;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
        }
        finally
        {
            _busy = false;
        }
    }
}
