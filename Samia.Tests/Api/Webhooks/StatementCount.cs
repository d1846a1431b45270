using System.Diagnostics;

namespace Samia.Tests.Api.Webhooks;

/// <summary>Counts the round trips to Postgres of what runs within its scope, and of nothing that runs beside it.</summary>
public sealed class StatementCount : IDisposable
{
    private readonly ActivitySource _source = new(nameof(StatementCount) + Guid.NewGuid());
    private readonly ActivityListener _listener;
    private readonly Activity _root;
    private int _count;

    public StatementCount()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql" || source == _source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name == "Npgsql" && activity.TraceId == _root?.TraceId && activity.GetTagItem("db.query.text") is not null)
                {
                    Interlocked.Increment(ref _count);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
        _root = _source.StartActivity("counted")!;
    }

    public int Count => _count;

    public void Dispose()
    {
        _root.Dispose();
        _listener.Dispose();
        _source.Dispose();
    }
}
