using Samia.Inbox.Shell;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>A business has something to tell its webhooks.</summary>
public sealed class WebhookCallSignal : BusinessSignal;
