using System.Diagnostics.Metrics;

namespace Samia.Inbox.WhatsApp;

internal sealed class WebhookMetrics
{
    public const string MeterName = "Samia.WhatsApp.Webhooks";
    private readonly Counter<long> _refused;
    private readonly Counter<long> _unrouted;
    private readonly Counter<long> _dead;
    private readonly Histogram<int> _groupSize;

    public WebhookMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _refused = meter.CreateCounter<long>("samia.webhooks.refused", description: "Bodies that were not taken, by reason");
        _unrouted = meter.CreateCounter<long>("samia.webhooks.unrouted", description: "Bodies that named no known number");
        _dead = meter.CreateCounter<long>("samia.webhooks.dead", description: "Bodies given up after repeated failures");
        _groupSize = meter.CreateHistogram<int>("samia.webhooks.group_size", description: "Rows per journal commit");
    }

    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Unrouted() => _unrouted.Add(1);

    public void Dead() => _dead.Add(1);

    public void Committed(int rows) => _groupSize.Record(rows);
}
