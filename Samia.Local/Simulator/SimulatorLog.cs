using System.Text.Json.Nodes;

namespace Samia.Local.Simulator;

/// <summary>A call of the Cloud API, or one attempt to deliver a webhook.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="At">When it ended.</param>
/// <param name="Line">The <c>phone_number_id</c> that it concerns, where one is known.</param>
/// <param name="Kind"><c>call</c> or <c>webhook</c>.</param>
/// <param name="What">Method and path, or what the webhook holds.</param>
/// <param name="Status">The HTTP status; 0 if there was no answer.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Sent">The request's JSON, where it had some.</param>
/// <param name="Answer">The answer's JSON, or what broke.</param>
public sealed record SimulatorLogEntry(
    int Number, DateTimeOffset At, string? Line, string Kind, string What, int Status, long Milliseconds, JsonNode? Sent,
    JsonNode? Answer);

/// <summary>The last few hundred calls and webhooks, for the page and for tests. It holds no token.</summary>
public sealed class SimulatorLog
{
    private const int Kept = 400;
    private readonly Lock _gate = new();
    private readonly Queue<SimulatorLogEntry> _entries = new();
    private int _count;

    /// <summary>Told of each new entry.</summary>
    internal event Action<SimulatorLogEntry>? Added;

    public IReadOnlyList<SimulatorLogEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    internal void Add(SimulatorLogEntry entry)
    {
        lock (_gate)
        {
            entry = entry with { Number = ++_count };
            _entries.Enqueue(entry);
            if (_entries.Count > Kept)
            {
                _entries.Dequeue();
            }
        }

        Added?.Invoke(entry);
    }
}
