namespace Samia.Local.Simulator;

/// <summary>Takes a message of the business to the phone, and reports where it is: sent, delivered, read.</summary>
internal sealed class StatusReporter(SimulatorOptions options, WebhookCourier courier, CancellationToken stopping)
{
    private int _underWay;

    /// <summary>Messages of which nothing more will be reported unless the customer does something.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>Reports in the background that the message was sent, and what follows.</summary>
    public void Follow(SimulatedPhone phone, ChatMessage message, string category) =>
        Run(ct => FollowAsync(phone, message, category, ct));

    /// <summary>Reports in the background that the message could not be delivered; the phone never sees it.</summary>
    public void Fail(SimulatedPhone phone, string wamid, string? callbackData, CloudApiError error) => Run(async ct =>
    {
        await Task.Delay(options.SentAfter, ct);
        _ = courier.Deliver(phone, $"status failed {error.Code}", WebhookBodies.Of(phone.Line.Connection.WhatsApp,
            WebhookBodies.Status(phone.Person, wamid, "failed", options.Time.GetUtcNow(), callbackData, error: error)));
    });

    private async Task FollowAsync(
        SimulatedPhone phone, ChatMessage message, string category, CancellationToken cancellationToken)
    {
        await Task.Delay(options.SentAfter, cancellationToken);
        Report(phone, message, "sent", category);

        await WaitAsync(phone, p => p.IsOnline, cancellationToken);
        await Task.Delay(options.DeliveredAfter, cancellationToken);
        if (message.Type == "reaction")
        {
            Report(phone, message, "delivered", category);
            return;
        }

        phone.Add(message);
        Tell(phone, message, ChatStatus.Delivered, category);

        if (!phone.IsChatOpen && options.ReadUnopenedAfter is { } unopened)
        {
            await Task.Delay(unopened, cancellationToken);
        }
        else
        {
            await WaitAsync(phone, p => p.IsChatOpen, cancellationToken);
            await Task.Delay(options.ReadAfter, cancellationToken);
        }

        Tell(phone, message, ChatStatus.Read, category);
    }

    // What waits for the customer is not under way.
    private async Task WaitAsync(SimulatedPhone phone, Func<SimulatedPhone, bool> state, CancellationToken cancellationToken)
    {
        Interlocked.Decrement(ref _underWay);
        try
        {
            await phone.UntilAsync(state, cancellationToken);
        }
        finally
        {
            Interlocked.Increment(ref _underWay);
        }
    }

    private void Tell(SimulatedPhone phone, ChatMessage message, ChatStatus status, string category)
    {
        phone.Change(message.Id, m => m with { Status = status });
        Report(phone, message, status == ChatStatus.Read ? "read" : "delivered", category);
    }

    private void Report(SimulatedPhone phone, ChatMessage message, string status, string category) =>
        _ = courier.Deliver(phone, "status " + status, WebhookBodies.Of(phone.Line.Connection.WhatsApp, WebhookBodies.Status(
            phone.Person, message.Id, status, options.Time.GetUtcNow(), message.CallbackData, category)));

    private void Run(Func<CancellationToken, Task> work)
    {
        Interlocked.Increment(ref _underWay);
        _ = Task.Run(async () =>
        {
            try
            {
                await work(stopping);
            }
            catch (OperationCanceledException)
            {
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        }, CancellationToken.None);
    }
}
