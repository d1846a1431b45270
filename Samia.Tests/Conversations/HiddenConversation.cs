using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using Samia.Tests.Team;

namespace Samia.Tests.Conversations;

/// <summary>A conversation that is a colleague's, with words in it that nobody else may read, and all that can be done to it.</summary>
public sealed class HiddenConversation
{
    private const string Words = "canary-in-the-coal-mine";

    private static readonly JsonSerializerOptions Lenient = new() { ReferenceHandler = System.Text.Json.Serialization.ReferenceHandler.IgnoreCycles };

    private readonly Desk _owner;

    private HiddenConversation(Desk owner) => _owner = owner;

    public Guid Id { get; private init; }
    public Guid FailedMessageId { get; private set; }
    public Guid NoteId { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<HiddenConversation> OfAsync(Desk owner, TestInbox inbox)
    {
        var hidden = new HiddenConversation(owner) { Id = await owner.ReceiveAsync(Words) };
        await owner.Get<Assignments>().AssignAsync(hidden.Id, owner.EmployeeId, Cancellation);
        hidden.FailedMessageId = await owner.Get<Sender>().SendTextAsync(hidden.Id, Words, Guid.NewGuid(), Cancellation);
        hidden.NoteId = await owner.Get<Notes>().AddAsync(hidden.Id, Words, Guid.NewGuid(), Cancellation);
        await inbox.Database.ExecuteAsync("delete from outbox where message_id = $1", hidden.FailedMessageId);
        await inbox.Database.ExecuteAsync("update messages set status = 'failed' where id = $1", hidden.FailedMessageId);
        return hidden;
    }

    /// <summary>Whether a method can be pointed at it.</summary>
    public bool IsTargetOf(ServiceMethod method) => method.Method.GetParameters().Any(p => IdFor(p.Name!) is not null);

    /// <summary>The argument that points at it, or else something that is right in its place.</summary>
    public object? Argument(System.Reflection.ParameterInfo parameter, Guid employeeId) => parameter.ParameterType switch
    {
        var t when t == typeof(Guid) && IdFor(parameter.Name!) is { } id => id,
        var t when t == typeof(Guid?) && IdFor(parameter.Name!) is { } id => id,
        var t when t.IsAssignableFrom(typeof(Guid[])) && t != typeof(object) => new[] { Id },
        var t when t == typeof(Guid) && parameter.Name == "idempotencyKey" => Guid.NewGuid(),
        var t when t == typeof(Guid?) && parameter.Name == "employeeId" => employeeId,
        var t when t == typeof(int) => 50,
        var t when t == typeof(string) => "hello",
        var t when t == typeof(Draft) && !parameter.IsOptional => new Draft("hello", Guid.NewGuid()),
        var t when t == typeof(IReadOnlyList<Draft>) => Array.Empty<Draft>(),
        _ => null,
    };

    /// <summary>Whether what a method returned tells any of its words.</summary>
    public static bool Tells(object? result) => JsonSerializer.Serialize(result, Lenient).Contains(Words, StringComparison.Ordinal);

    /// <summary>Changes with every row of it.</summary>
    public Task<string> FingerprintAsync(TestInbox inbox) => inbox.Database.ScalarAsync<string>("""
        select md5(concat_ws('|',
            (select c::text from conversations c where id = $1),
            (select string_agg(m::text, ',' order by id) from messages m where conversation_id = $1),
            (select string_agg(n::text, ',' order by id) from internal_notes n where conversation_id = $1),
            (select string_agg(d::text, ',' order by id) from conversation_drafts d where conversation_id = $1),
            (select string_agg(a::text, ',' order by id) from conversation_assignments a where conversation_id = $1),
            (select string_agg(l::text, ',' order by id) from conversation_labels l where conversation_id = $1),
            (select string_agg(o::text, ',' order by id) from outbox o where lane = $1)))
        """, Id);

    private Guid? IdFor(string parameter) => parameter switch
    {
        "conversationId" => Id,
        _ when parameter.EndsWith("essageId", StringComparison.Ordinal) => FailedMessageId,
        "noteId" => NoteId,
        _ => null,
    };
}
