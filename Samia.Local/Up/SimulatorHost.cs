using Samia.Local.Demo;
using Samia.Local.Scale;
using Samia.Local.Simulator;

namespace Samia.Local.Up;

/// <summary>Starts the WhatsApp simulator in this process, with the phones that the database remembers.</summary>
internal static class SimulatorHost
{
    /// <param name="inbox">Where its webhooks go, and the database.</param>
    /// <param name="port">On <c>localhost</c>.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>Stops it when disposed.</returns>
    public static async Task<WhatsAppSimulator> StartAsync(
        InboxProcessOptions inbox, int port, CancellationToken cancellationToken)
    {
        var remembered = await RememberedPhones.ReadAsync(inbox, cancellationToken);
        var connections = DemoBusinesses.All.Append(ScaleBusiness.Demo)
            .Where(b => remembered.ContainsKey(b.Registration.WhatsApp!.PhoneNumberId))
            .Select(b => new SimulatorConnection(b.Name, b.Registration.WhatsApp!));
        var simulator = await WhatsAppSimulator.StartAsync(
            connections, new Uri($"http://localhost:{inbox.Port}"), port, cancellationToken);
        foreach (var line in simulator.Lines)
        {
            foreach (var phone in remembered[line.PhoneNumberId])
            {
                line.AddPhone(phone.Person, phone.Messages);
            }
        }

        return simulator;
    }
}
