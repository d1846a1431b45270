namespace Samia.Local.Simulator;

/// <summary>A customer's phone, with the chat it has with one business.</summary>
public sealed class SimulatedPhone
{
    private readonly Lock _gate = new();
    private readonly List<ChatMessage> _messages = [];
    private readonly Action<SimulatedPhone> _changed;
    private int _openChats;
    private TaskCompletionSource _stateChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SimulatedPhone(SimulatedLine line, NewPhone person, Action<SimulatedPhone> changed)
    {
        (Line, Person, _changed) = (line, person, changed);
    }

    public SimulatedLine Line { get; }
    internal int Order { get; init; }

    /// <summary>Stays the same when the number changes.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N")[..12];

    /// <summary>Who has it; the number may change.</summary>
    public NewPhone Person { get; private set; }
    public bool IsOnline { get; private set; } = true;

    /// <summary>Until when the phone shows that the business is typing.</summary>
    public DateTimeOffset? TypingUntil { get; private set; }
    public bool IsChatOpen => Volatile.Read(ref _openChats) > 0;

    /// <summary>The chat from its beginning.</summary>
    public IReadOnlyList<ChatMessage> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>When the customer last wrote something that opens the 24-hour window.</summary>
    public DateTimeOffset? LastWroteAt
    {
        get
        {
            lock (_gate)
            {
                return _messages.LastOrDefault(m => m.FromCustomer)?.At;
            }
        }
    }

    /// <summary>Looks at the chat, so that what the business writes is read, until the result is disposed.</summary>
    public IDisposable OpenChat()
    {
        Interlocked.Increment(ref _openChats);
        Signal();
        return new Closing(this);
    }

    /// <summary>Takes the phone off the net, or back on it: what was sent meanwhile is delivered then.</summary>
    public void SetOnline(bool online)
    {
        IsOnline = online;
        Signal();
        _changed(this);
    }

    internal void Remember(IEnumerable<ChatMessage> past)
    {
        lock (_gate)
        {
            _messages.AddRange(past);
        }
    }

    internal void Add(ChatMessage message)
    {
        lock (_gate)
        {
            _messages.Add(message);
            TypingUntil = message.FromCustomer ? TypingUntil : null;
        }

        _changed(this);
    }

    /// <returns>The changed message; null if there is none with this id.</returns>
    internal ChatMessage? Change(string id, Func<ChatMessage, ChatMessage> change)
    {
        ChatMessage? changed = null;
        lock (_gate)
        {
            var index = _messages.FindIndex(m => m.Id == id);
            if (index >= 0)
            {
                changed = _messages[index] = change(_messages[index]);
            }
        }

        _changed(this);
        return changed;
    }

    internal ChatMessage? Find(string id)
    {
        lock (_gate)
        {
            return _messages.Find(m => m.Id == id);
        }
    }

    /// <summary>The business has read the message, and so all before it.</summary>
    internal bool ReadUpTo(string id, DateTimeOffset? typingUntil)
    {
        lock (_gate)
        {
            var last = _messages.FindIndex(m => m.Id == id && m.FromCustomer);
            if (last < 0)
            {
                return false;
            }

            for (var i = 0; i <= last; i++)
            {
                if (_messages[i] is { FromCustomer: true, Status: not ChatStatus.Read } unread)
                {
                    _messages[i] = unread with { Status = ChatStatus.Read };
                }
            }

            TypingUntil = typingUntil ?? TypingUntil;
        }

        _changed(this);
        return true;
    }

    internal void Becomes(NewPhone person)
    {
        Person = person;
        _changed(this);
    }

    /// <summary>Waits until the phone is online, or its chat open, or whatever else it is that it should be.</summary>
    internal async Task UntilAsync(Func<SimulatedPhone, bool> state, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _stateChanged).Task;
            if (state(this))
            {
                return;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Signal() => Interlocked.Exchange(
        ref _stateChanged, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private sealed class Closing(SimulatedPhone phone) : IDisposable
    {
        private int _closed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _closed, 1) == 0)
            {
                Interlocked.Decrement(ref phone._openChats);
            }
        }
    }
}
