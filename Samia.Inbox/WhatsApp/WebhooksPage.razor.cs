using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Team;

namespace Samia.Inbox.WhatsApp;

/// <summary>Where an admin sees the webhooks that were given up, and has them tried again.</summary>
public sealed partial class WebhooksPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<DeadLetter>? _letters;
    private string? _forbidden;
    private bool _busy;

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [Inject]
    private DeadLetters DeadLetters { get; init; } = null!;

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override Task OnInitializedAsync() => AsPermittedAsync(ReadAsync);

    private Task RetryAllAsync() => AsPermittedAsync(async () =>
    {
        var count = await DeadLetters.RetryAllAsync(_gone.Token);
        Snackbar.Add(count == 1 ? "1 webhook is tried again." : $"{count} webhooks are tried again.", Severity.Info);
        await ReadAsync();
    });

    private async Task ReadAsync() => _letters = await DeadLetters.ListAsync(_gone.Token);

    private async Task AsPermittedAsync(Func<Task> work)
    {
        _busy = true;
        try
        {
            await work();
        }
        catch (NotPermittedException refused)
        {
            _forbidden = refused.Message;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
        }
        finally
        {
            _busy = false;
        }
    }

    private static string When(DeadLetter letter) =>
        letter.ReceivedAt.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss 'UTC'", CultureInfo.CurrentCulture);

    private static string Attempts(DeadLetter letter) => letter.Attempts == 1 ? "1 attempt" : $"{letter.Attempts} attempts";
}
