using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Tests.WhatsApp;

namespace Samia.Tests.Support;

/// <summary>An employee at work: the services of the inbox as they act for that person.</summary>
public sealed class Desk : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;

    private readonly Func<AsyncServiceScope> _backOffice;

    private Desk(AsyncServiceScope scope, Guid employeeId, Func<AsyncServiceScope> backOffice) =>
        (_scope, EmployeeId, _backOffice) = (scope, employeeId, backOffice);

    public Guid EmployeeId { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Desk Of(TestInbox inbox, TestBusiness business, string role = SeededRoles.Agent) =>
        new(inbox.Services.CreateTenantScope(business.Id, business.EmployeeIds[role]), business.EmployeeIds[role],
            () => inbox.Services.CreateTenantScope(business.Id));

    public T Get<T>() where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    /// <summary>A customer writes; the intake is given the event itself, without a webhook.</summary>
    /// <returns>The conversation.</returns>
    public Task<Guid> ReceiveAsync(
        string text, string? number = null, string name = "Maya Haddad", DateTimeOffset? sentAt = null) =>
        ReceiveAsync(new CustomerIdentity(number ?? Bodies.NewNumber(), null, ProfileName: name), text, sentAt);

    /// <summary>Somebody writes who may be known by a number, by a business-scoped id, or by both.</summary>
    /// <returns>The conversation.</returns>
    public async Task<Guid> ReceiveAsync(CustomerIdentity from, string text, DateTimeOffset? sentAt = null)
    {
        var wamid = Bodies.NewWamid();
        await TakeInAsync(
        [
            new IncomingMessage(from, MessageAuthor.Customer, wamid, sentAt ?? DateTimeOffset.UtcNow, MessageKind.Text,
                text, "{}")
            {
                Window = TimeSpan.FromHours(24),
            },
        ]);
        return await ReadAsync(db => db.Messages.Where(m => m.Wamid == wamid).Select(m => m.ConversationId).SingleAsync(Cancellation));
    }

    /// <summary>What a webhook tells, as the worker takes it in.</summary>
    public async Task TakeInAsync(IReadOnlyList<IntakeEvent> events)
    {
        await using var scope = _backOffice();
        await scope.ServiceProvider.GetRequiredService<Intake>().ApplyAsync(events, Cancellation);
    }

    public async Task<T> ReadAsync<T>(Func<SamiaDbContext, Task<T>> read)
    {
        await using var db = await Get<IDbContextFactory<SamiaDbContext>>().CreateDbContextAsync(Cancellation);
        return await read(db);
    }

    public Task<Conversation> ConversationAsync(Guid id) =>
        ReadAsync(db => db.Conversations.AsNoTracking().SingleAsync(c => c.Id == id, Cancellation));

    public ValueTask DisposeAsync() => _scope.DisposeAsync();
}
