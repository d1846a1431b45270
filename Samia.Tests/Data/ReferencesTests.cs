using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Customers;
using Samia.Inbox.Live;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Data;

/// <summary>Two customers are one person. Whatever table refers to the one that goes, its rows are kept.</summary>
public sealed class ReferencesTests(TestServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_merge_keeps_every_row_of_every_table_that_refers_to_the_customer_or_the_conversation()
    {
        await using var inbox = await TestInbox.StartAsync(servers);
        await using var superuser = new NpgsqlConnection(inbox.Database.Superuser);
        await superuser.OpenAsync(Cancellation);
        var tables = await Catalogue.ReadAsync(superuser);
        var rows = new TenantRows(tables);
        await rows.InsertAllAsync(superuser);
        await using var scope = inbox.Services.CreateTenantScope(rows.BusinessId);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<SamiaDbContext>>().CreateDbContextAsync(Cancellation);
        var (customer, conversation) = (await db.Customers.SingleAsync(Cancellation), await db.Conversations.SingleAsync(Cancellation));
        var kept = new Customer { WaId = "96170000031", CreatedAt = customer.CreatedAt.AddDays(-1) };
        var goesOn = new Conversation { CustomerId = kept.Id, CustomerName = "", CreatedAt = customer.CreatedAt, LastActivityAt = customer.CreatedAt };
        db.AddRange(kept, goesOn);
        await db.SaveChangesAsync(Cancellation);
        // What was written before the table that it refers to was left empty, so it is set here.
        var references = tables.SelectMany(t => t.References.Where(r => r.Table is "customers" or "conversations")
            .Select(r => (Table: t.Name, Column: r.Columns.Single(c => c != "business_id"), To: r.Table))).ToList();
        foreach (var (table, column, to) in references.Where(r => r.Table != "conversations"))
        {
            await inbox.Database.ExecuteAsync($"update {table} set {column} = $1", to == "customers" ? customer.Id : conversation.Id);
        }

        await scope.ServiceProvider.GetRequiredService<LiveTransaction>().RunAsync(async (d, live, ct) =>
        {
            var known = new KnownCustomer(await d.Customers.SingleAsync(c => c.Id == kept.Id, ct), await d.Customers.SingleAsync(c => c.Id == customer.Id, ct));
            await ConversationMerge.MergeAsync(d, live, kept.Id, customer.Id, ct);
            await CustomerRegister.AbsorbAsync(d, known, new CustomerIdentity(null, "LB.1"), ct);
        }, Cancellation);

        Assert.True(references.Count >= 9, "The catalogue test walks too few references.");
        foreach (var (table, column, to) in references)
        {
            Assert.Equal(to == "customers" ? kept.Id : goesOn.Id, await inbox.Database.ScalarAsync<Guid>($"select {column} from {table} limit 1"));
        }
    }
}
