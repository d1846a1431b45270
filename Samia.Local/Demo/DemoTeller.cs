using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Local.Simulator;

namespace Samia.Local.Demo;

/// <summary>
/// Tells a business's story to the inbox in the order in which it happened: what customers do by signed webhooks, what
/// employees do by the services that their screens use, each at its time.
/// </summary>
internal sealed class DemoTeller(DemoHost host, DemoBusiness business, Guid businessId, IReadOnlyDictionary<string, Guid> employees)
{
    /// <summary>Messages so close together travel in one webhook, which saves a commit each.</summary>
    private static readonly TimeSpan OneWebhook = TimeSpan.FromMinutes(3);
    private const int StatusesInOneWebhook = 100;
    private readonly Dictionary<DemoConversation, Guid> _conversations = [];

    private readonly HashSet<DemoConversation> _unread = [];

    // By wamid, our id of each message that an employee sent.
    private readonly Dictionary<string, Guid> _sent = [];

    public async Task TellAsync(IReadOnlyList<DemoConversation> story, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var timeline = story.SelectMany(c => c.Steps.Select(s => (Conversation: c, Step: s))).OrderBy(s => s.Step.At).ToList();
        var unsent = new List<(DemoConversation Conversation, CustomerWrites Step)>();
        foreach (var (conversation, step) in timeline)
        {
            if (unsent.Count > 0 && (step is not CustomerWrites || step.At - unsent[0].Step.At > OneWebhook))
            {
                await DeliverAsync(unsent, cancellationToken);
            }

            switch (step)
            {
                case CustomerWrites writes:
                    unsent.Add((conversation, writes));
                    _unread.Add(conversation);
                    break;
                case EmployeeStep does:
                    host.Clock.Set(does.At);
                    await ActAsync(conversation, does, cancellationToken);
                    break;
            }
        }

        await DeliverAsync(unsent, cancellationToken);
        host.Clock.Set(now);
        await ReportAsync(timeline, now, cancellationToken);
        await ForgetReadReceiptsAsync(cancellationToken);
    }

    private async Task DeliverAsync(
        List<(DemoConversation Conversation, CustomerWrites Step)> messages, CancellationToken cancellationToken)
    {
        if (messages.Count > 0)
        {
            host.Clock.Set(messages[^1].Step.At);
            await PostAsync(messages.Select(m => WebhookBodies.Message(
                m.Conversation.Person, m.Step.Wamid, m.Step.At, m.Step.Type, m.Step.Content, Context(m.Step))), cancellationToken);
            messages.Clear();
        }
    }

    private async Task ActAsync(DemoConversation conversation, EmployeeStep step, CancellationToken cancellationToken)
    {
        var conversationId = await ConversationIdAsync(conversation, cancellationToken);
        await using var scope = host.Services.CreateTenantScope(businessId, employees[step.Employee]);
        var services = scope.ServiceProvider;
        if (step is not EmployeeAssigns && _unread.Remove(conversation))
        {
            await services.GetRequiredService<ReadMarker>().MarkReadAsync(conversationId, cancellationToken);
        }

        switch (step)
        {
            case EmployeeWrites writes:
                _sent[writes.Wamid] = await services.GetRequiredService<Sender>()
                    .SendTextAsync(conversationId, writes.Text, Guid.NewGuid(), cancellationToken);
                break;
            case EmployeeNotes notes:
                await services.GetRequiredService<Notes>().AddAsync(conversationId, notes.Text, Guid.NewGuid(), cancellationToken);
                break;
            case EmployeeAssigns assigns:
                await services.GetRequiredService<Assignments>()
                    .AssignAsync(conversationId, employees[assigns.To], cancellationToken);
                break;
            case EmployeeResolves:
                await services.GetRequiredService<ConversationStatuses>().ResolveAsync(conversationId, cancellationToken);
                break;
        }
    }

    /// <summary>
    /// Statuses and reactions say themselves when they happened, and change nothing in the order of the list, so they
    /// all come at the end. Our message id in them ties WhatsApp's to it, as it does when an answer was lost.
    /// </summary>
    private async Task ReportAsync(
        List<(DemoConversation Conversation, DemoStep Step)> timeline, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var statuses = timeline.Where(s => s.Step is EmployeeWrites)
            .SelectMany(s => StatusesOf(s.Conversation.Person, (EmployeeWrites)s.Step, now));
        foreach (var chunk in statuses.Chunk(StatusesInOneWebhook))
        {
            await PostAsync(chunk, cancellationToken);
        }

        await PostAsync(timeline.Where(s => s.Step is CustomerReacts).Select(s =>
        {
            var reacts = (CustomerReacts)s.Step;
            return WebhookBodies.Message(s.Conversation.Person, WebhookBodies.NewWamid(), reacts.At, "reaction",
                new JsonObject { ["message_id"] = reacts.Wamid, ["emoji"] = reacts.Emoji });
        }), cancellationToken);
    }

    private IEnumerable<JsonObject> StatusesOf(NewPhone to, EmployeeWrites message, DateTimeOffset now)
    {
        var ours = _sent[message.Wamid].ToString();
        yield return Status("sent", 1);
        if (message.Status == ChatStatus.Failed)
        {
            yield return WebhookBodies.Status(to, message.Wamid, "failed", message.At.AddSeconds(2), ours,
                error: message.ErrorCode == CloudApiError.WindowClosed.Code ? CloudApiError.WindowClosed : CloudApiError.NotOnWhatsApp);
        }

        if (message.Status >= ChatStatus.Delivered)
        {
            yield return Status("delivered", 3);
        }

        if (message.Status == ChatStatus.Read)
        {
            yield return Status("read", 40);
        }

        JsonObject Status(string name, int after) => WebhookBodies.Status(
            to, message.Wamid, name, message.At.AddSeconds(after) < now ? message.At.AddSeconds(after) : now, ours);
    }

    private async Task PostAsync(IEnumerable<JsonObject> parts, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(WebhookBodies.Of(business.Registration.WhatsApp!, parts).ToJsonString());
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(business.Registration.WhatsApp!.AppSecret), bytes)));
        using var response = await host.Http.PostAsync("/webhooks/whatsapp", content, cancellationToken);
        response.EnsureSuccessStatusCode();
        await host.SettledAsync(cancellationToken);
    }

    private async Task<Guid> ConversationIdAsync(DemoConversation conversation, CancellationToken cancellationToken)
    {
        if (!_conversations.TryGetValue(conversation, out var id))
        {
            await using var scope = host.Services.CreateTenantScope(businessId);
            await using var db = await ContextAsync(scope, cancellationToken);
            var bsuid = conversation.Person.Bsuid;
            id = await db.Conversations.Where(c => db.Customers.Any(u => u.Id == c.CustomerId && u.Bsuid == bsuid))
                .Select(c => c.Id).SingleAsync(cancellationToken);
            _conversations[conversation] = id;
        }

        return id;
    }

    // They were for messages of days ago; the phones of the simulator know from the conversation what was read.
    private async Task ForgetReadReceiptsAsync(CancellationToken cancellationToken)
    {
        await using var scope = host.Services.CreateTenantScope(businessId);
        await using var db = await ContextAsync(scope, cancellationToken);
        await db.Outbox.Where(o => o.Kind == OutboxKind.MarkRead).ExecuteDeleteAsync(cancellationToken);
    }

    private static Task<SamiaDbContext> ContextAsync(AsyncServiceScope scope, CancellationToken cancellationToken) =>
        scope.ServiceProvider.GetRequiredService<IDbContextFactory<SamiaDbContext>>().CreateDbContextAsync(cancellationToken);

    private static JsonObject? Context(CustomerWrites message) => message.ReplyTo is null
        ? null
        : new JsonObject { ["context"] = new JsonObject { ["id"] = message.ReplyTo } };
}
