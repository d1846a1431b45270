using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;

namespace Samia.Bench;

/// <summary>One of the ten statements that a busy node sends most, as the product sent it.</summary>
internal sealed record HotQuery(string Name, RecordedStatement Statement)
{
    /// <summary>
    /// Has an employee look at the inbox and a customer write twice, and takes the ten out of what was sent. It leaves two
    /// messages in the business.
    /// </summary>
    /// <param name="services">The product's services, with the recorder attached.</param>
    /// <param name="recorder">Hears them.</param>
    /// <param name="businessId">A filled business.</param>
    /// <param name="employeeId">Who looks.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<IReadOnlyList<HotQuery>> CollectAsync(
        IServiceProvider services, SqlRecorder recorder, Guid businessId, Guid employeeId, CancellationToken cancellationToken)
    {
        var customer = "96171" + Random.Shared.Next(100_000, 999_999);
        await ReceiveAsync();
        var page = new List<ConversationRow>();
        var looked = await recorder.DuringAsync(async () =>
        {
            await using var scope = services.CreateTenantScope(businessId, employeeId);
            T Get<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();
            page.AddRange(await Get<ConversationList>().PageAsync(new(ConversationTab.All), null, 50, cancellationToken));
            await Get<ConversationList>().CountsAsync(ConversationStatus.Open, cancellationToken);
            await Get<Colleagues>().AllAsync(cancellationToken);
            await Get<OpenConversations>().FindAsync(page[^1].Id, cancellationToken);
            await Get<ConversationThread>().BeforeAsync(page[^1].Id, null, 50, cancellationToken);
            await Get<Drafts>().RestoreAsync(page[^1].Id, null, [], cancellationToken);
        });
        var received = await recorder.DuringAsync(ReceiveAsync);
        return
        [
            Find("permissions", looked, "from employees", "permissions"),
            Find("list, first page", looked, "from conversations", "order by last_activity_at"),
            Find("tab counts", looked, "count(*)", "from conversations"),
            Find("colleagues", looked, "from employees", "order by"),
            Find("conversation by id", looked, "from conversations", ".window_closes_at"),
            Find("thread, newest page", looked, "from messages", "from internal_notes"),
            Find("draft", looked, "from conversation_drafts"),
            Find("message by WhatsApp's id", received, "from messages", ".wamid ="),
            Find("customer by number", received, "from customers", ".wa_id ="),
            Find("conversation, locked", received, "from conversations", "for update"),
        ];

        async Task ReceiveAsync()
        {
            await using var scope = services.CreateTenantScope(businessId);
            await scope.ServiceProvider.GetRequiredService<Intake>().ApplyAsync(
            [
                new IncomingMessage(new CustomerIdentity(customer, null, ProfileName: "Bench"), MessageAuthor.Customer,
                    $"wamid.{Guid.NewGuid():N}", TimeProvider.System.GetUtcNow(), MessageKind.Text, "Hello", "{}"),
            ], cancellationToken);
        }
    }

    // The first of them: what a name stands for is sent once, or each time alike.
    private static HotQuery Find(string name, IReadOnlyList<RecordedStatement> statements, params string[] parts) => new(name,
        statements.FirstOrDefault(s => parts.All(p => s.Sql.Contains(p, StringComparison.OrdinalIgnoreCase)))
            ?? throw new InvalidOperationException(
                $"The product sent no statement for '{name}' among:\n{string.Join('\n', statements.Select(s => s.Sql))}"));
}
