using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Samia.Local.Simulator;

/// <summary>Something that the page shows has changed.</summary>
/// <param name="Kind"><c>phone</c> or <c>log</c>.</param>
/// <param name="Line">The <c>phone_number_id</c>.</param>
/// <param name="Phone">The phone that changed.</param>
/// <param name="Entry">The new entry of the log.</param>
internal sealed record SimulatorEvent(string Kind, string? Line, string? Phone, SimulatorLogEntry? Entry)
{
    public static SimulatorEvent Of(SimulatedPhone phone) => new("phone", phone.Line.PhoneNumberId, phone.Id, null);

    public static SimulatorEvent Of(SimulatorLogEntry entry) => new("log", entry.Line, null, entry);
}

/// <summary>Tells every open page what changed. A page that does not keep up loses the oldest, and reads all again.</summary>
internal sealed class SimulatorEvents
{
    private const int Kept = 500;
    private readonly ConcurrentDictionary<Channel<SimulatorEvent>, bool> _listeners = new();

    public void Publish(SimulatorEvent simulatorEvent)
    {
        foreach (var listener in _listeners.Keys)
        {
            listener.Writer.TryWrite(simulatorEvent);
        }
    }

    public async IAsyncEnumerable<SimulatorEvent> ListenAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<SimulatorEvent>(
            new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest });
        _listeners[channel] = true;
        try
        {
            // At once, so that the page knows that it misses nothing from here on.
            yield return new SimulatorEvent("listening", null, null, null);
            await foreach (var simulatorEvent in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return simulatorEvent;
            }
        }
        finally
        {
            _listeners.TryRemove(channel, out _);
        }
    }

    public void Complete()
    {
        foreach (var listener in _listeners.Keys)
        {
            listener.Writer.TryComplete();
        }
    }
}
