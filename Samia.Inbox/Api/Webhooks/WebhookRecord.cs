using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Customers;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>
/// What one transaction did to the things that the API shows, as far as its context wrote it. It looks at what is about
/// to be saved and asks the database nothing, so that no room has to tell it and a business without webhooks pays nothing.
/// </summary>
internal sealed class WebhookRecord
{
    private readonly List<(string Type, TenantEntity Row)> _noted = [];

    public bool IsEmpty => _noted.Count == 0;

    /// <summary>The types of what happened, each once.</summary>
    public string[] Types => [.. _noted.Select(n => n.Type).Distinct()];

    /// <summary>From now on, notes what the transaction's context saves.</summary>
    public void Watch(SamiaDbContext db) => db.SavingChanges += (_, _) => Note(db.ChangeTracker);

    /// <summary>What happened to what, as the API shows it now; nothing of what was deleted after all, as by a merge.</summary>
    public IEnumerable<(string Type, object Shown)> Happened(SamiaDbContext db) =>
        _noted.Where(n => db.Entry(n.Row).State != EntityState.Detached).Select(n => (n.Type, ShownOf(n.Row)));

    private void Note(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries())
        {
            switch (entry.State)
            {
                case EntityState.Added when CreatedOf(entry.Entity) is { } created:
                    Note(created, (TenantEntity)entry.Entity);
                    break;
                case EntityState.Modified:
                    NoteChange(entry);
                    break;
            }
        }
    }

    private void NoteChange(EntityEntry entry)
    {
        switch (entry.Entity)
        {
            case Message message when Before(entry, message) is var before && MessageDetails.Of(before) != MessageDetails.Of(message):
                NoteChange(message, WebhookEventType.MessageCreated, WebhookEventType.MessageUpdated);
                break;
            case Conversation conversation when Before(entry, conversation) is var before:
                if (ConversationDetails.Of(before) != ConversationDetails.Of(conversation))
                {
                    NoteChange(conversation, WebhookEventType.ConversationCreated, WebhookEventType.ConversationUpdated);
                }

                if ((before.AssigneeId, before.TeamId) != (conversation.AssigneeId, conversation.TeamId))
                {
                    Note(WebhookEventType.ConversationAssigned, conversation);
                }

                break;
            case Customer customer:
                NoteChange(customer, WebhookEventType.CustomerCreated, WebhookEventType.CustomerUpdated);
                break;
        }
    }

    // What was made in this transaction is told once, as it is in the end.
    private void NoteChange(TenantEntity row, string created, string updated)
    {
        if (!_noted.Contains((created, row)))
        {
            Note(updated, row);
        }
    }

    private void Note(string type, TenantEntity row)
    {
        if (!_noted.Contains((type, row)))
        {
            _noted.Add((type, row));
        }
    }

    private static T Before<T>(EntityEntry entry, T _) where T : TenantEntity => (T)entry.OriginalValues.ToObject();

    private static string? CreatedOf(object row) => row switch
    {
        Message => WebhookEventType.MessageCreated,
        Conversation => WebhookEventType.ConversationCreated,
        InternalNote => WebhookEventType.NoteCreated,
        Customer => WebhookEventType.CustomerCreated,
        _ => null,
    };

    private static object ShownOf(TenantEntity row) => row switch
    {
        Message message => MessageDetails.Of(message),
        Conversation conversation => ConversationDetails.Of(conversation),
        InternalNote note => NoteDetails.Of(note),
        Customer customer => CustomerDetails.Of(customer),
        _ => throw new ArgumentOutOfRangeException(nameof(row)),
    };
}
