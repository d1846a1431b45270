using System.Text.Json;
using Samia.Data;

namespace Samia.Inbox.WhatsApp;

/// <summary>One journal row in a pass: its events, and what becomes of the row.</summary>
internal sealed class WebhookTask
{
    private readonly Lock _gate = new();
    private readonly List<string> _unreadable = [];
    private Exception? _failure;
    private DateTimeOffset? _deferredTo;

    private WebhookTask(WebhookLog row) => Row = row;

    public WebhookLog Row { get; }
    public bool IsDue { get; private init; }
    public IReadOnlyList<WebhookEvent> Events { get; private set; } = [];

    /// <summary>All its events were applied, and all of it could be read.</summary>
    public bool Succeeded => _failure is null && _deferredTo is null && _unreadable.Count == 0;

    /// <summary>When the row is tried again after <see cref="Fail"/>; null if it is not, having been tried too often.</summary>
    public DateTimeOffset? RetryAt { get; private set; }

    public static WebhookTask Read(WebhookLog row, DateTimeOffset now)
    {
        var task = new WebhookTask(row) { IsDue = row.NextAttemptAt is null || row.NextAttemptAt <= now };
        try
        {
            task.Events = WebhookEvents.Parse(row.Body, row.ReceivedAt, task._unreadable);
        }
        catch (JsonException exception)
        {
            task._unreadable.Add(exception.Message);
        }

        return task;
    }

    public void Fail(Exception failure, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                return;
            }

            _failure = failure;
            var attempts = Row.Attempts + 1;
            RetryAt = attempts >= WebhookPass.MaxAttempts
                ? null
                : now + TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, attempts)));
        }
    }

    /// <summary>An earlier event of the same sender must succeed or be given up first.</summary>
    public void Defer(DateTimeOffset? until)
    {
        lock (_gate)
        {
            _deferredTo = until > _deferredTo ? until : _deferredTo ?? until ?? DateTimeOffset.MinValue;
        }
    }

    /// <summary>Writes what became of a row that did not succeed, when all that could be done with its events was done.</summary>
    public void Finish(DateTimeOffset now)
    {
        if (_failure is not null)
        {
            Row.Attempts++;
            Row.LastError = Describe(_failure);
            Row.NextAttemptAt = RetryAt;
            Row.Status = RetryAt is null ? WebhookLogStatus.Dead : WebhookLogStatus.Pending;
        }
        else if (_deferredTo is not null)
        {
            Row.NextAttemptAt = _deferredTo == DateTimeOffset.MinValue ? null : _deferredTo;
        }
        else
        {
            Row.Status = WebhookLogStatus.Dead;
            Row.LastError = string.Join(' ', _unreadable.Distinct().Take(5));
            Row.NextAttemptAt = null;
            Row.ProcessedAt = now;
        }
    }

    private static string Describe(Exception failure)
    {
        var text = failure.InnerException is { } inner ? $"{failure.Message} {inner.Message}" : failure.Message;
        text = text.Replace("\0", "", StringComparison.Ordinal);
        return text.Length > 1000 ? text[..1000] : text;
    }
}
