using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Customers;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>
/// Takes in what webhooks tell. Each event changes everything that follows from it in one transaction, and nothing
/// when it comes again.
/// </summary>
[RequiresProduct]
public sealed class Intake(LiveTransaction transaction, ConversationCount count, TenantContext tenant, TimeProvider time)
{
    /// <summary>Applies the events in their order, all or none.</summary>
    public Task ApplyAsync(IReadOnlyList<IntakeEvent> events, CancellationToken cancellationToken)
    {
        tenant.DemandProduct();
        return transaction.RunAsync(async (db, live, ct) =>
        {
            var begun = new List<BillingMonth>();
            foreach (var intakeEvent in events)
            {
                await ApplyAsync(db, live, begun, intakeEvent, ct);
                await db.SaveChangesAsync(ct);
            }

            // Last, because the counter is locked until the commit.
            await count.AddAsync(db, live, begun, ct);
        }, cancellationToken);
    }

    /// <summary>Which of these messages are here already.</summary>
    internal static Task<HashSet<string>> AppliedAsync(
        SamiaDbContext db, IReadOnlyList<string> wamids, CancellationToken cancellationToken) =>
        db.Messages.Where(m => wamids.Contains(m.Wamid!)).Select(m => m.Wamid!).ToHashSetAsync(cancellationToken);

    private Task ApplyAsync(
        SamiaDbContext db, LiveChanges live, List<BillingMonth> begun, IntakeEvent intakeEvent, CancellationToken cancellationToken) =>
        intakeEvent switch
        {
            IncomingMessage message => ReceiveAsync(db, live, begun, message, cancellationToken),
            StatusUpdate status => ChangeMessageAsync(db, live, status, status.Wamid, status.OurMessageId, cancellationToken),
            Revision revision => ChangeMessageAsync(db, live, revision, revision.TargetWamid, null, cancellationToken),
            IdentityChange change => ReplaceIdentityAsync(db, live, change, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(intakeEvent)),
        };

    private async Task ReceiveAsync(
        SamiaDbContext db, LiveChanges live, List<BillingMonth> begun, IncomingMessage incoming, CancellationToken cancellationToken)
    {
        if (await db.Messages.AnyAsync(m => m.Wamid == incoming.Wamid, cancellationToken))
        {
            return;
        }

        if (incoming.Announces is { } change)
        {
            await ReplaceIdentityAsync(db, live, change, cancellationToken);
        }

        var now = time.GetUtcNow();
        var customer = await ResolveAsync(db, live, incoming.From, now, cancellationToken);
        var conversation = await ConversationOfAsync(db, customer, now, cancellationToken);
        var message = new Message
        {
            Id = incoming.Id ?? MessageIds.Next(incoming.SentAt, now),
            ConversationId = conversation.Id,
            Direction = incoming.Author == MessageAuthor.PhoneApp ? MessageDirection.Outbound : MessageDirection.Inbound,
            Author = incoming.Author,
            Kind = incoming.Kind,
            Body = incoming.Body,
            Payload = incoming.Payload,
            Wamid = incoming.Wamid,
            ReplyToWamid = incoming.ReplyToWamid,
            Status = incoming.Author == MessageAuthor.PhoneApp ? MessageStatus.Sent : MessageStatus.Received,
            SentAt = incoming.SentAt,
        };
        db.Add(message);
        foreach (var held in await HeldEvents.TakeAsync(db, incoming.Wamid, cancellationToken))
        {
            MessageChanges.Apply(message, held);
        }

        if (conversation.Status == ConversationStatus.Resolved)
        {
            await Handback.IfGoneAsync(db, conversation, now, cancellationToken);
        }

        if (await count.DueAsync(db, conversation, message, now, cancellationToken) is { } month)
        {
            begun.Add(month);
        }

        conversation.CustomerName = customer.DisplayName;
        conversation.Added(message, now);
        if (incoming.Window > TimeSpan.Zero && !(conversation.WindowClosesAt > incoming.SentAt + incoming.Window))
        {
            conversation.WindowClosesAt = incoming.SentAt + incoming.Window;
        }

        live.Conversation(conversation.Id);
    }

    private async Task ChangeMessageAsync(
        SamiaDbContext db, LiveChanges live, IntakeEvent change, string wamid, Guid? ourId, CancellationToken cancellationToken)
    {
        var found = await FindAsync(db, wamid, ourId, cancellationToken);
        if (found is null)
        {
            await HeldEvents.LockAsync(db, wamid, cancellationToken);
            found = await FindAsync(db, wamid, ourId, cancellationToken);
        }

        if (found is null)
        {
            await HeldEvents.HoldAsync(db, change, time.GetUtcNow(), cancellationToken);
            return;
        }

        var conversation = (await db.LockConversationAsync(found.Value.ConversationId, cancellationToken))!;
        var message = await db.Messages.SingleAsync(m => m.Id == found.Value.Id, cancellationToken);
        if (message.Wamid is null)
        {
            // The answer to our send was lost, or is slower than this: what we sent along says which message it is.
            await SendOutcome.GotWamidAsync(db, message, wamid, cancellationToken);
        }

        MessageChanges.Apply(message, change);
        conversation.Changed(message);
        live.Conversation(conversation.Id);
    }

    private static async Task<(Guid Id, Guid ConversationId)?> FindAsync(
        SamiaDbContext db, string wamid, Guid? ourId, CancellationToken cancellationToken)
    {
        var found = await db.Messages.Where(m => m.Wamid == wamid)
            .Select(m => new { m.Id, m.ConversationId }).SingleOrDefaultAsync(cancellationToken);
        if (found is null && ourId is not null)
        {
            found = await db.Messages
                .Where(m => m.Id == ourId && m.Wamid == null && m.Direction == MessageDirection.Outbound)
                .Select(m => new { m.Id, m.ConversationId }).SingleOrDefaultAsync(cancellationToken);
        }

        return found is null ? null : (found.Id, found.ConversationId);
    }

    private static async Task<Customer> ResolveAsync(
        SamiaDbContext db, LiveChanges live, CustomerIdentity identity, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await CustomerRegister.ResolveAsync(db, identity, now, cancellationToken);
        await AbsorbDuplicateAsync(db, live, known, identity, now, cancellationToken);
        return known.Customer;
    }

    private async Task ReplaceIdentityAsync(
        SamiaDbContext db, LiveChanges live, IdentityChange change, CancellationToken cancellationToken)
    {
        if (await CustomerRegister.ReplaceAsync(db, change, cancellationToken) is { } known)
        {
            var identity = new CustomerIdentity(change.NewWaId, change.NewBsuid, change.NewParentBsuid);
            await AbsorbDuplicateAsync(db, live, known, identity, time.GetUtcNow(), cancellationToken);
        }
    }

    private static async Task AbsorbDuplicateAsync(
        SamiaDbContext db, LiveChanges live, KnownCustomer known, CustomerIdentity identity, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (known.Duplicate is not { } duplicate)
        {
            return;
        }

        await ConversationMerge.MergeAsync(db, live, known.Customer.Id, duplicate.Id, cancellationToken);
        await CustomerRegister.AbsorbAsync(db, known, identity, cancellationToken);
        db.Add(new ActivityLog { At = now, Action = "customer.merged", SubjectId = known.Customer.Id });
    }

    private static async Task<Conversation> ConversationOfAsync(
        SamiaDbContext db, Customer customer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var conversation = (await db.Conversations
            .FromSql($"select * from conversations where customer_id = {customer.Id} for update")
            .ToListAsync(cancellationToken)).SingleOrDefault();
        if (conversation is null)
        {
            conversation = new Conversation
            {
                CustomerId = customer.Id, CustomerName = customer.DisplayName, CreatedAt = now, LastActivityAt = now,
            };
            db.Add(conversation);
        }

        return conversation;
    }
}
