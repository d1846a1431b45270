using System.Globalization;

namespace Samia.Local.Scale;

/// <summary>One message to copy.</summary>
internal readonly record struct ScaleMessage(Guid Id, DateTimeOffset SentAt, bool IsInbound, string Body, string Wamid);

/// <summary>One conversation to copy, its customer included. Its messages are in their order.</summary>
internal sealed record ScaleConversation(
    Guid Id, Guid CustomerId, string WaId, string CustomerName, string Status, Guid? AssigneeId, Guid EmployeeId,
    DateTimeOffset CreatedAt, DateTimeOffset? SnoozedUntil, ScaleMessage[] Messages);

/// <summary>
/// Makes up conversations, the oldest first, so that ids and times grow together as they do in a business that has
/// been running for long.
/// </summary>
internal sealed class ScaleStory(
    Guid businessId, Guid[] employees, long existing, int conversations, int messagesPerConversation, DateTimeOffset now)
{
    private static readonly TimeSpan Span = TimeSpan.FromDays(90);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(2);

    private static readonly string[] Names =
    [
        "Maya Haddad", "Karim Nassar", "Rana Khalil", "Joseph Abboud", "Nour Salameh", "Hassan Itani", "Emily Carter",
        "Daniel Osei", "ليلى منصور", "سامر الحايك", "هبة درويش", "يوسف عيتاني", "Sofia Rossi", "Ahmed Farouk",
    ];

    private static readonly string[] Phrases =
    [
        "Hello, are you open on Saturday?", "Thank you so much!", "Could I move my appointment to Thursday at five?",
        "How much is it?", "مرحبا، هل لديكم موعد هذا الأسبوع؟", "شكراً جزيلاً", "Yes, that works for me.",
        "I will be ten minutes late, sorry.", "كم السعر لو سمحتم؟", "Please send me the address again.",
        "Of course. We have a place on Wednesday at four, would that suit you?", "تمام، أراكم غداً",
    ];

    public ScaleConversation Conversation(int index)
    {
        // Seeded by its place, so that a conversation does not depend on those before it.
        var random = new Random(index);
        var createdAt = now - Span + (Span * ((double)index / conversations));
        var messages = Messages(index, random, createdAt);
        var chance = random.Next(100);
        var status = chance switch { < 60 => "open", < 70 => "pending", < 75 => "snoozed", _ => "resolved" };
        var assignee = random.Next(10);
        return new ScaleConversation(
            Guid.CreateVersion7(createdAt), Guid.CreateVersion7(createdAt),
            string.Create(CultureInfo.InvariantCulture, $"961{700_000_000 + existing + index}"),
            Names[random.Next(Names.Length)], status, assignee < employees.Length ? employees[assignee] : null,
            employees.Length > 0 ? employees[random.Next(employees.Length)] : Guid.Empty, createdAt,
            status == "snoozed" ? now.AddHours(random.Next(1, 200)) : null, messages);
    }

    private ScaleMessage[] Messages(int index, Random random, DateTimeOffset createdAt)
    {
        var messages = new ScaleMessage[random.Next(1, 2 * messagesPerConversation)];
        var sentAt = createdAt;
        for (var i = 0; i < messages.Length; i++)
        {
            // The customer begins; afterwards either may speak. Nothing is sent in the future.
            var isInbound = i == 0 || employees.Length == 0 || random.Next(2) == 0;
            messages[i] = new ScaleMessage(Guid.CreateVersion7(sentAt), sentAt, isInbound, Phrases[random.Next(Phrases.Length)],
                string.Create(CultureInfo.InvariantCulture, $"wamid.scale.{businessId:N}.{existing + index:D10}.{i:D4}"));
            var pause = LongestPause * random.NextDouble();
            var latest = (now - sentAt) / (messages.Length + 1);
            sentAt += (pause < latest ? pause : latest) + TimeSpan.FromMilliseconds(1);
        }

        return messages;
    }
}
