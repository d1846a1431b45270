using System.Diagnostics.Metrics;

namespace Samia.Inbox.Api.Webhooks;

internal sealed class WebhookMetrics
{
    public const string MeterName = "Samia.Api.Webhooks";
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _took;

    public WebhookMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _calls = meter.CreateCounter<long>("samia.outgoing_webhooks.calls", description: "Calls of businesses' addresses, by outcome");
        _took = meter.CreateHistogram<double>("samia.outgoing_webhooks.took", "s", "How long an address took to answer");
    }

    public void Called(WebhookAnswer answer, bool isLast)
    {
        var outcome = answer.IsDelivered ? "delivered" : isLast ? "given_up" : "tried_again";
        _calls.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _took.Record(answer.Took.TotalSeconds);
    }
}
