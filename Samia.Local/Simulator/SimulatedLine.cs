using System.Collections.Concurrent;

namespace Samia.Local.Simulator;

/// <summary>A business's number in the simulated world: its customers, its media and how WhatsApp treats it.</summary>
public sealed class SimulatedLine
{
    private readonly ConcurrentDictionary<string, SimulatedPhone> _phones = new();
    private readonly Action<SimulatedPhone> _changed;
    private int _order;

    internal SimulatedLine(SimulatorConnection connection, Action<SimulatedPhone> changed)
    {
        Connection = connection;
        _changed = changed;
    }

    public SimulatorConnection Connection { get; }
    public string Name => Connection.Name;
    public string PhoneNumberId => Connection.WhatsApp.PhoneNumberId;
    public string WabaId => Connection.WhatsApp.WabaId;
    public MisbehaviourSwitches Misbehaviour { get; } = new();
    public IReadOnlyList<SimulatedTemplate> Templates { get; init; } = SimulatedTemplate.Samples;
    public IReadOnlyList<SimulatedPhone> Phones => [.. _phones.Values.OrderBy(p => p.Order)];
    internal MediaShelf Media { get; } = new();

    /// <summary>Invents a customer, or gives the one who has this number, id or username already.</summary>
    /// <param name="person">Who it is.</param>
    /// <param name="past">What a new phone remembers, from the oldest to the newest.</param>
    public SimulatedPhone AddPhone(NewPhone person, IEnumerable<ChatMessage>? past = null)
    {
        var known = (person.WaId is null ? null : FindPhone(person.WaId))
            ?? (person.Bsuid is null ? null : FindPhone(person.Bsuid))
            ?? (person.Username is null ? null : FindPhone(person.Username));
        if (known is not null)
        {
            return known;
        }

        var phone = new SimulatedPhone(this, person, _changed) { Order = Interlocked.Increment(ref _order) };
        phone.Remember(past ?? []);
        _phones[phone.Id] = phone;
        _changed(phone);
        return phone;
    }

    /// <param name="key">Its id, number, business-scoped id or username.</param>
    public SimulatedPhone? FindPhone(string key) => _phones.TryGetValue(key, out var phone)
        ? phone
        : _phones.Values.FirstOrDefault(p => key == p.Person.WaId || key == p.Person.Bsuid || key == p.Person.Username);
}
