using Microsoft.Extensions.Options;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>
/// Calls the webhooks of all businesses, and again those that did not take it. WhatsApp's dispatcher never waits for it.
/// </summary>
internal sealed class WebhookDispatcher(
    IServiceProvider services, WebhookClaims claims, WebhookCallSignal signal, IOptions<WebhookOptions> options,
    TimeProvider time, ILogger<WebhookDispatcher> logger)
    : ClaimDispatcher<WebhookClaim>(services, signal, options.Value.LookEvery, options.Value.MaxParallel, time, logger)
{
    private readonly WebhookOptions _options = options.Value;

    protected override Task<List<WebhookClaim>> ClaimAsync(
        IReadOnlyCollection<Guid>? only, IReadOnlyDictionary<Guid, int> busy, int limit, DateTimeOffset now,
        CancellationToken cancellationToken) =>
        claims.ClaimAsync(only, busy, _options.MaxParallelPerWebhook, limit, now, now + _options.ClaimFor, cancellationToken);

    protected override Task WorkAsync(WebhookClaim claim, IServiceProvider tenant, CancellationToken cancellationToken) =>
        tenant.GetRequiredService<WebhookDelivery>().DeliverAsync(claim, cancellationToken);

    // The call is made again when the claim ends.
    protected override Task FailedAsync(WebhookClaim claim, Exception fault, CancellationToken cancellationToken) =>
        Task.CompletedTask;
}
