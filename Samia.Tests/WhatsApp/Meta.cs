using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.WhatsApp;

/// <summary>Delivers webhooks to a test inbox as Meta would, and looks at what became of them.</summary>
/// <param name="inbox">The inbox whose database is looked at.</param>
/// <param name="business">Whose webhooks they are.</param>
/// <param name="deliverTo">Another node of the same inbox, which takes the webhooks.</param>
public sealed class Meta(TestInbox inbox, TestBusiness business, Uri? deliverTo = null)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<HttpStatusCode> PostAsync(string body, string? secret = null, string? signature = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.Add("X-Hub-Signature-256", signature ?? Sign(bytes, secret ?? business.AppSecret));
        using var response = await inbox.Http.PostAsync(
            deliverTo is null ? new Uri("/webhooks/whatsapp", UriKind.Relative) : new Uri(deliverTo, "/webhooks/whatsapp"), content, Cancellation);
        return response.StatusCode;
    }

    /// <summary>Posts, and waits until the journal holds nothing pending.</summary>
    public async Task DeliverAsync(params string[] bodies)
    {
        foreach (var body in bodies)
        {
            Assert.Equal(HttpStatusCode.OK, await PostAsync(body));
        }

        await SettledAsync();
    }

    public Task SettledAsync() => Eventually.TrueAsync(async () =>
        await CountAsync("webhook_logs", "status = 'pending'") == 0, what: "every webhook is processed");

    public Task<long> CountAsync(string table, string where = "true") => inbox.Database.ScalarAsync<long>(
        $"select count(*) from {table} where business_id = $1 and {where}", business.Id);

    public Task<List<Message>> MessagesAsync() => ReadAsync(db => db.Messages.AsNoTracking().OrderBy(m => m.Id).ToListAsync(Cancellation));

    public Task<List<Customer>> CustomersAsync() => ReadAsync(db => db.Customers.AsNoTracking().OrderBy(c => c.Id).ToListAsync(Cancellation));

    public Task<List<Conversation>> ConversationsAsync() =>
        ReadAsync(db => db.Conversations.AsNoTracking().OrderBy(c => c.Id).ToListAsync(Cancellation));

    public async Task<T> ReadAsync<T>(Func<SamiaDbContext, Task<T>> read)
    {
        await using var scope = inbox.Services.CreateTenantScope(business.Id);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<SamiaDbContext>>()
            .CreateDbContextAsync(Cancellation);
        return await read(db);
    }

    public static string Sign(byte[] body, string secret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
