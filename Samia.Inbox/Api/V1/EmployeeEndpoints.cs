using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.V1;

internal static class EmployeeEndpoints
{
    public static void MapEmployees(this RouteGroupBuilder v1)
    {
        v1.MapGet("/colleagues", ColleaguesAsync).WithTags("Employees").RequireAuthorization(Permissions.ViewConversations)
            .WithSummary("List who works here").WithDescription("Names for ids, those of people who left included: all that assigning a conversation needs.");

        var group = v1.MapGroup("/employees").WithTags("Employees").RequireAuthorization(Permissions.ManageTeam);
        group.MapGet("", ListAsync).WithSummary("List or search employees").WithDescription("In the order of their names.").Produces<Page<EmployeeRow>>();
        group.MapGet("/{id:guid}", FindAsync).WithSummary("Read an employee").WithVersionOfPart<Employee>().Produces<EmployeeRow>();
        group.MapPut("/{id:guid}", ChangeAsync).WithSummary("Change an employee")
            .WithDescription("Nobody is given a role that allows more than the token does.")
            .WithVersionOfPart<Employee>().Produces<EmployeeRow>()
            .WithExample("""{ "name": "Layal Saab", "roleId": "0199aa00-0000-7000-8000-000000000002", "languages": ["ar", "en"], "capacity": 20 }""");
        group.MapPost("/{id:guid}/deactivate", DeactivateAsync).WithSummary("Deactivate an employee")
            .WithDescription("Their pages close at once, and their open conversations go back to everybody.").Produces(StatusCodes.Status204NoContent);
        group.MapPost("/{id:guid}/reactivate", ReactivateAsync).WithSummary("Let an employee come back").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IReadOnlyList<ColleagueAnswer>> ColleaguesAsync(Colleagues colleagues, CancellationToken ct) =>
        [.. (await colleagues.AllAsync(ct)).Select(c => new ColleagueAnswer(c.Id, c.Name, c.IsActive, c.Presence))];

    private static async Task<IResult> ListAsync(
        [AsParameters] EmployeeFilter filter, [AsParameters] PageRequest page, EmployeeDirectory employees, HttpContext http, CancellationToken ct)
    {
        // The place of the last one is that of their name now.
        var after = PageCursor.Id(page.Cursor) is { } id ? await employees.FindAsync(id, ct) : null;
        return TypedResults.Ok(await page.ReadAsync<EmployeeRow>(http,
            async count => [.. await employees.PageAsync(filter.Query, after, count, ct)], e => PageCursor.Of(e.Id)));
    }

    private static async Task<IResult> FindAsync(Guid id, EmployeeDirectory employees, CancellationToken ct) =>
        await employees.FindAsync(id, ct) is { } employee ? TypedResults.Ok(employee) : ApiProblems.NotFound("employee");

    private static async Task<IResult> ChangeAsync(
        Guid id, EmployeeRequest request, Employees employees, EmployeeDirectory directory, CancellationToken ct)
    {
        if (await directory.FindAsync(id, ct) is null)
        {
            return ApiProblems.NotFound("employee");
        }

        await employees.ChangeAsync(id, new(request.Name, request.RoleId!.Value, null, request.Languages, request.Capacity), ct);
        return await FindAsync(id, directory, ct);
    }

    private static async Task<IResult> DeactivateAsync(Guid id, Departures departures, EmployeeDirectory directory, CancellationToken ct)
    {
        if (await directory.FindAsync(id, ct) is null)
        {
            return ApiProblems.NotFound("employee");
        }

        await departures.DeactivateAsync(id, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ReactivateAsync(Guid id, Departures departures, EmployeeDirectory directory, CancellationToken ct)
    {
        if (await directory.FindAsync(id, ct) is null)
        {
            return ApiProblems.NotFound("employee");
        }

        await departures.ReactivateAsync(id, ct);
        return TypedResults.NoContent();
    }
}

/// <summary>Somebody who works, or worked, here.</summary>
internal sealed record ColleagueAnswer(Guid Id, string Name, bool IsActive, Presence Presence);

/// <summary>Which employees.</summary>
internal sealed record EmployeeFilter
{
    [FromQuery(Name = "search"), StringLength(100), Description("Part of a name or an e-mail address.")]
    public string? Search { get; init; }

    [FromQuery(Name = "active"), Description("Those who work here, or those who left; by default both.")]
    public bool? Active { get; init; }

    [FromQuery(Name = "roleId")]
    public Guid? RoleId { get; init; }

    [FromQuery(Name = "teamId")]
    public Guid? TeamId { get; init; }

    internal EmployeeQuery Query => new(Search, Active, RoleId, TeamId);
}

internal sealed record EmployeeRequest
{
    [Required, StringLength(120), Description("What colleagues see.")]
    public string Name { get; init; } = "";

    [Required]
    public Guid? RoleId { get; init; }

    [MaxLength(20), Description("BCP 47 tags of the languages that they answer in.")]
    public IReadOnlyList<string> Languages { get; init; } = [];

    [Range(0, 1000), Description("How many open conversations they take at a time; null for any number.")]
    public int? Capacity { get; init; }
}
