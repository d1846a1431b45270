using System.Diagnostics.Metrics;

namespace Samia.Inbox.WhatsApp;

internal sealed class OutboundMetrics
{
    public const string MeterName = "Samia.WhatsApp.Outbound";
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _retried;
    private readonly Counter<long> _unanswered;
    private readonly Counter<long> _paused;
    private readonly Counter<long> _slowed;
    private readonly Histogram<double> _wait;
    private double _oldest;

    public OutboundMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _accepted = meter.CreateCounter<long>("samia.outbound.accepted", description: "Calls that WhatsApp accepted, by kind");
        _failed = meter.CreateCounter<long>("samia.outbound.failed", description: "Messages given up, by error code");
        _retried = meter.CreateCounter<long>("samia.outbound.retried", description: "Tries that wait for another, by error code");
        _unanswered = meter.CreateCounter<long>("samia.outbound.unanswered", description: "Calls whose answer was lost");
        _paused = meter.CreateCounter<long>("samia.outbound.paused", description: "Businesses whose sending was paused, by error code");
        _slowed = meter.CreateCounter<long>("samia.outbound.slowed", description: "Times that a number was slowed down, by error code");
        _wait = meter.CreateHistogram<double>("samia.outbound.wait", "s", "From send to WhatsApp's acceptance");
        meter.CreateObservableGauge("samia.outbound.oldest_due", () => Volatile.Read(ref _oldest), "s",
            "How long the oldest entry of a business that may send is overdue");
    }

    public void Accepted(string kind) => _accepted.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void Waited(TimeSpan time) => _wait.Record(time.TotalSeconds);

    public void Failed(int? code) => _failed.Add(1, Code(code));

    public void Retried(int? code) => _retried.Add(1, Code(code));

    public void Unanswered() => _unanswered.Add(1);

    public void Paused(int? code) => _paused.Add(1, Code(code));

    public void Slowed(int? code) => _slowed.Add(1, Code(code));

    public void OldestDue(TimeSpan age) => Volatile.Write(ref _oldest, Math.Max(0, age.TotalSeconds));

    private static KeyValuePair<string, object?> Code(int? code) => new("code", code);
}
