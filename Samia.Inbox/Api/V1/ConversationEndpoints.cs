using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.V1;

internal static class ConversationEndpoints
{
    public static void MapConversations(this RouteGroupBuilder v1)
    {
        var group = v1.MapGroup("/conversations").WithTags("Conversations");
        group.MapGet("", ListAsync).RequireAuthorization(Permissions.ViewConversations)
            .WithSummary("List or search conversations")
            .WithDescription("The newest activity first. One in which something happens while you walk through the pages moves to the front: ask again with `activeSince`.");
        group.MapGet("/{id:guid}", FindAsync).RequireAuthorization(Permissions.ViewConversations)
            .WithSummary("Read a conversation")
            .WithDescription("Of one that was merged into another, because both customers turned out to be one, it is the other, which has another id.")
            .WithVersionOf<Conversation>().Produces<ConversationDetails>();
        group.MapPatch("/{id:guid}", ChangeAsync).RequireAuthorization(Permissions.Resolve)
            .WithSummary("Resolve or reopen a conversation").WithVersionOf<Conversation>().Produces(StatusCodes.Status204NoContent)
            .WithExample("""{ "status": "resolved" }""");
    }

    private static Task<Page<ConversationDetails>> ListAsync(
        [AsParameters] ConversationFilter filter, [AsParameters] PageRequest page, ConversationSearch conversations, HttpContext http, CancellationToken ct) =>
        page.ReadAsync(http, count => conversations.PageAsync(filter.Query, PageCursor.Place(page.Cursor), count, ct), c => PageCursor.Of(c.Cursor));

    private static async Task<IResult> FindAsync(Guid id, ConversationSearch conversations, CancellationToken ct) =>
        await conversations.FindAsync(id, ct) is { } conversation ? TypedResults.Ok(conversation) : ApiProblems.NotFound("conversation");

    private static async Task<IResult> ChangeAsync(Guid id, ConversationRequest request, ConversationStatuses statuses, CancellationToken ct)
    {
        await (request.Status == SettledStatus.Resolved ? statuses.ResolveAsync(id, ct) : statuses.ReopenAsync(id, ct));
        return TypedResults.NoContent();
    }
}

/// <summary>Which conversations.</summary>
internal sealed record ConversationFilter
{
    [FromQuery(Name = "search"), StringLength(100), Description("Part of the customer's name.")]
    public string? Search { get; init; }

    [FromQuery(Name = "status"), Description("By default all.")]
    [AllowedValues(null, "open", "pending", "snoozed", "resolved", ErrorMessage = "The status is one of open, pending, snoozed and resolved.")]
    public string? Status { get; init; }

    [FromQuery(Name = "assigneeId"), Description("Those of an employee.")]
    public Guid? AssigneeId { get; init; }

    [FromQuery(Name = "unassigned"), Description("Those of nobody.")]
    public bool? Unassigned { get; init; }

    [FromQuery(Name = "customerId")]
    public Guid? CustomerId { get; init; }

    [FromQuery(Name = "labelId")]
    public Guid? LabelId { get; init; }

    [FromQuery(Name = "activeSince"), Description("Those in which something happened since.")]
    public DateTimeOffset? ActiveSince { get; init; }

    internal ConversationSearchQuery Query =>
        new(Search, Status is null ? null : StoredEnum.Parse<ConversationStatus>(Status), AssigneeId, Unassigned == true, CustomerId, LabelId, ActiveSince?.ToUniversalTime());
}

internal enum SettledStatus { Open, Resolved }

internal sealed record ConversationRequest
{
    [Required]
    public SettledStatus? Status { get; init; }
}
