using Samia.Inbox.Shell;

namespace Samia.Inbox.WhatsApp;

/// <summary>A business has something to send.</summary>
public sealed class OutboxSignal : BusinessSignal;
