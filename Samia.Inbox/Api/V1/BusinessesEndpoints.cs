using Microsoft.AspNetCore.Http.HttpResults;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Samia.Data;
using Samia.Inbox.Platform;

namespace Samia.Inbox.Api.V1;

/// <summary>What the operator does with businesses, by <see cref="OperatorToken"/>.</summary>
internal static class BusinessesEndpoints
{
    public static void MapBusinesses(this RouteGroupBuilder v1)
    {
        const string Decided = "The operator decides it, whatever it was.";
        var group = v1.MapGroup("/businesses").WithTags("Businesses (operator)").RequireAuthorization(PlatformAccess.Policy);
        group.MapGet("", ListAsync).WithSummary("List or search all businesses").WithDescription("The newest first.");
        group.MapGet("/{id:guid}", FindAsync).WithSummary("Read a business").Produces<BusinessOverview>();
        group.MapPut("/{id:guid}/plan", ChangePlanAsync).WithSummary("Put a business on another plan")
            .WithExample("""{ "planId": "growth" }""").WithoutVersion(Decided).Produces(StatusCodes.Status204NoContent);
        group.MapPost("/{id:guid}/suspend", SuspendAsync).WithSummary("Suspend a business")
            .WithDescription("It still receives, and its people read why nothing is sent.")
            .WithExample("""{ "reason": "The last invoice was not paid." }""").Produces(StatusCodes.Status204NoContent);
        group.MapPost("/{id:guid}/restore", RestoreAsync).WithSummary("Lift a suspension, or take a closing back")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static Task<Page<BusinessRow>> ListAsync(
        [AsParameters] BusinessFilter filter, [AsParameters] PageRequest page, BusinessDirectory businesses, HttpContext http, CancellationToken ct) =>
        page.ReadAsync<BusinessRow>(http,
            async count => [.. await businesses.PageAsync(filter.Query, PageCursor.Id(page.Cursor), count, ct)], b => PageCursor.Of(b.Id));

    private static async Task<IResult> FindAsync(Guid id, BusinessDirectory businesses, CancellationToken ct) =>
        await businesses.FindAsync(id, ct) is { } business ? TypedResults.Ok(business) : NotFound();

    private static Task<IResult> ChangePlanAsync(
        Guid id, PlanRequest request, BusinessDirectory businesses, BusinessChanges changes, CancellationToken ct) =>
        IfThereAsync(id, businesses, () => changes.ChangePlanAsync(id, request.PlanId, ct), ct);

    private static Task<IResult> SuspendAsync(
        Guid id, SuspensionRequest request, BusinessDirectory businesses, BusinessChanges changes, CancellationToken ct) =>
        IfThereAsync(id, businesses, () => changes.SuspendAsync(id, request.Reason, ct), ct);

    private static Task<IResult> RestoreAsync(Guid id, BusinessDirectory businesses, BusinessChanges changes, CancellationToken ct) =>
        IfThereAsync(id, businesses, () => changes.RestoreAsync(id, ct), ct);

    private static async Task<IResult> IfThereAsync(Guid id, BusinessDirectory businesses, Func<Task> change, CancellationToken ct)
    {
        if (await businesses.FindAsync(id, ct) is null)
        {
            return NotFound();
        }

        await change();
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult NotFound() => ApiProblems.Of(StatusCodes.Status404NotFound, "not_found", "There is no such business.");
}

/// <summary>Which businesses.</summary>
internal sealed record BusinessFilter
{
    [FromQuery(Name = "search"), StringLength(100), Description("Part of the name, the slug or the WhatsApp number.")]
    public string? Search { get; init; }

    [FromQuery(Name = "status"), Description("By default all.")]
    [AllowedValues(null, "active", "suspended", "closed", ErrorMessage = "The status is one of active, suspended and closed.")]
    public string? Status { get; init; }

    [FromQuery(Name = "planId"), StringLength(30)]
    public string? PlanId { get; init; }

    internal BusinessQuery Query => new(Search, Status is null ? null : StoredEnum.Parse<BusinessStatus>(Status), PlanId);
}

internal sealed record PlanRequest
{
    [Required, StringLength(30), Description("`trial`, `starter`, `growth` or `scale`.")]
    public string PlanId { get; init; } = "";
}

internal sealed record SuspensionRequest
{
    [Required, StringLength(BusinessChanges.MaxReason), Description("A sentence that the business's people read.")]
    public string Reason { get; init; } = "";
}
