using Samia.Inbox.Businesses;

namespace Samia.Local.Simulator;

/// <summary>A business's number as the simulator knows it: what Meta would know of it.</summary>
/// <param name="Name">What customers see above the chat.</param>
/// <param name="WhatsApp">The number with its token and secrets.</param>
public sealed record SimulatorConnection(string Name, WhatsAppConnection WhatsApp);
