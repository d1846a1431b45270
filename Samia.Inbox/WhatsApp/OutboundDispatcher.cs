using Microsoft.Extensions.Options;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.WhatsApp;

/// <summary>
/// Sends what waits in the outbox of all businesses. Entries of one conversation go one after another, those of different
/// ones side by side.
/// </summary>
internal sealed class OutboundDispatcher(
    IServiceProvider services, OutboxClaims claims, OutboxSignal signal, OutboundMetrics metrics,
    IOptions<OutboundOptions> options, TimeProvider time, ILogger<OutboundDispatcher> logger)
    : ClaimDispatcher<OutboxClaim>(services, signal, options.Value.LookEvery, options.Value.MaxParallel, time, logger)
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MeasureEvery = TimeSpan.FromSeconds(10);
    private readonly OutboundOptions _options = options.Value;
    private DateTimeOffset _measured = DateTimeOffset.MinValue;

    protected override Task<List<OutboxClaim>> ClaimAsync(
        IReadOnlyCollection<Guid>? only, IReadOnlyDictionary<Guid, int> busy, int limit, DateTimeOffset now,
        CancellationToken cancellationToken) =>
        claims.ClaimAsync(only, busy, _options.MaxParallelPerBusiness, limit, now, now + _options.ClaimFor, cancellationToken);

    // Whoever takes up an entry that was cut off sees whether a call had begun.
    protected override Task WorkAsync(OutboxClaim claim, IServiceProvider tenant, CancellationToken cancellationToken) =>
        claim.Kind == OutboxKind.SendMessage
            ? tenant.GetRequiredService<MessageDelivery>().DeliverAsync(claim, cancellationToken)
            : tenant.GetRequiredService<ReadReceiptDelivery>().DeliverAsync(claim, cancellationToken);

    // Whether a call had begun stays written with the entry.
    protected override Task FailedAsync(OutboxClaim claim, Exception fault, CancellationToken cancellationToken) =>
        claims.LaterAsync(claim, Now + AfterFault,
            OutboxCompletion.IsOfTheDatabase(fault) ? claim.Attempts : claim.Attempts + 1, answered: false,
            fault.GetType().Name, cancellationToken);

    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        if (now - _measured >= MeasureEvery)
        {
            _measured = now;
            metrics.OldestDue(await claims.OldestDueAsync(cancellationToken) is { } due ? now - due : TimeSpan.Zero);
        }
    }
}
